"""`switches.json`: the state that is in force, replaced as a whole."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.files import write_atomically
from app.switches.log import GENESIS, LOG_FILE, LoggedEvent
from app.switches.state import Switches, SwitchesError

STATE_FILE = "switches.json"
_RESTORE = "bring it back from the log with `amtslotse switches --restore REASON`."


class State(BaseModel):
    """The file's content."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    log: str = GENESIS
    """Hash of the newest line of the log."""
    switches: Switches = Switches()


def read_bytes(folder: Path) -> bytes | None:
    """The file as it is; None for a town for which nothing was ever switched. Raises SwitchesError."""
    path = folder / STATE_FILE
    logged = (folder / LOG_FILE).exists()  # looked up first: the first state is written before the first line
    try:
        return path.read_bytes()
    except FileNotFoundError:
        if logged:
            raise SwitchesError(f"{path} is gone: {_RESTORE}") from None
        return None
    except OSError as error:
        raise SwitchesError(f"{path} cannot be read ({error.strerror}): {_RESTORE}") from error


def parse(folder: Path, content: bytes | None) -> State:
    """The state in those bytes. Raises SwitchesError."""
    if content is None:
        return State()
    try:
        return State.model_validate_json(content)
    except ValidationError as error:
        raise SwitchesError(f"{folder / STATE_FILE} is damaged: {_RESTORE}") from error


def write(folder: Path, state: State) -> None:
    """Replaces the file. Raises SwitchesError; then the old one is as it was."""
    path = folder / STATE_FILE
    try:
        write_atomically(path, state.model_dump_json(indent=2) + "\n")
    except OSError as error:
        raise SwitchesError(
            f"{path} cannot be written ({error.strerror}): free some space or check its permissions, and try again. "
            "Nothing was switched."
        ) from error


def mismatch(state: State, logged: tuple[LoggedEvent, ...]) -> tuple[str, ...]:
    """Where state and log contradict each other, a sentence each."""
    hashes = [GENESIS, *(line.hash for line in logged)]
    if state.log not in hashes:
        return (f"{STATE_FILE} names a line that {LOG_FILE} does not have: one of them was changed",)
    place = hashes.index(state.log)
    event = logged[place - 1].event if place else None
    if state.switches != (event.then if event else Switches()):
        return (f"{STATE_FILE} is not what {LOG_FILE} says: it was changed by hand",)
    later = sum(line.event is not None for line in logged[place:])
    return (f"the newest {later} lines of {LOG_FILE} were not carried out: switch again",) if later else ()
