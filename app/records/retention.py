"""Erasure: a record's content goes, its place in the chain stays."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, select, update

from app.database.connection import Database
from app.database.tables import CONTENT_COLUMNS, answer_records
from app.database.timestamps import to_timestamp
from app.records.answer_index import forget_record
from app.records.chain import erasure_hash

_BATCH = 200


def purge_limit(now: datetime, retention_days: int) -> datetime:
    """Records written before this moment may be purged."""
    return now - timedelta(days=retention_days)


def erase_matching(database: Database, condition: ColumnElement[bool], now: datetime) -> int:
    """Erases the content of all matching records and gives back how many were not erased before.

    Works in short transactions of 200 records, so that answers can be written meanwhile. What one
    transaction erased stays erased when a later one fails.
    """
    erased = sum(_batches(database, condition, to_timestamp(now)))
    if erased:
        database.scrub()
    return erased


def _batches(database: Database, condition: ColumnElement[bool], erased_at: str) -> Iterator[int]:
    while True:
        with database.writing() as connection:
            count = _erase_batch(connection, condition, erased_at)
        yield count
        if count < _BATCH:
            return


def _erase_batch(connection: Connection, condition: ColumnElement[bool], erased_at: str) -> int:
    table = answer_records.c
    rows = connection.execute(
        select(table.tenant, table.sequence, table.hash)
        .where(condition, table.erased_at.is_(None))
        .order_by(table.tenant, table.sequence)
        .limit(_BATCH)
    ).all()
    for row in rows:
        connection.execute(
            update(answer_records)
            .where(table.tenant == row.tenant, table.sequence == row.sequence)
            .values(
                **dict.fromkeys(CONTENT_COLUMNS),
                erased_at=erased_at,
                erasure_hash=erasure_hash(row.hash, erased_at),
            )
        )
        forget_record(connection, row.tenant, row.sequence)
    return len(rows)
