"""Whether answers are equal whatever was asked before or beside them: replayed from records, and asked again."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice
from random import Random
from zoneinfo import ZoneInfo

from app.answering.record import answer_payload
from app.answering.replay import replay
from app.answering.service import AnsweringService
from app.answering.values import Question, Recorded
from app.errors import AmtslotseError
from app.text.canonical_json import canonical_json
from evaluation.gold_file import GoldQuestion

_SEED = 20
_CONTEXT = 60
"""Characters shown on either side of the first byte that differs."""


@dataclass(frozen=True, slots=True)
class PassReport:
    """One comparison of all answers with the first ones."""

    name: str
    identical: int
    differences: tuple[str, ...]
    """One text a differing answer: its id or question, and the first difference."""

    @property
    def different(self) -> int:
        return len(self.differences)


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """All passes over the same answers."""

    asked: int
    passes: tuple[PassReport, ...]

    @property
    def identical(self) -> bool:
        """Whether not a single answer differed in any pass."""
        return not any(report.different for report in self.passes)


@dataclass(frozen=True, slots=True)
class _Given:
    gold: GoldQuestion
    answer_id: str
    payload: str
    """Canonical JSON of the answer: without ids and timings, which no answer holds."""


def evaluate_replay(
    service: AnsweringService,
    tenant: str,
    questions: Sequence[GoldQuestion],
    count: int,
    threads: int,
    progress: Callable[[str, int, int], None],
) -> ReplayReport:
    """Asks `count` questions, then replays them in another order, under load, and asks them again.

    `threads` must not be above the service's queue, which would answer `busy`. All questions are asked as of one
    moment, because opening hours are part of an answer.
    """
    zone = service.generations.active(tenant).tenant.zone
    moment = datetime.now(UTC)
    given: list[_Given] = []
    for number, gold in enumerate(chosen(questions, count)):
        progress("asked", number, count)
        given.append(_ask(service, tenant, gold, f"first-{number}", moment, zone))
    shuffled = Random(_SEED).sample(given, len(given))  # noqa: S311 - an order, not a secret
    again = Random(_SEED + 1).sample(given, len(given))  # noqa: S311

    def replayed(answer: _Given) -> str | None:
        difference = _replayed(service, tenant, answer.answer_id)
        return None if difference is None else f"{answer.answer_id} ({answer.gold.question}): {difference}"

    def asked_again(numbered: tuple[int, _Given]) -> str | None:
        number, answer = numbered
        second = _ask(service, tenant, answer.gold, f"again-{number}", moment, zone)
        return first_difference(answer.gold.question, answer.payload, second.payload)

    one_by_one = _counted("replayed in another order", map(replayed, shuffled), len(given), progress)
    with ThreadPoolExecutor(max_workers=threads) as pool:
        loaded = _counted(f"replayed {threads} at once", pool.map(replayed, again), len(given), progress)
    repeated = _counted("asked again, shuffled", map(asked_again, enumerate(again)), len(given), progress)
    return ReplayReport(asked=len(given), passes=(one_by_one, loaded, repeated))


def chosen(questions: Sequence[GoldQuestion], count: int) -> list[GoldQuestion]:
    """`count` questions in a fixed mixed order, none twice (with its conversation) before all were taken once."""
    distinct = list({(question.after, question.question, question.at): question for question in questions}.values())
    mixed = Random(_SEED).sample(distinct, len(distinct))  # noqa: S311
    return list(islice(cycle(mixed), count))


def first_difference(name: str, before: str, after: str) -> str | None:
    """The first place where two texts differ with its surroundings, or None."""
    if before == after:
        return None
    shared = min(len(before), len(after))
    at = next((index for index in range(shared) if before[index] != after[index]), shared)
    around = slice(max(0, at - _CONTEXT), at + _CONTEXT)
    return f"{name}: at character {at}\n  first: {before[around]!r}\n  again: {after[around]!r}"


def _counted(
    name: str, outcomes: Iterator[str | None], total: int, progress: Callable[[str, int, int], None]
) -> PassReport:
    differences: list[str] = []
    for number, outcome in enumerate(outcomes):
        progress(name, number, total)
        if outcome is not None:
            differences.append(outcome)
    progress(name, total, total)
    return PassReport(name, total - len(differences), tuple(differences))


def _replayed(service: AnsweringService, tenant: str, answer_id: str) -> str | None:
    """A replay that breaks down is a difference as well, not the end of the evaluation."""
    try:
        difference = replay(service.get(tenant, answer_id), service)
    except AmtslotseError as error:
        return f"failed: {error.message}"
    return None if difference is None else str(difference)


def _ask(
    service: AnsweringService, tenant: str, gold: GoldQuestion, conversation: str, moment: datetime, zone: ZoneInfo
) -> _Given:
    asked_at = gold.at.replace(tzinfo=zone) if gold.at else moment
    for earlier in gold.after:
        _answer(service, Question(text=earlier, tenant=tenant, asked_at=asked_at, conversation_id=conversation))
    question = Question(text=gold.question, tenant=tenant, asked_at=asked_at, conversation_id=conversation)
    recorded = _answer(service, question)
    return _Given(gold, recorded.answer_id, canonical_json(answer_payload(recorded.answer)))


def _answer(service: AnsweringService, question: Question) -> Recorded:
    with service.admit():
        *_, last = service.ask(question)
    assert isinstance(last, Recorded)
    return last
