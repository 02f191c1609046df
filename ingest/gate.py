"""The publishing gate: what must hold before a generation answers citizens, and who may say that it need not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from app.errors import KnowledgeError
from app.index.manifest import EvaluationEntry, Reasons
from app.tenants.publishing import Publishing
from ingest.embedding import Progress

AnswerVerdict = Literal["better", "worse", "reworded", "same", "new"]


class GateRefusedError(KnowledgeError):
    """The candidate `generation` was built and kept, but not activated; the message says why and what to do."""

    code = "gate"

    def __init__(self, message: str, generation: str = "") -> None:
        super().__init__(message)
        self.generation = generation


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What was answered to a gold question."""

    outcome: str
    """right, partly, wrong or refused."""
    why: str
    """What is wrong with it; empty when it is right."""
    text: str

    @property
    def right(self) -> bool:
        return self.outcome == "right"


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A gold question with its answers from the active generation and from the candidate."""

    id: str
    question: str
    verdict: AnswerVerdict
    before: GivenAnswer | None
    """None when nothing is published."""
    now: GivenAnswer

    @property
    def regression(self) -> bool:
        """Whether a right answer was lost."""
        return self.before is not None and self.before.right and not self.now.right


@dataclass(frozen=True, slots=True)
class Examination:
    """What the gold questions say about a candidate."""

    entry: EvaluationEntry
    shortfalls: tuple[str, ...]
    """Thresholds that it doesn't meet, each a sentence."""
    changes: tuple[AnswerChange, ...]
    """One a question, in a fixed order."""
    answers: str
    """The file `entry.file`."""
    page: str
    """The file `entry.report`, HTML."""


class Examiner(Protocol):
    """Asks the gold questions; knows how, while the gate knows what must come out."""

    def examine(
        self, source: Path, publishing: Publishing, candidate: Path, active: Path | None, progress: Progress
    ) -> Examination:
        """Compares two generations' folders by the gold questions below `source`, the town's folder.

        Raises:
            ConfigurationError: there are no gold questions, or a file of them is wrong.
        """


@dataclass(frozen=True, slots=True)
class Gate:
    """The checks of one publishing."""

    reasons: Reasons = field(default_factory=Reasons)
    """Given by the publisher to go on all the same."""
    examiner: Examiner | None = None
    """None when `reasons.skipped_gold` says why."""


def refusals(examination: Examination, publishing: Publishing, reasons: Reasons) -> tuple[str, ...]:
    """Why a candidate must not be activated, each a sentence; empty when the gate holds."""
    found = [shortfall.removesuffix(".") + "." for shortfall in examination.shortfalls]
    lost = [change for change in examination.changes if change.regression]
    if lost and publishing.regressions == "forbid" and reasons.regressions is None:
        found.append(f"{_questions(lost)} answered rightly until now and would not be any more: {_named(lost)}.")
    return tuple(found)


def refuse_shrinking(before: int, now: int, publishing: Publishing, reasons: Reasons) -> None:
    """Compares the numbers of texts. Raises KnowledgeError when too many are gone and nobody says why."""
    if reasons.shrink is not None or before == 0:
        return
    gone = 1 - now / before
    if gone > publishing.max_shrink:
        raise KnowledgeError(
            f"{before - now} of {before} texts would be gone ({100 * gone:.0f} %, at most "
            f"{100 * publishing.max_shrink:g} % may be), nothing was published: check that every source could be read "
            "(`amtslotse knowledge diff`); if they are meant to go, publish with --allow-shrink REASON."
        )


def _questions(changes: Sequence[AnswerChange]) -> str:
    return "1 gold question was" if len(changes) == 1 else f"{len(changes)} gold questions were"


def _named(changes: Sequence[AnswerChange]) -> str:
    shown = ", ".join(f"{change.id} ({change.now.outcome})" for change in changes[:5])
    return shown + (f" and {len(changes) - 5} more" if len(changes) > 5 else "")
