"""How the service logs: a line an event, for people or as JSON, without a word of what citizens wrote.

Exceptions are logged as their type and where they came from; their messages may quote a question, so they are left
out. So are the arguments of other libraries' messages. Our own messages name settings, files and figures only.
"""

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal, TextIO

LogFormat = Literal["text", "json"]

_OWN = ("app", "cli", "ingest", "evaluation", "uvicorn")
"""Loggers whose messages are known to quote nobody."""
_QUOTING = re.compile(r"[\n(<\[{'\"%]")
"""Where another library's message begins to name values."""
_MOST_CAUSES = 5
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
log = logging.getLogger(__name__)

FieldValue = str | int | float | None


def fields(**values: FieldValue) -> dict[str, dict[str, FieldValue]]:
    """What an event tells beside its message; pass it as `extra`."""
    return {"fields": values}


def configure_logging(log_format: LogFormat, stream: TextIO | None = None) -> None:
    """Sends everything that this process logs to `stream` (standard error), and nothing anywhere else.

    Own events from INFO on, other libraries from WARNING on. Exceptions that end a thread are logged, too.
    """
    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
    root.addHandler(log_handler(log_format, stream))
    root.setLevel(logging.WARNING)
    logging.getLogger("app").setLevel(logging.INFO)
    threading.excepthook = _log_thread_failure
    sys.unraisablehook = _log_unraisable


def log_handler(log_format: LogFormat, stream: TextIO | None = None) -> logging.Handler:
    """Writes one line a record, or for people a traceback below it."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if log_format == "json" else PlainLines())
    return handler


class JsonLines(logging.Formatter):
    """`time` (UTC), `level`, `logger`, `message`, the event's own fields; `errors` with `type` and `frames`."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": _time_of(record),
            "level": record.levelname,
            "logger": record.name,
            "message": _message_of(record),
            **getattr(record, "fields", {}),
        }
        errors = [{"type": kind, "frames": frames} for kind, frames in _errors_of(record)]
        if errors:
            entry["errors"] = errors
        return json.dumps(entry, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """The same for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        told = "".join(f" {name}={value}" for name, value in getattr(record, "fields", {}).items())
        lines = [f"{_time_of(record)} {record.levelname} {record.name}: {_message_of(record)}{told}"]
        for kind, frames in _errors_of(record):
            lines += [f"  {kind}", *(f"    {frame}" for frame in frames)]
        return "\n".join(lines)


def _time_of(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _message_of(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] in _OWN:
        return _CONTROL.sub(" ", record.getMessage())
    return _QUOTING.split(str(record.msg), maxsplit=1)[0].strip() or "(a message that was left out)"


def _errors_of(record: logging.LogRecord) -> Iterator[tuple[str, list[str]]]:
    """Types and places of the exception and its causes, the one that was raised last first."""
    error = record.exc_info[1] if record.exc_info else None
    for _ in range(_MOST_CAUSES):
        if error is None:
            return
        frames = traceback.extract_tb(error.__traceback__)
        yield (
            f"{type(error).__module__}.{type(error).__qualname__}",
            [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
        )
        error = error.__cause__ or error.__context__


def _log_thread_failure(failure: threading.ExceptHookArgs) -> None:
    name = failure.thread.name if failure.thread else "unknown"
    log.error("The thread %s failed", name, exc_info=failure.exc_value)


def _log_unraisable(failure: "sys.UnraisableHookArgs") -> None:
    log.error("An error could not be raised", exc_info=failure.exc_value)
