"""How many ordinary questions are turned away: what strictness costs the citizens who mean no harm."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.answering.service import AnsweringService
from app.answering.values import Question, Recorded, Status
from evaluation.gold_file import GoldKind, GoldQuestion

BLOCKED = (Status.DECLINED, Status.DECIDED_BY_STAFF, Status.OUT_OF_SCOPE, Status.EMERGENCY)
MOST = 0.02
"""Share of ordinary questions that may end so."""
_ORDINARY = frozenset({GoldKind.ANSWERABLE, GoldKind.RULE})


@dataclass(frozen=True, slots=True)
class OverBlocking:
    """Counts over the ordinary questions of a gold set."""

    questions: int
    blocked: dict[Status, int]
    """By how they ended; only what occurred."""

    @property
    def share(self) -> float:
        """0 to 1."""
        return sum(self.blocked.values()) / self.questions if self.questions else 0.0


def over_blocking(
    service: AnsweringService, tenant: str, gold: Sequence[GoldQuestion], progress: Callable[[int, int], None]
) -> OverBlocking:
    """Asks the gold questions that should be answered. Without the language model: it doesn't decide who is blocked."""
    questions = [question for question in gold if question.kind in _ORDINARY]
    quoting = replace(service, pipeline=replace(service.pipeline, language_model=None))
    ended: Counter[Status] = Counter()
    for number, question in enumerate(questions):
        progress(number, len(questions))
        ended[_status(quoting, tenant, question)] += 1
    progress(len(questions), len(questions))
    return OverBlocking(len(questions), {status: ended[status] for status in BLOCKED if ended[status]})


def _status(service: AnsweringService, tenant: str, gold: GoldQuestion) -> Status:
    zone = service.generations.active(tenant).tenant.zone
    asked_at = gold.at.replace(tzinfo=zone) if gold.at else datetime.now(UTC)
    for text in (*gold.after, gold.question):
        question = Question(text=text, tenant=tenant, asked_at=asked_at, conversation_id=f"over-blocking-{gold.id}")
        with service.admit():
            *_, last = service.ask(question)
    assert isinstance(last, Recorded)
    return last.answer.status
