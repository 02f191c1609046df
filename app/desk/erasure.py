"""What goes with an answer that is erased, and what goes because it is old."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, delete, exists

from app.database.connection import Database
from app.database.tables import answer_records, feedback, handovers, marks
from app.desk.handovers import HandoverStore

_ABOUT_ANSWERS = (feedback, handovers, marks)


def erase_with_answers(database: Database) -> int:
    """Erases what was said about answers that are erased: feedback, hand-overs, marks. Gives back how many."""
    with database.writing() as connection:
        erased = sum(connection.execute(delete(table).where(_answer_gone(table))).rowcount for table in _ABOUT_ANSWERS)
    if erased:
        database.scrub()
    return erased


def purge_desk(database: Database, handover_days: int, now: datetime) -> int:
    """Erases hand-overs older than that many days, and what belongs to erased answers. Gives back how many."""
    old = HandoverStore(database).purge(now - timedelta(days=handover_days))
    return old + erase_with_answers(database)


def _answer_gone(table: Table) -> ColumnElement[bool]:
    record = answer_records.c
    kept = exists().where(record.tenant == table.c.tenant, record.id == table.c.answer_id, record.erased_at.is_(None))
    return table.c.answer_id.is_not(None) & ~kept
