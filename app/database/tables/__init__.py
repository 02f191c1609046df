"""All tables, so that whoever needs `metadata` has them all in it."""

from app.database.tables.accounts import account_roles, accounts, audit_ends, audit_events, sessions
from app.database.tables.base import metadata
from app.database.tables.desk import feedback, handovers, marks, tasks
from app.database.tables.figures import daily_answers, daily_durations, daily_ratings
from app.database.tables.log import CONTENT_COLUMNS, answer_records, chain_heads
from app.database.tables.search import answer_index
from app.database.tables.trials import trial_answers, trial_votes, trials

__all__ = [
    "CONTENT_COLUMNS",
    "account_roles",
    "accounts",
    "answer_index",
    "answer_records",
    "audit_ends",
    "audit_events",
    "chain_heads",
    "daily_answers",
    "daily_durations",
    "daily_ratings",
    "feedback",
    "handovers",
    "marks",
    "metadata",
    "sessions",
    "tasks",
    "trial_answers",
    "trial_votes",
    "trials",
]
