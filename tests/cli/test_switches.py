"""`amtslotse pause`, `resume`, `block`, `unblock` and `switches`."""

import getpass
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.errors import InvalidInputError
from app.switches.board import SwitchBoard
from app.switches.log import LOG_FILE
from app.switches.store import STATE_FILE
from cli.moment import coming_moment
from tests.cli.runner import Run, in_this_process
from tests.knowledge import TENANT

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
WHY = ("--reason", "falsche Gebühr")


@pytest.fixture
def run(
    published_copy: Path, small_knowledge: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    monkeypatch.setenv("AMTSLOTSE_KNOWLEDGE_DIR", str(small_knowledge))
    monkeypatch.setenv("AMTSLOTSE_DATA_DIR", str(published_copy))
    with in_this_process(monkeypatch, capsys) as run:
        yield run


@pytest.fixture
def board(published_copy: Path) -> SwitchBoard:
    return SwitchBoard(published_copy)


def test_a_pause_is_in_force_at_once_and_shown_with_who_and_why(run: Run, board: SwitchBoard) -> None:
    notices = ("--notice", "Bald wieder da.", "--notice", "en=Back soon.")
    assert run("pause", "bot", *WHY, *notices, "--until", "2h").code == 0
    in_force = board.in_force(TENANT, datetime.now(UTC))
    assert in_force.bot_paused
    assert dict(in_force.notice) == {"de": "Bald wieder da.", "en": "Back soon."}
    assert not board.in_force(TENANT, datetime.now(UTC) + timedelta(hours=3)).bot_paused
    shown = run("switches")
    assert shown.code == 0
    for words in ("bot is paused until", getpass.getuser(), "falsche Gebühr", "notice (en): Back soon."):
        assert words in shown.out
    assert run("resume", "bot", "--reason", "geprüft").code == 0
    assert "nothing is switched off" in run("switches").out
    assert "resume bot (geprüft)" in run("switches").out


def test_topics_are_blocked_and_unblocked(run: Run, board: SwitchBoard) -> None:
    for kind, target in (("service", "reisepass"), ("document", "personalausweis-en"), ("words", "Hundesteuer Bello")):
        assert run("block", kind, target, *WHY).code == 0
    in_force = board.in_force(TENANT, datetime.now(UTC))
    assert (in_force.services, in_force.documents, in_force.words) == (
        ("reisepass",), ("personalausweis-en",), ("Hundesteuer Bello",),
    )  # fmt: skip
    assert run("unblock", "service", "reisepass", *WHY).code == 0
    assert board.in_force(TENANT, datetime.now(UTC)).services == ()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("block", "service", "reisepas", *WHY), "Did you mean reisepass"),
        (("block", "document", "nirgends", *WHY), "no document"),
        (("block", "words", "an der", *WHY), "3 letters"),
        (("block", "words", "  ", *WHY), "no words"),
        (("pause", "bot", "--reason", " "), "reason"),
        (("pause", "bot", *WHY, "--notice", " "), "notice"),
        (("pause", "bot", *WHY, "--notice", "en="), "notice"),
        (("pause", "generation", *WHY, "--notice", "x"), "--notice goes with"),
        (("pause", "bot", *WHY, "--until", "gestern"), "no time"),
        (("pause", "bot", *WHY, "--until", "2020-01-01"), "over already"),
        (("resume", "bot", *WHY), "not paused"),
        (("unblock", "words", "Hund", *WHY), "not blocked"),
        (("pause", "bot", *WHY, "--tenant", "../musterstadt"), "no town"),
        (("switches", "--tenant", "nirgendwo"), "no town"),
    ],
)
def test_what_cannot_be_switched_is_one_line_and_changes_nothing(
    run: Run, published_copy: Path, arguments: tuple[str, ...], words: str
) -> None:
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("amtslotse: ")
    assert words in outcome.err
    assert outcome.err.count("\n") == 1
    assert not (published_copy / TENANT / LOG_FILE).exists()


@pytest.mark.parametrize("command", [("pause", "bot"), ("resume", "bot"), ("block", "service", "reisepass")])
def test_every_switch_needs_a_reason(run: Run, command: tuple[str, ...]) -> None:
    assert run(*command).code == 2


def test_state_and_log_can_be_read_by_programs(run: Run) -> None:
    run("block", "service", "reisepass", *WHY)
    told = json.loads(run("switches", "--json").out)
    assert told["faults"] == []
    assert told["switches"]["blocks"][0]["target"] == "reisepass"
    assert told["log"][0]["by"] == getpass.getuser()
    assert told["log"][0]["reason"] == "falsche Gebühr"


def test_a_damaged_state_is_an_error_until_it_is_restored(run: Run, published_copy: Path, board: SwitchBoard) -> None:
    run("block", "service", "reisepass", *WHY)
    (published_copy / TENANT / STATE_FILE).write_text("{", "utf-8")
    shown = run("switches")
    assert shown.code == 1
    assert "the bot is paused" in shown.out
    assert "--restore" in shown.err
    assert "--restore" in run("resume", "bot", *WHY).err
    assert run("switches", "--restore", "aus dem Protokoll").code == 0
    assert board.in_force(TENANT, datetime.now(UTC)).services == ("reisepass",)


def test_a_changed_log_is_told(run: Run, published_copy: Path) -> None:
    run("block", "service", "reisepass", *WHY)
    path = published_copy / TENANT / LOG_FILE
    path.write_text(path.read_text("utf-8").replace("falsche Gebühr", "falsche Gebuehr"), "utf-8")
    assert run("switches").code == 1


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("18:00", datetime(2026, 11, 2, 18, tzinfo=BERLIN)),
        ("09:30", datetime(2026, 11, 3, 9, 30, tzinfo=BERLIN)),
        ("7:05", datetime(2026, 11, 3, 7, 5, tzinfo=BERLIN)),
        ("90m", NOW + timedelta(minutes=90)),
        ("2d", NOW + timedelta(days=2)),
        ("2026-12-01", datetime(2026, 12, 1, tzinfo=BERLIN)),
        ("2026-12-01T18:00", datetime(2026, 12, 1, 18, tzinfo=BERLIN)),
        ("2026-12-01T18:00+00:00", datetime(2026, 12, 1, 18, tzinfo=UTC)),
    ],
)
def test_an_end_is_written_as_people_write_it(text: str, moment: datetime) -> None:
    assert coming_moment(text, NOW, BERLIN) == moment


@pytest.mark.parametrize("text", ["", "25:00", "18:60", "2026-13-01", "morgen", "-1h", "2026-11-02T09:00"])
def test_what_is_no_time_to_come_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        coming_moment(text, NOW, BERLIN)
