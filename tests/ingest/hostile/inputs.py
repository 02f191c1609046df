"""What a broken or hostile input is, and what must be said about it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.findings import Severity

Make = Callable[[Path], None]
"""Makes an input at a path; for what is no plain file, or too large to hold."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """One input below the town's folder."""

    name: str
    """Path below the town's folder, as the file system has it."""
    content: bytes | Make
    code: str
    """Of the finding that names it."""
    severity: Severity = Severity.ERROR
    """Error: there is no document of it. Warning: there is one, without what is bad."""
    said_of: str = ""
    """What findings call it, where that isn't `name`; for XZuFi the file, whatever the service."""

    @property
    def shown(self) -> str:
        return self.said_of or self.name

    def write(self, town: Path) -> None:
        path = town / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(self.content, bytes):
            path.write_bytes(self.content)
        else:
            self.content(path)

    def is_named_by(self, file: str) -> bool:
        """Whether a finding about `file` is about this input."""
        return file == self.shown or file.startswith(f"{self.shown}#")


def noticed(name: str, content: bytes | Make, code: str) -> Hostile:
    """An input that is read without what is bad in it."""
    return Hostile(name, content, code, Severity.WARNING)
