"""Switching: at once, in the log first, and on the safe side when something is damaged."""

import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.errors import AmtslotseError, InvalidInputError
from app.switches.board import SwitchBoard
from app.switches.log import LOG_FILE, Action
from app.switches.state import FAIL_SAFE, NOTHING_OFF, Block, BlockKind, InForce, Order, Pausable, Pause, SwitchesError
from app.switches.store import STATE_FILE

TOWN = "musterstadt"
NOW = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
ORDER = Order(by="petra", reason="falsche Gebühr", at=NOW)
PAUSE = Pause(**ORDER.model_dump(), notice={"de": "Wir sind bald wieder da.", "en": "Back soon."})


def _block(kind: BlockKind, target: str) -> Block:
    return Block(**ORDER.model_dump(), kind=kind, target=target)


@pytest.fixture
def board(tmp_path: Path) -> SwitchBoard:
    return SwitchBoard(tmp_path)


def _state(board: SwitchBoard, tmp_path: Path) -> Path:
    board.pause(TOWN, Pausable.BOT, PAUSE)
    return tmp_path / TOWN / STATE_FILE


def test_nothing_is_switched_off_at_first(board: SwitchBoard, tmp_path: Path) -> None:
    assert board.in_force(TOWN, NOW) == NOTHING_OFF
    assert board.faults(TOWN) == ()
    assert list(tmp_path.iterdir()) == []


def test_a_change_is_seen_by_another_board_of_the_same_folder_at_once(board: SwitchBoard, tmp_path: Path) -> None:
    server = SwitchBoard(tmp_path)
    for _ in range(3):
        assert not server.in_force(TOWN, NOW).bot_paused
        board.pause(TOWN, Pausable.BOT, PAUSE)
        assert server.in_force(TOWN, NOW).bot_paused
        board.resume(TOWN, Pausable.BOT, ORDER)
    assert not server.in_force(TOWN, NOW).bot_paused
    assert not server.in_force("anderswo", NOW).bot_paused


def test_what_is_in_force_says_what_but_neither_who_nor_why(board: SwitchBoard) -> None:
    board.pause(TOWN, Pausable.BOT, PAUSE)
    board.pause(TOWN, Pausable.GENERATION, Pause(**ORDER.model_dump()))
    for kind, target in (
        (BlockKind.SERVICE, "reisepass"),
        (BlockKind.DOCUMENT, "personalausweis-en"),
        (BlockKind.WORDS, "Hundesteuer"),
    ):
        board.block(TOWN, _block(kind, target))
    assert board.in_force(TOWN, NOW) == InForce(
        bot_paused=True,
        notice=(("de", "Wir sind bald wieder da."), ("en", "Back soon.")),
        generation_paused=True,
        services=("reisepass",),
        documents=("personalausweis-en",),
        words=("Hundesteuer",),
    )
    assert tuple(board.in_force(TOWN, NOW)) == ("bot", "generation", "topics")


def test_a_pause_ends_by_itself(board: SwitchBoard) -> None:
    end = NOW + timedelta(hours=2)
    board.pause(TOWN, Pausable.BOT, PAUSE.model_copy(update={"until": end}))
    assert board.in_force(TOWN, end - timedelta(seconds=1)).bot_paused
    assert board.in_force(TOWN, end) == NOTHING_OFF
    board.block(TOWN, _block(BlockKind.SERVICE, "reisepass").model_copy(update={"at": end}))
    assert board.switches(TOWN).paused == {}


def test_switching_on_what_is_not_off_is_refused(board: SwitchBoard) -> None:
    with pytest.raises(InvalidInputError, match="not paused"):
        board.resume(TOWN, Pausable.GENERATION, ORDER)
    with pytest.raises(InvalidInputError, match="not blocked"):
        board.unblock(TOWN, _block(BlockKind.SERVICE, "reisepass"))
    assert board.events(TOWN) == ()


def test_blocking_twice_is_one_block(board: SwitchBoard) -> None:
    board.block(TOWN, _block(BlockKind.SERVICE, "reisepass"))
    board.block(TOWN, _block(BlockKind.SERVICE, "reisepass"))
    board.unblock(TOWN, _block(BlockKind.SERVICE, "reisepass"))
    assert board.switches(TOWN).blocks == ()


def test_the_log_has_who_when_what_and_why(board: SwitchBoard) -> None:
    board.pause(TOWN, Pausable.BOT, PAUSE)
    board.resume(TOWN, Pausable.BOT, Order(by="karl", reason="geprüft", at=NOW))
    first, second = (line.event for line in board.events(TOWN))
    assert first is not None and second is not None
    assert (first.by, first.action, first.target, first.reason) == ("petra", Action.PAUSE, "bot", "falsche Gebühr")
    assert (second.by, second.action, second.target, second.reason) == ("karl", Action.RESUME, "bot", "geprüft")
    assert board.faults(TOWN) == ()


def test_changes_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    targets = [f"text-{number}" for number in range(12)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda t: SwitchBoard(tmp_path).block(TOWN, _block(BlockKind.DOCUMENT, t)), targets))
    board = SwitchBoard(tmp_path)
    assert sorted(board.in_force(TOWN, NOW).documents) == sorted(targets)
    assert board.faults(TOWN) == ()


def _tear_state(folder: Path) -> None:
    (folder / STATE_FILE).write_bytes((folder / STATE_FILE).read_bytes()[:-20])


def _empty_state(folder: Path) -> None:
    (folder / STATE_FILE).write_bytes(b"")


def _lose_state(folder: Path) -> None:
    (folder / STATE_FILE).unlink()


def _make_folder(folder: Path) -> None:
    (folder / STATE_FILE).unlink()
    (folder / STATE_FILE).mkdir()


