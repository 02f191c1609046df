"""One line an event, for people or programs; exceptions without their messages."""

import json
import logging
import sys
import threading
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest

from app.logs import JsonLines, PlainLines, configure_logging, fields

SECRET = "Quastenflosser"


@pytest.fixture
def restored() -> Iterator[None]:
    """Puts back what `configure_logging` changes for the whole process."""
    root, own = logging.getLogger(), logging.getLogger("app")
    before = list(root.handlers), root.level, own.level, threading.excepthook, sys.unraisablehook
    yield
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    own.setLevel(before[2])
    threading.excepthook, sys.unraisablehook = before[3], before[4]


def _record(name: str, message: str, *arguments: object, error: Exception | None = None, **told: Any) -> Any:
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, arguments, exc_info)
    for key, value in fields(**told).items() if told else ():
        setattr(record, key, value)
    return record


def _raised() -> Exception:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        return error


def test_json_lines_hold_the_event_and_its_fields() -> None:
    line = JsonLines().format(_record("app.answering", "answered", status="answered", duration_ms=12.5))
    entry = json.loads(line)
    assert entry.pop("time").endswith("+00:00")
    assert entry == {
        "level": "ERROR",
        "logger": "app.answering",
        "message": "answered",
        "status": "answered",
        "duration_ms": 12.5,
    }


def test_plain_lines_can_be_read_and_searched() -> None:
    line = PlainLines().format(_record("app.answering", "answered", status="answered"))
    assert line.endswith(" ERROR app.answering: answered status=answered")


@pytest.mark.parametrize("formatter", [JsonLines(), PlainLines()])
def test_an_exception_is_its_type_and_place(formatter: logging.Formatter) -> None:
    written = formatter.format(_record("app", "failed", error=_raised()))
    assert "builtins.ValueError" in written
    assert "test_logs.py" in written
    assert "_raised" in written
    assert SECRET not in written


@pytest.mark.parametrize("formatter", [JsonLines(), PlainLines()])
@pytest.mark.parametrize(
    "message", [f"Lost ({SECRET})", f"Lost '{SECRET}'", f"Lost <Task {SECRET}>", f"Lost\n{SECRET}", f"[{SECRET}]"]
)
def test_other_libraries_messages_end_where_they_name_values(formatter: logging.Formatter, message: str) -> None:
    assert SECRET not in formatter.format(_record("asyncio", message))
    assert SECRET not in formatter.format(_record("library", "Lost %s", SECRET))


@pytest.mark.parametrize("formatter", [JsonLines(), PlainLines()])
def test_nobody_can_write_a_second_line(formatter: logging.Formatter) -> None:
    written = formatter.format(_record("app", "failed on %s", "/x\n2026-01-01 INFO app: all is well\x1b[2J"))
    assert "\n" not in written
    assert "\x1b" not in written


@pytest.mark.usefixtures("restored")
def test_own_events_are_written_and_other_libraries_chatter_is_not() -> None:
    written = StringIO()
    configure_logging("json", written)
    logging.getLogger("app.anything").info("answered")
    logging.getLogger("chromadb").info("hello")
    logging.getLogger("chromadb").warning("careful")
    assert [json.loads(line)["message"] for line in written.getvalue().splitlines()] == ["answered", "careful"]


@pytest.mark.usefixtures("restored")
def test_a_thread_that_fails_is_logged_without_its_message() -> None:
    written = StringIO()
    configure_logging("text", written)

    def fail() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=fail, name="walk-1")
    thread.start()
    thread.join()
    assert "The thread walk-1 failed" in written.getvalue()
    assert "builtins.ValueError" in written.getvalue()
    assert SECRET not in written.getvalue()
