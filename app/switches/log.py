"""`switches.log`: who switched what, when and why. Append-only, one JSON object a line, each with the hash of the last.

The state of the switches names the newest line. So a line that was changed, deleted or inserted is found, and so is
the loss of the newest ones. Whoever can write to the data folder can forge both together; copies elsewhere show that.
"""

import hashlib
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from app.files import sync_folder
from app.switches.state import Switches, SwitchesError

LOG_FILE = "switches.log"
GENESIS = "0" * 64
"""The `previous` of the first line, and what a state without any names."""


class Action(StrEnum):
    """What was done."""

    PAUSE = "pause"
    RESUME = "resume"
    BLOCK = "block"
    UNBLOCK = "unblock"
    RESTORE = "restore"
    """A damaged state was written anew from the log."""


class SwitchEvent(BaseModel):
    """One line of the log."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: AwareDatetime
    by: str
    action: Action
    target: str
    """`bot`, `generation`, or kind and target of a block; empty for a restored state."""
    reason: str
    until: AwareDatetime | None
    then: Switches
    """All switches afterwards."""
    previous: str
    """SHA-256 of the line before, hexadecimal."""


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """An event with the hash of its line; None for a line that nobody can read, such as one that a power cut tore."""

    event: SwitchEvent | None
    hash: str


def append(folder: Path, event: SwitchEvent) -> str:
    """Writes a line and waits until the disk has it; gives its hash. Raises SwitchesError."""
    path = folder / LOG_FILE
    line = event.model_dump_json().encode()
    try:
        new = not path.exists()
        with path.open("ab+") as file:
            file.write(_missing_line_end(path) + line + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if new:
            sync_folder(folder)
    except OSError as error:
        raise SwitchesError(
            f"{path} cannot be written ({error.strerror}): free some space or check its permissions, and try again. "
            "Nothing was switched."
        ) from error
    return _hash(line)


def read(folder: Path) -> tuple[LoggedEvent, ...]:
    """All lines, oldest first. Raises SwitchesError."""
    path = folder / LOG_FILE
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise SwitchesError(f"{path} cannot be read ({error.strerror}): check its permissions.") from error
    return tuple(LoggedEvent(_event(line), _hash(line)) for line in lines)


def faults(logged: tuple[LoggedEvent, ...]) -> tuple[str, ...]:
    """Where the chain is broken, a sentence each; a torn line that the next one names is no fault."""
    found: list[str] = []
    previous = GENESIS
    for number, line in enumerate(logged, start=1):
        if line.event is not None and line.event.previous != previous:
            found.append(f"line {number} of {LOG_FILE} does not continue the one before: something was changed there")
        previous = line.hash
    return tuple(found)


def _event(line: bytes) -> SwitchEvent | None:
    try:
        return SwitchEvent.model_validate_json(line)
    except ValidationError:
        return None


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _missing_line_end(path: Path) -> bytes:
    """A line break when a power cut left the last line without one."""
    return b"" if path.read_bytes()[-1:] in (b"", b"\n") else b"\n"
