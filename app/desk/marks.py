"""Staff's judgement of answers: right or wrong, with a note. It goes with the answer when that is erased."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select

from app.database.connection import Database
from app.database.tables import marks
from app.database.timestamps import from_timestamp, to_timestamp

_m = marks.c


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody of the staff thinks of an answer."""

    tenant: str
    answer_id: str
    at: datetime
    account_id: str
    account_name: str
    """As colleagues know the person."""
    right: bool
    note: str
    """Empty, or why. It should name nobody; what looks personal is masked before it is kept."""


class MarkStore:
    """Safe to share between threads. Every method raises RecordsError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, mark: Mark) -> None:
        """Keeps it in the place of an earlier one on the same answer."""
        row = {
            "tenant": mark.tenant,
            "answer_id": mark.answer_id,
            "at": to_timestamp(mark.at),
            "account_id": mark.account_id,
            "account_name": mark.account_name,
            "right": mark.right,
            "note": mark.note,
        }
        with self._database.writing() as connection:
            connection.execute(delete(marks).where(_on(mark.tenant, mark.answer_id)))
            connection.execute(insert(marks), row)

    def get(self, tenant: str, answer_id: str) -> Mark | None:
        """The last one on an answer."""
        with self._database.reading() as connection:
            row = connection.execute(select(marks).where(_on(tenant, answer_id))).first()
        if row is None:
            return None
        return Mark(
            tenant=row.tenant,
            answer_id=row.answer_id,
            at=from_timestamp(row.at),
            account_id=row.account_id,
            account_name=row.account_name,
            right=bool(row.right),
            note=row.note,
        )

    def remove(self, tenant: str, answer_id: str) -> None:
        """Takes the mark back; without one nothing happens."""
        with self._database.writing() as connection:
            connection.execute(delete(marks).where(_on(tenant, answer_id)))


def _on(tenant: str, answer_id: str) -> ColumnElement[bool]:
    return (_m.tenant == tenant) & (_m.answer_id == answer_id)
