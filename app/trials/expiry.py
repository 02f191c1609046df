"""What goes from trials by itself when it is old enough."""

from datetime import datetime, timedelta

from app.database.connection import Database
from app.trials.repository import TrialRepository


def purge_trials(database: Database, retention_days: int, now: datetime) -> int:
    """Removes questions, answers and votes older than that many days; gives how many questions went."""
    return TrialRepository(database).purge(now - timedelta(days=retention_days))
