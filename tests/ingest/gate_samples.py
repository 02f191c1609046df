"""An examiner that says what it is told to, for tests of what publishing makes of it."""

import hashlib
from pathlib import Path

from app.index.manifest import EvaluationEntry
from app.tenants.publishing import Publishing
from ingest.embedding import Progress
from ingest.gate import AnswerChange, AnswerVerdict, Examination, GivenAnswer

RIGHT = GivenAnswer("right", "", "Die Hundesteuer beträgt 96,00 Euro.")
WRONG = GivenAnswer("wrong", "missing: ['96,00 Euro']", "Die Hundesteuer beträgt 98,00 Euro.")
ANSWERS = '{"answers": []}\n'
PAGE = "<p>Bericht</p>"


def change(verdict: AnswerVerdict, before: GivenAnswer | None, now: GivenAnswer, name: str = "hund") -> AnswerChange:
    """A gold question about dogs with these answers."""
    return AnswerChange(name, "Was kostet ein Hund?", verdict, before, now)


LOST = change("worse", RIGHT, WRONG)
KEPT = change("same", RIGHT, RIGHT)


def examination(*changes: AnswerChange, shortfalls: tuple[str, ...] = ()) -> Examination:
    """An examination with these answers and shortfalls; its shares are made up."""
    entry = EvaluationEntry(
        file="evaluation.json",
        sha256=hashlib.sha256(ANSWERS.encode()).hexdigest(),
        report="evaluation.html",
        model="none",
        questions=len(changes),
        right=0.9,
        right_refusals=None,
        invented=0,
        regressions=tuple(one.id for one in changes if one.regression),
    )
    return Examination(entry, shortfalls, changes, ANSWERS, PAGE)


class ScriptedExaminer:
    """Finds the same whatever it is given; notes the names of the generations that it compared."""

    def __init__(self, found: Examination) -> None:
        self._found = found
        self.compared: list[tuple[str, str | None]] = []

    def examine(
        self, source: Path, publishing: Publishing, candidate: Path, active: Path | None, progress: Progress
    ) -> Examination:
        assert (candidate / "manifest.json").is_file()
        self.compared.append((candidate.name, active.name if active else None))
        return self._found
