"""The questions that got no good answer, as the log has them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, exists, select

from app.answering.values import Status
from app.database.connection import Database
from app.database.tables import answer_index, answer_records, feedback, marks
from app.database.timestamps import from_timestamp, to_timestamp

_i = answer_index.c


class Reason(StrEnum):
    """Why a question counts as open."""

    NOT_IN_KNOWLEDGE = "not_in_knowledge"
    NEEDS_CLARIFICATION = "needs_clarification"
    """The bot asked back and nobody answered."""
    FAILED = "failed"
    NOT_HELPFUL = "not_helpful"
    """A citizen said so."""
    MARKED_WRONG = "marked_wrong"
    """Somebody of the staff said so."""
    OUT_OF_SCOPE = "out_of_scope"
    """Not for this town hall: shown apart."""


_BY_STATUS = {
    Status.NOT_IN_KNOWLEDGE: Reason.NOT_IN_KNOWLEDGE,
    Status.NEEDS_CLARIFICATION: Reason.NEEDS_CLARIFICATION,
    Status.FAILED: Reason.FAILED,
    Status.OUT_OF_SCOPE: Reason.OUT_OF_SCOPE,
}


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question without a good answer."""

    answer_id: str
    at: datetime
    language: str
    text: str
    """Masked, as the log has it."""
    reasons: frozenset[Reason]


def open_questions(database: Database, tenant: str, since: datetime) -> tuple[OpenQuestion, ...]:
    """All of a town since that moment, newest first. Raises RecordsError when the database fails."""
    rows: dict[str, tuple[Any, set[Reason]]] = {}
    with database.reading() as connection:
        for query, reason in _queries(tenant, to_timestamp(since)):
            for row in connection.execute(query):
                rows.setdefault(row.answer_id, (row, set()))[1].add(reason or _BY_STATUS[Status(row.status)])
    found = (
        OpenQuestion(row.answer_id, from_timestamp(row.created_at), row.language, row.question, frozenset(reasons))
        for row, reasons in rows.values()
    )
    return tuple(sorted(found, key=lambda question: (question.at, question.answer_id), reverse=True))


def asked(database: Database, tenant: str, answer_ids: Iterable[str]) -> dict[str, str]:
    """The masked questions by answer; without those that are erased."""
    query = select(_i.answer_id, _i.question).where(_i.tenant == tenant, _i.answer_id.in_(list(answer_ids)), _kept())
    with database.reading() as connection:
        return {row.answer_id: row.question for row in connection.execute(query)}


def _queries(tenant: str, since: str) -> Iterable[tuple[Select[Any], Reason | None]]:
    """Queries with the reason that their rows are open for; None where the status says it."""
    asked = select(_i.answer_id, _i.created_at, _i.status, _i.language, _i.question).where(
        _i.tenant == tenant, _i.created_at >= since, _kept()
    )
    yield asked.where(_i.status.in_([Status.NOT_IN_KNOWLEDGE, Status.FAILED, Status.OUT_OF_SCOPE])), None
    yield asked.where(_i.status == Status.NEEDS_CLARIFICATION, ~_followed_up()), None
    unhelpful = select(feedback.c.answer_id).where(feedback.c.tenant == tenant, feedback.c.helpful.is_(False))
    yield asked.where(_i.answer_id.in_(unhelpful)), Reason.NOT_HELPFUL
    wrong = select(marks.c.answer_id).where(marks.c.tenant == tenant, marks.c.right.is_(False))
    yield asked.where(_i.answer_id.in_(wrong)), Reason.MARKED_WRONG


def _kept() -> Any:
    return _i.question.is_not(None) & (_i.question != "")


def _followed_up() -> Any:
    """Whether the conversation went on after the answer."""
    record, later = answer_records.alias("record"), answer_records.alias("later")
    return exists().where(
        record.c.tenant == _i.tenant,
        record.c.sequence == _i.sequence,
        later.c.tenant == record.c.tenant,
        later.c.conversation_id == record.c.conversation_id,
        later.c.sequence > record.c.sequence,
    )
