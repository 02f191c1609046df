"""A made-up answer log as large as that of a big town after a quarter, with what citizens and staff said about it.

The answers are real ones to the gold questions of the dev half, repeated with other openings, times and references; so
rows are as long, and words as many, as in a real log. The same every time, but for the times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from app.accounts.account import EVERY_TENANT, Role
from app.accounts.repository import AccountRepository
from app.accounts.sessions import SessionRepository
from app.answering.service import AnsweringService
from app.answering.values import Question
from app.desk.feedback import Feedback, FeedbackStore, Reason
from app.desk.handovers import HandoverStore, NewHandover
from app.desk.tasks import NewTask, TaskKind, TaskStore
from app.records.record import NewRecord, StoredRecord
from app.records.repository import RecordRepository
from app.settings import Settings
from evaluation.gold_file import read_gold

DAYS = 85
"""Over which the answers are spread; a little less than the retention, so that none is erased."""
_SAMPLES = 24
_BATCH = 5_000
_FEEDBACK_EVERY = 40
_HANDOVER_EVERY = 400
_TASK_EVERY = 1_000
_OPENINGS = ("", "Guten Tag, ", "Hallo! ", "Ich wollte fragen: ", "Eine Frage: ", "Moin, ", "Bitte: ", "Kurz gefragt: ")


@dataclass(frozen=True, slots=True)
class FilledLog:
    """What was written."""

    answers: int
    feedback: int
    handovers: int
    token: str
    """Of the session of somebody who may see everything."""


def sample_answers(service: AnsweringService, settings: Settings) -> tuple[StoredRecord, ...]:
    """The records of real answers, spread evenly over the dev questions that stand by themselves."""
    tenant = settings.default_tenant
    gold = [one for one in read_gold(settings.knowledge_dir / tenant / "gold", "dev") if not one.after]
    chosen = [gold[index * len(gold) // _SAMPLES] for index in range(_SAMPLES)]
    for one in chosen:
        with service.admit():
            list(service.ask(Question(text=one.question, tenant=tenant, asked_at=datetime.now(UTC))))
    return tuple(service.records.iterate(tenant))


def fill_log(records: RecordRepository, samples: Sequence[StoredRecord], count: int, now: datetime) -> FilledLog:
    """Writes so many answers, up to `now`, and what belongs to them; the samples' town is theirs."""
    tenant = samples[0].tenant
    made = _answers(samples, count, now)
    while part := list(islice(made, _BATCH)):
        records.append_all(part)
    references = [(_reference(number), _moment(number, count, now)) for number in range(count)]
    feedback, handovers = FeedbackStore(records.database), HandoverStore(records.database)
    for number, (reference, at) in enumerate(references[::_FEEDBACK_EVERY]):
        helpful = number % 3 > 0
        reason = None if helpful else tuple(Reason)[number % len(Reason)]
        feedback.put(Feedback(tenant, reference, at + timedelta(minutes=1), helpful, reason))
    for reference, at in references[::_HANDOVER_EVERY]:
        handovers.add(NewHandover(tenant, at, "Bitte rufen Sie mich an.", "03999 115-0", "de", reference))
    tasks = TaskStore(records.database)
    for reference, at in references[::_TASK_EVERY]:
        tasks.add(tenant, NewTask("", TaskKind.QUESTIONS, "Text ergänzen", answer_ids=(reference,)), "bench", at)
    return FilledLog(
        answers=count,
        feedback=len(references[::_FEEDBACK_EVERY]),
        handovers=len(references[::_HANDOVER_EVERY]),
        token=_signed_in(records, now),
    )


def _answers(samples: Sequence[StoredRecord], count: int, now: datetime) -> Iterator[NewRecord]:
    chance = Random(0)  # noqa: S311 - for variety
    for number in range(count):
        sample = samples[chance.randrange(len(samples))]
        assert sample.payload is not None
        payload: dict[str, Any] = dict(sample.payload)
        inputs = payload["inputs"]
        payload["inputs"] = {**inputs, "question": f"{chance.choice(_OPENINGS)}{inputs['question']}"}
        yield NewRecord(
            id=_reference(number),
            tenant=sample.tenant,
            conversation_id=f"bench-conversation-{number // 2:08}",
            created_at=_moment(number, count, now),
            status=sample.status,
            language=sample.language,
            generation=sample.generation,
            payload=payload,
        )


def _reference(number: int) -> str:
    return f"{number:016x}"


def _moment(number: int, count: int, now: datetime) -> datetime:
    return now - timedelta(days=DAYS) * ((count - number) / count)


def _signed_in(records: RecordRepository, now: datetime) -> str:
    accounts = AccountRepository(records.database)
    account = accounts.create("bench", "Bench", [(EVERY_TENANT, Role.ADMIN)], now, identity=("bench", "bench"))
    return SessionRepository(records.database).begin(account, now)
