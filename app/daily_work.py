"""What a running service does by itself, at its start and once a day: erase what is too old, and tidy up after it."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from app.accounts.audit import AuditLog
from app.desk.erasure import purge_desk
from app.errors import AmtslotseError
from app.insight.upkeep import Upkeep
from app.records.expiry import purge_expired
from app.records.repository import RecordRepository
from app.records.retention import purge_limit
from app.settings import Settings
from app.trials.expiry import purge_trials

_DAY_S = 24 * 60 * 60
log = logging.getLogger(__name__)


async def work_daily(records: RecordRepository, settings: Settings, upkeep: Upkeep) -> None:
    """Erases what is older than the retention that citizens and staff are told; ends only when it is cancelled."""
    while True:
        await asyncio.to_thread(work_once, records, settings, upkeep, datetime.now(UTC))
        await asyncio.sleep(_DAY_S)


def work_once(records: RecordRepository, settings: Settings, upkeep: Upkeep, now: datetime) -> None:
    """Each kind of data by itself, so that one that cannot be erased keeps nobody else's data longer; never raises.

    What failed is noted in `upkeep` as `purge` (or `statistics`), where health reports it, and tried again next time.
    """
    database = records.database
    _try("statistics", [database.refresh_statistics], upkeep, now)
    erase: list[Callable[[], object]] = [
        lambda: purge_expired(records, settings.record_retention_days, now),
        lambda: purge_desk(database, settings.handover_retention_days, now),
        lambda: purge_trials(database, settings.record_retention_days, now),
        lambda: AuditLog(database).purge(purge_limit(now, settings.audit_retention_days), now),
    ]
    _try("purge", erase, upkeep, now)


def _try(work: str, steps: list[Callable[[], object]], upkeep: Upkeep, now: datetime) -> None:
    problems = []
    for step in steps:
        try:
            step()
        except AmtslotseError as error:
            log.error("Daily work (%s): %s", work, error.message)
            problems.append(error.message)
        except Exception as error:  # whatever it is, tomorrow must not be left out
            log.exception("Daily work (%s) failed", work)
            problems.append(f"{type(error).__name__}: look into the log of the service.")
    upkeep.note(work, now, " ".join(problems) or None)
