"""What is wrong with a text: a code, a severity, the place, and the fix."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    """Stops publishing."""
    WARNING = "warning"


_LONGEST = 1000
"""Characters."""
_SHOWN_THOUGH_INVISIBLE = frozenset("\u061c\u200c\u200d\u200e\u200f")
"""Joiners and marks of direction, which Arabic and Persian words need."""
_MOST_ALIKE = 50


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `line` is 0 when the whole file is meant."""

    code: str
    severity: Severity
    file: str
    line: int
    message: str
    fix: str
    quote: str = ""
    """The words of the text that are meant, for the report to highlight; empty when there are none."""
    german: str = ""
    """`message` in German, for editors; empty when what the code says in German is enough."""

    def __post_init__(self) -> None:
        """Findings quote hostile texts, too: what they say can be printed, is one line, and has an end."""
        for name in ("message", "fix", "german"):
            said = getattr(self, name)
            if len(said) > _LONGEST or not said.isprintable():
                object.__setattr__(self, name, _printable(said))

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.severity.value} {self.code}: {self.message} → {self.fix}"


def gathered(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in their order; of one code and file only the first ones, and how many more there are."""
    kept: list[Finding] = []
    counts: Counter[tuple[str, str, Severity]] = Counter()
    for finding in findings:
        key = (finding.code, finding.file, finding.severity)
        counts[key] += 1
        if counts[key] <= _MOST_ALIKE:
            kept.append(finding)
    return [*kept, *(_more(kept, key, count - _MOST_ALIKE) for key, count in counts.items() if count > _MOST_ALIKE)]


def _more(kept: Iterable[Finding], key: tuple[str, str, Severity], count: int) -> Finding:
    first = next(finding for finding in kept if (finding.code, finding.file, finding.severity) == key)
    return replace(
        first, line=0, message=f"{count:,} more like the {_MOST_ALIKE} that are listed", quote="",
        german=f"Und noch {count} weitere Stellen wie die {_MOST_ALIKE}, die hier stehen.",
    )  # fmt: skip


def _printable(said: str) -> str:
    return "".join(map(_shown, said[:_LONGEST])) + ("…" if len(said) > _LONGEST else "")


def _shown(char: str) -> str:
    if char.isprintable() or char in _SHOWN_THOUGH_INVISIBLE:
        return char
    return " " if char.isspace() else "\ufffd"
