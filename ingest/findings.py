"""What is wrong with a text: a code, a severity, the place, and the fix."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    """Stops publishing."""
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `line` is 0 when the whole file is meant."""

    code: str
    severity: Severity
    file: str
    line: int
    message: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.severity.value} {self.code}: {self.message} → {self.fix}"
