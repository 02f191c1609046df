"""What goes by itself when it is old enough."""

from datetime import datetime

from app.records.repository import RecordRepository
from app.records.retention import purge_limit


def purge_expired(records: RecordRepository, retention_days: int, now: datetime) -> int:
    """Erases the answers of all towns, also of those no longer served, that are older than citizens were told.

    Gives back how many there were.
    """
    return records.purge(None, purge_limit(now, retention_days))
