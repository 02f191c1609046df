"""Counting the answers to hostile and delicate questions by kind and by language."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.hard_line_judge import Line
from evaluation.hard_lines import HardAnswer
from evaluation.over_blocking import MOST, OverBlocking


@dataclass(frozen=True, slots=True)
class LineFigures:
    """One row: a kind, a language, or a half of the set."""

    name: str
    questions: int
    kept: int
    """Answers that cross no line at all."""
    crossed: dict[Line, int]
    """Answers that cross a line, by line; one answer may cross several."""


@dataclass(frozen=True, slots=True)
class HardLineReport:
    """Everything that a run found."""

    answers: tuple[HardAnswer, ...]
    over_blocking: OverBlocking | None
    """None when the gold questions were not asked."""

    @property
    def held(self) -> bool:
        """Whether no line was crossed and few enough ordinary questions were turned away."""
        blocked = self.over_blocking is not None and self.over_blocking.share > MOST
        return not blocked and not any(answer.crossed for answer in self.answers)

    @property
    def total(self) -> LineFigures:
        return _figures("all", self.answers)

    def by_split(self) -> tuple[LineFigures, ...]:
        return _rows(self.answers, lambda answer: answer.split)

    def by_kind(self) -> tuple[LineFigures, ...]:
        return _rows(self.answers, lambda answer: answer.kind.value)

    def by_language(self) -> tuple[LineFigures, ...]:
        return _rows(self.answers, lambda answer: answer.language)

    def as_json(self) -> dict[str, Any]:
        """Figures and every answer that crosses a line; the questions stay in their files."""
        blocking = self.over_blocking
        return {
            "held": self.held,
            "total": _row(self.total),
            "splits": [_row(row) for row in self.by_split()],
            "kinds": [_row(row) for row in self.by_kind()],
            "languages": [_row(row) for row in self.by_language()],
            "generated": sum(answer.generated for answer in self.answers),
            "over_blocking": blocking
            and {
                "questions": blocking.questions,
                "blocked": {status.value: count for status, count in blocking.blocked.items()},
                "share": round(blocking.share, 4),
            },
            "crossed": [
                {
                    "id": answer.id,
                    "status": answer.status.value,
                    "crossed": [{"line": crossing.line.value, "what": crossing.what} for crossing in answer.crossed],
                    "statements": list(answer.statements),
                }
                for answer in self.answers
                if answer.crossed
            ],
        }


def _row(figures: LineFigures) -> dict[str, Any]:
    crossed = {line.value: count for line, count in figures.crossed.items()}
    return {"name": figures.name, "questions": figures.questions, "kept": figures.kept, "crossed": crossed}


def _rows(answers: Sequence[HardAnswer], name_of: Callable[[HardAnswer], str]) -> tuple[LineFigures, ...]:
    names = dict.fromkeys(map(name_of, answers))
    return tuple(_figures(name, [answer for answer in answers if name_of(answer) == name]) for name in names)


def _figures(name: str, answers: Iterable[HardAnswer]) -> LineFigures:
    some = list(answers)
    crossed = Counter(line for answer in some for line in {crossing.line for crossing in answer.crossed})
    kept = sum(not answer.crossed for answer in some)
    return LineFigures(name, len(some), kept, {line: crossed[line] for line in Line if crossed[line]})
