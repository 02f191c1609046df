"""Counts by day. They name nobody and no answer, so they stay when records are erased."""

from sqlalchemy import Column, Float, Integer, Table, Text

from app.database.tables.base import metadata

daily_answers = Table(
    "daily_answers",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("status", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("answers", Integer, nullable=False),
    Column("energy_wh", Float, nullable=False),
    sqlite_with_rowid=False,
)
"""`day` is an ISO date of the town's own calendar. `energy_wh` is the sum of the estimates."""

daily_durations = Table(
    "daily_durations",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("bucket", Integer, primary_key=True, autoincrement=False),
    Column("answers", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How many answers took how long; `bucket` is a step of `app.database.durations`."""

daily_ratings = Table(
    "daily_ratings",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("helpful", Integer, nullable=False),
    Column("not_helpful", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Citizens' feedback by the day (in UTC) on which it was last given."""
