"""`publishing.log`: who activated, refused, approved or took back what, when and why. One JSON object a line."""

import getpass
import os
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.files import sync_folder
from app.index.generation import activate, active_id
from ingest.disk_errors import writing

LOG_FILE = "publishing.log"


class Action(StrEnum):
    """What became of a generation."""

    ACTIVATED = "activated"
    ROLLED_BACK = "rolled_back"
    APPROVED = "approved"
    PENDING = "pending"
    REFUSED = "refused"


class PublishingEvent(BaseModel):
    """One line of the log."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    at: datetime = Field(default_factory=lambda: datetime.now(UTC))
    action: Action
    generation: str
    replaces: str | None
    """The generation that was active then."""
    by: str
    """The name that was given."""
    account: str = Field(default_factory=lambda: account_name())
    """Login name on the machine: names can be typed, this one belongs to the process."""
    reasons: tuple[str, ...] = ()
    """Why something that the gate would have stopped went on, or why it was refused."""


def activate_logged(
    data_dir: Path, tenant_id: str, generation_id: str, action: Action, by: str, reasons: tuple[str, ...] = ()
) -> None:
    """Moves the pointer. The line is on the disk first, so that nothing becomes active without one.

    Raises:
        KnowledgeError: the log cannot be written; nothing was activated.
        GenerationError: no such generation.
    """
    log_event(data_dir, tenant_id, generation_id, action, by, reasons)
    activate(data_dir, tenant_id, generation_id)


def log_event(
    data_dir: Path, tenant_id: str, generation_id: str, action: Action, by: str, reasons: tuple[str, ...] = ()
) -> None:
    """Appends a line and waits until the disk has it. Raises KnowledgeError."""
    path = data_dir / tenant_id / LOG_FILE
    event = PublishingEvent(
        action=action, generation=generation_id, replaces=active_id(data_dir, tenant_id), by=by, reasons=reasons
    )
    with writing(path, "Nothing was activated."):
        new = not path.exists()
        with path.open("ab+") as file:
            file.write((_missing_line_end(path) + event.model_dump_json() + "\n").encode())
            file.flush()
            os.fsync(file.fileno())
        if new:
            sync_folder(path.parent)


def read_log(data_dir: Path, tenant_id: str) -> tuple[PublishingEvent, ...]:
    """All events, oldest first; a line that a power cut tore is left out."""
    try:
        lines = (data_dir / tenant_id / LOG_FILE).read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    events = (_event(line) for line in lines)
    return tuple(event for event in events if event is not None)


def account_name() -> str:
    """Login name of whoever runs this process; `unknown` where the system has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _missing_line_end(path: Path) -> str:
    """A line break when a power cut left the last line without one."""
    content = path.read_bytes()[-1:]
    return "" if content in (b"", b"\n") else "\n"


def _event(line: bytes) -> PublishingEvent | None:
    try:
        return PublishingEvent.model_validate_json(line)
    except ValidationError:
        return None
