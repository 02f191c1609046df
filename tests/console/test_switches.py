"""The switches page: at once, with a second look, by whoever may."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from app.settings import Settings
from app.switches.board import SwitchBoard
from app.switches.log import Action
from app.switches.state import BlockKind, Pausable
from app.switches.store import STATE_FILE
from tests.console.staff import TENANT, Person, text_of


@pytest.fixture
def settings(published_copy: Path, small_knowledge: Path) -> Settings:
    """Switching writes into the data folder, so this test has its own."""
    return Settings(data_dir=published_copy, knowledge_dir=small_knowledge)


@pytest.fixture
def board(settings: Settings) -> SwitchBoard:
    return SwitchBoard(settings.data_dir)


def _status(person: Person, question: str = "Was kostet ein Reisepass?") -> str:
    answer = person.client.post(f"/api/v1/{TENANT}/chat", json={"question": question})
    status: str = answer.json()["status"]
    return status


PAUSE = {"what": "bot", "reason": "falsche Gebühr", "notice-de": "Wir prüfen gerade unsere Auskünfte."}


def test_the_desk_pauses_the_bot_after_a_second_look(desk: Person, board: SwitchBoard, app: FastAPI) -> None:
    asked = desk.post("switches/pause", PAUSE)
    assert "Chatbot wirklich anhalten?" in text_of(asked) and PAUSE["notice-de"] in text_of(asked)
    assert "Wieder einschalten kann nur die Administration." in text_of(asked)
    assert _status(desk) != "paused"
    done = desk.post("switches/pause", {**PAUSE, "confirmed": "1"})
    assert "Der Chatbot ist angehalten" in text_of(done) and "Grund: falsche Gebühr" in text_of(done)
    assert _status(desk) == "paused"
    (event,) = (line.event for line in board.events(TENANT))
    assert event is not None and event.action is Action.PAUSE and desk.account.name in event.by
    assert board.faults(TENANT) == ()


def test_the_desk_neither_resumes_nor_blocks_nor_pauses_the_model(desk: Person, board: SwitchBoard) -> None:
    desk.post("switches/pause", {**PAUSE, "confirmed": "1"})
    for path, form in (
        ("resume", {"what": "bot", "reason": "wieder gut"}),
        ("block", {"kind": "words", "words": "hund", "reason": "falsch"}),
        ("pause", {"what": "generation", "reason": "falsch"}),
    ):
        assert desk.post(f"switches/{path}", form).status_code == 403
    assert Pausable.BOT in board.switches(TENANT).paused and board.switches(TENANT).blocks == ()


def test_an_admin_pauses_until_a_time_of_the_town_and_resumes(admin: Person, board: SwitchBoard) -> None:
    admin.post("switches/pause", {"what": "generation", "reason": "Modell prüfen", "until": "2099-07-01T18:00"})
    pause = board.switches(TENANT).paused[Pausable.GENERATION]
    assert pause.until is not None and pause.until.isoformat() == "2099-07-01T16:00:00+00:00"
    page = admin.post("switches/resume", {"what": "generation", "reason": "geprüft"})
    assert "formuliert wieder" in text_of(page)
    assert board.switches(TENANT).paused == {}


def test_a_blocked_service_is_not_answered_and_answered_again_after_unblocking(
    admin: Person, board: SwitchBoard
) -> None:
    page = admin.post("switches/block", {"kind": "service", "service": "reisepass", "reason": "falsche Gebühr"})
    assert "Das Thema ist gesperrt" in text_of(page)
    assert _status(admin) == "paused"
    admin.post("switches/unblock", {"kind": "service", "target": "reisepass", "reason": "berichtigt"})
    assert _status(admin) != "paused"


def test_the_only_field_that_is_filled_says_what_is_blocked(admin: Person, board: SwitchBoard) -> None:
    admin.post("switches/block", {"kind": "service", "document": "reisepass", "reason": "falsche Gebühr"})
    assert [(block.kind, block.target) for block in board.switches(TENANT).blocks] == [
        (BlockKind.DOCUMENT, "reisepass")
    ]
    both = {"kind": "service", "document": "reisepass", "words": "hund", "reason": "falsch"}
    assert "aus der Liste" in text_of(admin.post("switches/block", both))


@pytest.mark.parametrize(
    ("path", "form", "said"),
    [
        ("pause", {"what": "bot", "reason": ""}, "Geben Sie einen Grund an"),
        ("pause", {"what": "bot", "reason": "x", "until": "2001-01-01T10:00"}, "Vergangenheit"),
        ("pause", {"what": "alles", "reason": "x"}, "was angehalten werden soll"),
        ("block", {"kind": "service", "service": "gibt-es-nicht", "reason": "x"}, "aus der Liste"),
        ("block", {"kind": "words", "words": "ab", "reason": "x"}, "mindestens drei Buchstaben"),
        ("resume", {"what": "bot", "reason": "x"}, ""),
        ("unblock", {"kind": "service", "target": "reisepass", "reason": "x"}, ""),
    ],
)
def test_what_cannot_be_switched_is_said_and_nothing_is_switched(
    admin: Person, board: SwitchBoard, path: str, form: dict[str, str], said: str
) -> None:
    page = admin.post(f"switches/{path}", form)
    assert page.status_code == 422 and said in text_of(page)
    assert board.events(TENANT) == ()


def test_a_damaged_state_is_shown_and_restored_from_the_log(
    admin: Person, board: SwitchBoard, settings: Settings
) -> None:
    admin.post("switches/pause", {"what": "generation", "reason": "Modell prüfen"})
    (settings.data_dir / TENANT / STATE_FILE).write_text("kaputt", "utf-8")
    page = text_of(admin.get("switches"))
    assert "passen nicht zusammen" in page and "vorsorglich angehalten" in page
    admin.post("switches/restore", {"reason": "Datei war beschädigt"})
    assert board.faults(TENANT) == ()
    assert Pausable.GENERATION in board.switches(TENANT).paused
