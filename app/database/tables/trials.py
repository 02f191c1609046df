"""Trial rooms: two set-ups side by side, what they answered, and the votes on it."""

from sqlalchemy import Boolean, Column, Index, Table, Text

from app.database.tables.base import metadata

trials = Table(
    "trials",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("created_at", Text, nullable=False),
    Column("account_name", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("left", Text, nullable=False),
    Column("right", Text, nullable=False),
    Column("token_hash", Text),
    Column("expires_at", Text),
    Column("closed_at", Text),
    Column("visitors_may_ask", Boolean, nullable=False),
    Index("ix_trials_token", "token_hash", unique=True),
)
"""`left` and `right` are set-ups as JSON. Who has the token of the link may read and vote without an account."""

trial_answers = Table(
    "trial_answers",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("trial_id", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("by_visitor", Boolean, nullable=False),
    Column("left", Text, nullable=False),
    Column("right", Text, nullable=False),
    Index("ix_trial_answers_trial", "tenant", "trial_id", "at"),
)
"""Masked question and both answers as JSON. These are no citizens' traffic and stand in no answer log."""

trial_votes = Table(
    "trial_votes",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("trial_id", Text, nullable=False),
    Column("answer_id", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("account_name", Text),
    Column("choice", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Index("ix_trial_votes_trial", "tenant", "trial_id", "answer_id"),
)
"""`account_name` is None for visitors of the link; `comment` is masked before it is stored."""
