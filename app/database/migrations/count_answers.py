"""The part of migration 0002 that makes the counts by day, and counts what is in the log already."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from app.database.durations import bucket_of

_ZONE = ZoneInfo("Europe/Berlin")
"""Where a town is set to another zone, these days begin a little early or late."""


def create_daily_figures() -> None:
    """Creates the three tables; answers that were erased before cannot be counted any more."""
    answers = op.create_table(
        "daily_answers",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("tenant", "day", "status", "language")),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("energy_wh", sa.Float, nullable=False),
        sqlite_with_rowid=False,
    )
    durations = op.create_table(
        "daily_durations",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("tenant", "day")),
        sa.Column("bucket", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("answers", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "daily_ratings",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("tenant", "day")),
        sa.Column("helpful", sa.Integer, nullable=False),
        sa.Column("not_helpful", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    _count(answers, durations)


def _count(answers: sa.Table, durations: sa.Table) -> None:
    """The database itself takes the figures out of the records, because these are long."""
    names = ("tenant", "created_at", "status", "language", "payload")
    records = sa.table("answer_records", *(sa.column(name) for name in names))
    payload = sa.type_coerce(records.c.payload, sa.JSON)
    figures = payload["energy_wh"].as_float(), payload["timings_ms", "done"].as_float()
    query = sa.select(*(records.c[name] for name in names[:-1]), *figures).where(records.c.payload.is_not(None))
    counts: Counter[tuple[str, ...]] = Counter()
    energy: defaultdict[tuple[str, ...], float] = defaultdict(float)
    taken: Counter[tuple[str, str, int]] = Counter()
    for row in op.get_bind().execute(query):
        tenant, created_at, status, language, energy_wh, duration_ms = tuple(row)
        day = datetime.fromisoformat(created_at).astimezone(_ZONE).date().isoformat()
        counts[tenant, day, status, language] += 1
        energy[tenant, day, status, language] += energy_wh or 0.0
        if duration_ms is not None:
            taken[tenant, day, bucket_of(duration_ms)] += 1
    _insert(answers, [(*key, count, energy[key]) for key, count in counts.items()])
    _insert(durations, [(*key, count) for key, count in taken.items()])


def _insert(table: sa.Table, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        columns = table.columns.keys()
        op.get_bind().execute(sa.insert(table), [dict(zip(columns, row, strict=True)) for row in rows])
