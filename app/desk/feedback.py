"""What citizens say about an answer: helpful or not, why not, and a few words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select

from app.database.connection import Database
from app.database.tables import feedback
from app.database.timestamps import from_timestamp, to_timestamp
from app.desk.ratings import count_rating

_c = feedback.c


class Reason(StrEnum):
    """Why an answer did not help. A closed set; each has wording in the widget's catalogs."""

    NOT_MY_QUESTION = "not_my_question"
    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    UNCLEAR = "unclear"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Feedback:
    """A citizen's word on one answer."""

    tenant: str
    answer_id: str
    at: datetime
    helpful: bool
    reason: Reason | None = None
    comment: str | None = None
    """Masked: personal data that was recognised is replaced by labels."""


class FeedbackStore:
    """Safe to share between threads. Every method raises RecordsError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, given: Feedback) -> None:
        """Keeps it in the place of what was said about the same answer before."""
        row = {
            "tenant": given.tenant,
            "answer_id": given.answer_id,
            "at": to_timestamp(given.at),
            "helpful": given.helpful,
            "reason": given.reason,
            "comment": given.comment,
        }
        with self._database.writing() as connection:
            _take_back(connection, given.tenant, given.answer_id)
            connection.execute(insert(feedback), row)
            count_rating(connection, given.tenant, given.at, helpful=given.helpful)

    def get(self, tenant: str, answer_id: str) -> Feedback | None:
        """What was said last about an answer."""
        with self._database.reading() as connection:
            row = connection.execute(select(feedback).where(_on(tenant, answer_id))).first()
        return _feedback(row) if row else None

    def remove(self, tenant: str, answer_id: str) -> bool:
        """Takes it back for good; False when there was none."""
        with self._database.writing() as connection:
            removed = _take_back(connection, tenant, answer_id)
        if removed:
            self._database.scrub()
        return removed

    def since(self, tenant: str, since: datetime | None = None, *, helpful: bool | None = None) -> Iterator[Feedback]:
        """A town's feedback, newest first; only that of one kind with `helpful`."""
        conditions = [_c.tenant == tenant]
        if since is not None:
            conditions.append(_c.at >= to_timestamp(since))
        if helpful is not None:
            conditions.append(_c.helpful.is_(helpful))
        with self._database.reading() as connection:
            rows = connection.execute(select(feedback).where(*conditions).order_by(_c.at.desc(), _c.answer_id)).all()
        yield from map(_feedback, rows)


def _take_back(connection: Connection, tenant: str, answer_id: str) -> bool:
    """Removes what was said before and its count."""
    row = connection.execute(select(feedback).where(_on(tenant, answer_id))).first()
    if row is None:
        return False
    connection.execute(delete(feedback).where(_on(tenant, answer_id)))
    count_rating(connection, tenant, from_timestamp(row.at), helpful=bool(row.helpful), by=-1)
    return True


def _on(tenant: str, answer_id: str) -> ColumnElement[bool]:
    return (_c.tenant == tenant) & (_c.answer_id == answer_id)


def _feedback(row: Row[tuple[object, ...]]) -> Feedback:
    return Feedback(
        tenant=row.tenant,
        answer_id=row.answer_id,
        at=from_timestamp(row.at),
        helpful=bool(row.helpful),
        reason=Reason(row.reason) if row.reason else None,
        comment=row.comment,
    )
