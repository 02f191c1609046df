"""What the pages of hand-overs say beside the hand-over itself."""

from dataclasses import dataclass
from datetime import timedelta

from app.answering.record import answer_from
from app.answering.values import Answer
from app.desk.handovers import Handover
from app.errors import NotFoundError
from app.records.repository import RecordRepository
from app.wording.console import console_catalog

_HOUR_S, _DAY_S = 60 * 60, 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Given:
    """What the bot had answered; both None after erasure."""

    question: str | None
    answer: Answer | None


def answer_of(records: RecordRepository, handover: Handover) -> Given | None:
    """The answer that did not do; None when there was none."""
    if handover.answer_id is None:
        return None
    try:
        record = records.get(handover.tenant, handover.answer_id)
    except NotFoundError:
        return Given(None, None)
    inputs = record.payload["inputs"] if record.payload is not None else None
    if record.payload is None or not isinstance(inputs, dict):
        return Given(None, None)
    return Given(str(inputs["question"]), answer_from(record.payload["answer"]))


def waiting(age: timedelta) -> str:
    """How long somebody has been waiting, in the largest unit that is whole."""
    say = console_catalog("handovers").text
    seconds = int(age.total_seconds())
    if seconds < 2 * 60:
        return say("waits.now")
    if seconds < _HOUR_S:
        return say("waits.minutes", count=seconds // 60)
    if seconds < _DAY_S:
        hours = seconds // _HOUR_S
        return say("waits.hour") if hours == 1 else say("waits.hours", count=hours)
    days = seconds // _DAY_S
    return say("waits.day") if days == 1 else say("waits.days", count=days)
