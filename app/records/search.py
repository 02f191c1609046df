"""Searching the log: which answers match, newest first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, Select, Table, and_, func, select

from app.database.connection import Database
from app.database.tables import answer_index, feedback, marks
from app.database.timestamps import from_timestamp, to_timestamp
from app.records.answer_index import folded

_i, _f, _m = answer_index.c, feedback.c, marks.c


class Rating(StrEnum):
    """What citizens said about an answer."""

    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    NONE = "none"


class Judged(StrEnum):
    """What the staff said about an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; what is empty or None does not matter. Erased answers match no filter but the period."""

    text: str = ""
    """Words that must all be in the question, in any case and place; or the reference of an answer."""
    status: str = ""
    language: str = ""
    generation: str = ""
    since: datetime | None = None
    """Included."""
    until: datetime | None = None
    """Not included."""
    rating: Rating | None = None
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An answer in the list."""

    sequence: int
    answer_id: str
    created_at: datetime
    """In UTC."""
    status: str
    language: str
    generation: str
    question: str | None
    """Masked; None when the answer was erased, and then the three before are empty."""
    helpful: bool | None
    """What the citizen said; None without a word."""
    right: bool | None
    """What the staff said; None without a mark."""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Some of the matching answers, newest first."""

    rows: tuple[Found, ...]
    newer: int | None
    """To be passed as `after` for the page before this one; None on the first."""
    older: int | None
    """To be passed as `before` for the next page; None on the last."""


class AnswerSearch:
    """Safe to share between threads. Every method raises RecordsError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(
        self, tenant: str, wanted: Wanted, *, size: int = 25, before: int | None = None, after: int | None = None
    ) -> FoundPage:
        """The newest matching answers: of all, of those before a place in the log, or the next ones after a place."""
        query = _rows(tenant, wanted)
        if after is not None:
            query = query.where(_i.sequence > after).order_by(_i.sequence)
        else:
            query = query.order_by(_i.sequence.desc())
            query = query if before is None else query.where(_i.sequence < before)
        with self._database.reading() as connection:
            found = [_found(row) for row in connection.execute(query.limit(size + 1))]
        more, rows = len(found) > size, found[:size]
        if after is not None:
            rows.reverse()
            return FoundPage(
                tuple(rows), rows[0].sequence if rows and more else None, rows[-1].sequence if rows else None
            )
        newer = rows[0].sequence if rows and before is not None else None
        return FoundPage(tuple(rows), newer, rows[-1].sequence if more else None)

    def generations(self, tenant: str) -> tuple[str, ...]:
        """The generations that answers came from, newest first."""
        found: list[str] = []
        newest = select(func.max(_i.generation)).where(_i.tenant == tenant)
        with self._database.reading() as connection:
            last = connection.execute(newest).scalar()
            while last is not None:  # one look-up in the index each, instead of reading all of it
                found.append(last)
                last = connection.execute(newest.where(_i.generation < last)).scalar()
        return tuple(found)


def _rows(tenant: str, wanted: Wanted) -> Select[tuple[object, ...]]:
    """The matching rows with what citizens and staff said about them."""
    columns = [_i[name] for name in Found.__dataclass_fields__ if name in _i]
    joined = answer_index.outerjoin(feedback, and_(_f.tenant == _i.tenant, _f.answer_id == _i.answer_id)).outerjoin(
        marks, and_(_m.tenant == _i.tenant, _m.answer_id == _i.answer_id)
    )
    return (
        select(*columns, _f.helpful, _m.right)
        .select_from(joined)
        .where(_i.tenant == tenant, *_conditions(tenant, wanted))
    )


def _conditions(tenant: str, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [
        column == value
        for column, value in (
            (_i.status, wanted.status),
            (_i.language, wanted.language),
            (_i.generation, wanted.generation),
        )
        if value
    ]
    terms = folded(wanted.text).split()
    if terms:
        in_question = and_(*(_i.folded.contains(term, autoescape=True) for term in terms))
        conditions.append(in_question | (_i.answer_id == terms[0]) if len(terms) == 1 else in_question)
    if wanted.since is not None:
        conditions.append(_i.created_at >= to_timestamp(wanted.since))
    if wanted.until is not None:
        conditions.append(_i.created_at < to_timestamp(wanted.until))
    if wanted.rating is Rating.NONE:
        conditions.append(_f.helpful.is_(None))
    elif wanted.rating is not None:
        conditions.append(_among(tenant, feedback, _f.helpful, wanted.rating is Rating.HELPFUL))
    if wanted.judged is Judged.NONE:
        conditions.append(_m.right.is_(None))
    elif wanted.judged is not None:
        conditions.append(_among(tenant, marks, _m.right, wanted.judged is Judged.RIGHT))
    return conditions


def _among(tenant: str, said: Table, column: ColumnElement[bool], value: bool) -> ColumnElement[bool]:
    """Whether that was said about the answer: looked up once, and not for each row of the log."""
    return _i.answer_id.in_(select(said.c.answer_id).where(said.c.tenant == tenant, column.is_(value)))


def _found(row: Row[tuple[object, ...]]) -> Found:
    return Found(
        sequence=row.sequence,
        answer_id=row.answer_id,
        created_at=from_timestamp(row.created_at),
        status=row.status or "",
        language=row.language or "",
        generation=row.generation or "",
        question=row.question,
        helpful=row.helpful,
        right=row.right,
    )
