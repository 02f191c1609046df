"""The figures of gold answers: overall, by group, and by the stage that lost them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from app.answering.values import Status
from evaluation.bootstrap import Share, share
from evaluation.gold_answer import GoldAnswer
from evaluation.gold_file import GoldKind
from evaluation.gold_stage import Stage
from evaluation.judge import Outcome

NO_GROUP = "-"
_ANSWERABLE = (GoldKind.ANSWERABLE,)
_UNANSWERABLE = (GoldKind.UNANSWERABLE, GoldKind.OUT_OF_SCOPE)
_CONVERSATION = (GoldKind.SMALL_TALK, GoldKind.EMERGENCY, GoldKind.INJECTION)


@dataclass(frozen=True, slots=True)
class GoldFigures:
    """Of one split. A partly right answer counts as wrong in every rate."""

    questions: int
    right: Share
    """Of answerable questions, as the next four."""
    partly: Share
    wrong: Share
    wrong_refusals: Share
    """Not answered although the texts answer."""
    asked_back: Share
    """The part of the wrong refusals that offered a choice of services."""
    right_refusals: Share
    """Of unanswerable and out-of-scope questions: those refused."""
    staff: Share
    rules: Share
    conversation: Share
    """Small talk, emergencies, injection: handled as they should be."""
    invented_figures: int
    unsupported_statements: int
    retrieval_hits: Share
    """A right service among the first five passages, of answerable questions that were searched for."""
    first_statement_p50_s: float
    """Of answered questions, as seconds from the question."""
    done_p50_s: float
    done_p95_s: float
    statuses: dict[Status, int]


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """Of the questions that share a language, a module or a form."""

    name: str
    questions: int
    right: Share
    """Of all questions of the group: dealt with as they should be, refusals included."""
    wrong_refusals: Share
    right_refusals: Share
    invented_figures: int


@dataclass(frozen=True, slots=True)
class StageFigures:
    """Answers that one stage lost."""

    stage: Stage
    questions: int
    wrong: int
    partly: int
    refused: int


def gold_figures(answers: Sequence[GoldAnswer]) -> GoldFigures:
    """The figures over answers, of which there is at least one."""
    done = sorted(answer.timings_ms["done"] / 1000 for answer in answers)
    first = [a.timings_ms["first_statement"] / 1000 for a in answers if a.status is Status.ANSWERED]
    return GoldFigures(
        questions=len(answers),
        right=_ended(answers, Outcome.RIGHT, _ANSWERABLE),
        partly=_ended(answers, Outcome.PARTLY, _ANSWERABLE),
        wrong=_ended(answers, Outcome.WRONG, _ANSWERABLE),
        wrong_refusals=_ended(answers, Outcome.REFUSED, _ANSWERABLE),
        asked_back=_share(answers, _ANSWERABLE, lambda answer: answer.status is Status.NEEDS_CLARIFICATION),
        right_refusals=_ended(answers, Outcome.RIGHT, _UNANSWERABLE),
        staff=_ended(answers, Outcome.RIGHT, (GoldKind.STAFF,)),
        rules=_ended(answers, Outcome.RIGHT, (GoldKind.RULE,)),
        conversation=_ended(answers, Outcome.RIGHT, _CONVERSATION),
        invented_figures=sum(len(answer.invented) for answer in answers),
        unsupported_statements=sum(answer.unsupported for answer in answers),
        retrieval_hits=_share([a for a in answers if a.searched], _ANSWERABLE, lambda answer: answer.hit),
        first_statement_p50_s=median(first) if first else 0.0,
        done_p50_s=median(done),
        done_p95_s=quantiles(done, n=20)[-1] if len(done) > 1 else done[0],
        statuses=dict(sorted(Counter(answer.status for answer in answers).items())),
    )


def by_language(answers: Iterable[GoldAnswer]) -> tuple[GroupFigures, ...]:
    return _groups(answers, lambda answer: answer.language)


def by_module(answers: Iterable[GoldAnswer]) -> tuple[GroupFigures, ...]:
    """By the module of the expected answer; questions that expect none stand under '-'."""
    return _groups(answers, lambda answer: answer.module)


def by_form(answers: Iterable[GoldAnswer]) -> tuple[GroupFigures, ...]:
    """By how the question is asked; questions whose file doesn't say stand under '-'."""
    return _groups(answers, lambda answer: answer.form)


def by_stage(answers: Sequence[GoldAnswer]) -> tuple[StageFigures, ...]:
    """Every stage in the order of the walk, also those that lost nothing."""
    rows = []
    for stage in Stage:
        lost = Counter(answer.outcome for answer in answers if answer.stage is stage)
        rows.append(StageFigures(stage, lost.total(), lost[Outcome.WRONG], lost[Outcome.PARTLY], lost[Outcome.REFUSED]))
    return tuple(rows)


def _groups(answers: Iterable[GoldAnswer], name_of: Callable[[GoldAnswer], str | None]) -> tuple[GroupFigures, ...]:
    groups: dict[str, list[GoldAnswer]] = {}
    for answer in answers:
        groups.setdefault(name_of(answer) or NO_GROUP, []).append(answer)
    return tuple(
        GroupFigures(
            name=name,
            questions=len(members),
            right=share((answer.cluster, answer.outcome is Outcome.RIGHT) for answer in members),
            wrong_refusals=_ended(members, Outcome.REFUSED, _ANSWERABLE),
            right_refusals=_ended(members, Outcome.RIGHT, _UNANSWERABLE),
            invented_figures=sum(len(answer.invented) for answer in members),
        )
        for name, members in sorted(groups.items(), key=lambda group: (group[0] == NO_GROUP, group[0]))
    )


def _ended(answers: Iterable[GoldAnswer], outcome: Outcome, kinds: Sequence[GoldKind]) -> Share:
    return _share(answers, kinds, lambda answer: answer.outcome is outcome)


def _share(answers: Iterable[GoldAnswer], kinds: Sequence[GoldKind], holds: Callable[[GoldAnswer], bool]) -> Share:
    return share((answer.cluster, holds(answer)) for answer in answers if answer.kind in kinds)
