"""What became better and what worse since an earlier report."""

from dataclasses import dataclass
from enum import StrEnum

from evaluation.gold_answer import GoldAnswer
from evaluation.judge import Outcome
from evaluation.report import GoldReport


class Verdict(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    REWORDED = "reworded"
    """Another text with the same outcome."""
    SAME = "same"
    NEW = "new"
    """The earlier report doesn't have the question, or had another text for it."""


_WORTH = {Outcome.WRONG: 1, Outcome.REFUSED: 2, Outcome.PARTLY: 3, Outcome.RIGHT: 4}
"""A refusal is better than a wrong answer; an invented figure is worse than both."""


@dataclass(frozen=True, slots=True)
class Change:
    """One question now and before."""

    now: GoldAnswer
    before: GoldAnswer | None
    verdict: Verdict


def changes(report: GoldReport, previous: GoldReport | None) -> tuple[Change, ...]:
    """One change a question of `report`, in its order; all are new without a previous report."""
    known = {answer.id: answer for answer in previous.answers} if previous else {}
    return tuple(_change(answer, known.get(answer.id)) for answer in report.answers)


def dropped(report: GoldReport, previous: GoldReport) -> tuple[str, ...]:
    """Ids that only the previous report has, of splits that this one measured as well."""
    now = {answer.id for answer in report.answers}
    splits = {split.split for split in report.splits}
    return tuple(a.id for a in previous.answers if a.split in splits and a.id not in now)


def _change(now: GoldAnswer, before: GoldAnswer | None) -> Change:
    if before is None or (before.question, before.after) != (now.question, now.after):
        return Change(now, None, Verdict.NEW)
    if _worth(now) != _worth(before):
        return Change(now, before, Verdict.BETTER if _worth(now) > _worth(before) else Verdict.WORSE)
    return Change(now, before, Verdict.SAME if now.text == before.text else Verdict.REWORDED)


def _worth(answer: GoldAnswer) -> int:
    return 0 if answer.invented else _WORTH[answer.outcome]
