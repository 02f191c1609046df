"""What goes from trials by itself when it is old enough."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from app.database.connection import Database
from app.database.tables import trial_answers, trial_votes, trials
from app.database.timestamps import to_timestamp

_t, _a, _v = trials.c, trial_answers.c, trial_votes.c


def purge_trials(database: Database, retention_days: int, now: datetime) -> int:
    """Removes what all towns asked and voted more than that many days ago, and trials in which nothing is left.

    Gives how many questions went. Raises RecordsError when the database fails.
    """
    limit = to_timestamp(now - timedelta(days=retention_days))
    with database.writing() as connection:
        connection.execute(delete(trial_votes).where(_v.at < limit))
        gone = connection.execute(delete(trial_answers).where(_a.at < limit)).rowcount
        kept = select(_a.trial_id).where(_a.tenant == _t.tenant, _a.trial_id == _t.id)
        connection.execute(delete(trials).where(_t.created_at < limit, ~kept.exists()))
        answered = select(_a.id).where(_a.tenant == _v.tenant, _a.id == _v.answer_id)
        connection.execute(delete(trial_votes).where(~answered.exists()))
    database.scrub()
    return gone