@pytest.mark.parametrize("damage", [_tear_state, _empty_state, _lose_state, _make_folder])
def test_a_damaged_state_pauses_the_bot_and_says_how_to_go_on(
    board: SwitchBoard, tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[Path], None]
) -> None:
    board.block(TOWN, _block(BlockKind.SERVICE, "reisepass"))
    damage(tmp_path / TOWN)
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert board.in_force(TOWN, NOW) == FAIL_SAFE
    (line,) = caplog.messages
    assert "amtslotse switches --restore" in line
    with pytest.raises(SwitchesError, match="--restore"):
        board.resume(TOWN, Pausable.BOT, ORDER)
    assert "--restore" in board.faults(TOWN)[0]


@pytest.mark.parametrize("damage", [_tear_state, _empty_state, _lose_state])
def test_a_damaged_state_is_brought_back_from_the_log(
    board: SwitchBoard, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    board.block(TOWN, _block(BlockKind.SERVICE, "reisepass"))
    damage(tmp_path / TOWN)
    board.restore(TOWN, ORDER)
    assert board.in_force(TOWN, NOW) == InForce(services=("reisepass",))
    assert board.faults(TOWN) == ()


def test_a_state_that_was_changed_by_hand_is_found(board: SwitchBoard, tmp_path: Path) -> None:
    path = _state(board, tmp_path)
    path.write_text(path.read_text("utf-8").replace("Wir sind bald wieder da.", "Alles gut."), "utf-8")
    assert "changed by hand" in board.faults(TOWN)[0]


@pytest.mark.parametrize(
    "forge",
    [
        lambda lines: [lines[0].replace(b"petra", b"karla"), *lines[1:]],
        lambda lines: lines[1:],
        lambda lines: [lines[0], lines[2]],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: lines[:-1],
        lambda lines: [lines[0], lines[0], *lines[1:]],
        lambda lines: [*lines[:-1], lines[-1].replace(b"petra", b"karla")],
    ],
)
def test_a_changed_deleted_or_inserted_line_of_the_log_is_found(
    board: SwitchBoard, tmp_path: Path, forge: Callable[[list[bytes]], list[bytes]]
) -> None:
    board.pause(TOWN, Pausable.BOT, PAUSE)
    board.block(TOWN, _block(BlockKind.SERVICE, "reisepass"))
    board.resume(TOWN, Pausable.BOT, ORDER)
    path = tmp_path / TOWN / LOG_FILE
    path.write_bytes(b"".join(line + b"\n" for line in forge(path.read_bytes().splitlines())))
    assert board.faults(TOWN)


def test_a_line_torn_by_a_power_cut_harms_neither_log_nor_switches(board: SwitchBoard, tmp_path: Path) -> None:
    board.pause(TOWN, Pausable.BOT, PAUSE)
    with (tmp_path / TOWN / LOG_FILE).open("ab") as file:
        file.write(b'{"at": "2026-')
    assert board.faults(TOWN) == ()
    board.resume(TOWN, Pausable.BOT, ORDER)
    assert board.faults(TOWN) == ()
    assert board.in_force(TOWN, NOW) == NOTHING_OFF


def test_a_line_that_was_not_carried_out_is_named(board: SwitchBoard, tmp_path: Path) -> None:
    before = _state(board, tmp_path).read_bytes()
    board.resume(TOWN, Pausable.BOT, ORDER)
    (tmp_path / TOWN / STATE_FILE).write_bytes(before)  # as if the machine had stopped between log and state
    assert "not carried out" in board.faults(TOWN)[0]
    assert board.in_force(TOWN, NOW).bot_paused
    board.resume(TOWN, Pausable.BOT, ORDER)
    assert board.faults(TOWN) == ()


def test_nothing_is_switched_that_cannot_be_logged(board: SwitchBoard, tmp_path: Path) -> None:
    (tmp_path / TOWN / LOG_FILE).mkdir(parents=True)
    with pytest.raises(AmtslotseError):
        board.pause(TOWN, Pausable.BOT, PAUSE)
    (tmp_path / TOWN / LOG_FILE).rmdir()
    assert board.in_force(TOWN, NOW) == NOTHING_OFF


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "…", "a\nb", "Ma\u202eschine", "x" * 501])
def test_reasons_and_notices_must_be_readable(text: str) -> None:
    with pytest.raises(ValidationError):
        Order(by="petra", reason=text, at=NOW)
    with pytest.raises(ValidationError):
        Pause(**ORDER.model_dump(), notice={"de": text})


def test_the_state_is_readable_json_for_people_and_programs(board: SwitchBoard, tmp_path: Path) -> None:
    content = json.loads(_state(board, tmp_path).read_text("utf-8"))
    assert content["switches"]["paused"]["bot"]["reason"] == "falsche Gebühr"


@pytest.mark.parametrize(
    ("words", "text", "asked"),
    [
        ("Hundesteuer", "Wie hoch ist die Hundesteuer?", True),
        ("Hundesteuer", "Was steht im Hundesteuerbescheid?", True),
        ("hundesteuer", "HUNDESTEUER", True),
        ("Gebühren", "Welche Gebühr zahle ich?", True),
        ("Häuser", "Mein Haus ist groß", True),
        ("Straßenausbau Beitrag", "Welcher Beitrag ist für den Strassenausbau fällig?", True),
        ("Straßenausbau Beitrag", "Wann kommt der Straßenausbau?", False),
        ("Hundesteuer", "Wie melde ich meinen Hund an?", False),
        ("податок", "Який податок на собаку?", True),
    ],
)
def test_words_are_found_inflected_and_in_longer_words(words: str, text: str, asked: bool) -> None:
    assert InForce(words=(words,)).asks_blocked_words([text]) is asked
