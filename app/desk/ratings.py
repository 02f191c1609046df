"""Counts citizens' feedback by day: the counts stay when feedback is erased with its answer."""

from datetime import datetime

from sqlalchemy import Connection, insert, update

from app.database.tables import daily_ratings
from app.database.timestamps import to_timestamp

_r = daily_ratings.c


def count_rating(connection: Connection, tenant: str, at: datetime, *, helpful: bool, by: int = 1) -> None:
    """Adds to the counts of the day (in UTC); `by` is -1 for what is taken back or replaced."""
    day = to_timestamp(at)[:10]
    column = _r.helpful if helpful else _r.not_helpful
    changed = update(daily_ratings).where(_r.tenant == tenant, _r.day == day).values({column: column + by})
    if connection.execute(changed).rowcount == 0 and by > 0:
        counts = {"helpful": by if helpful else 0, "not_helpful": 0 if helpful else by}
        connection.execute(insert(daily_ratings).values(tenant=tenant, day=day, **counts))
