"""A moment as somebody types it: a time of day, a span from now, a day, or both."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.errors import InvalidInputError
from cli.options import duration

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def coming_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """What `18:00`, `2h`, `2026-12-01` or `2026-12-01T18:00` mean in that zone; a time of day is the next one.

    Raises InvalidInputError for anything else, and for a moment that is over.
    """
    written = text.strip()
    try:
        if clock := _CLOCK.fullmatch(written):
            moment = _next(int(clock[1]), int(clock[2]), now.astimezone(zone))
        elif "-" in written:
            moment = datetime.fromisoformat(written)
            moment = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment
        else:
            moment = now + duration(written)
    except (ValueError, OverflowError, InvalidInputError) as error:
        raise InvalidInputError(f"'{text}' is no time: write 18:00, 2h, 2026-12-01 or 2026-12-01T18:00.") from error
    if moment <= now:
        raise InvalidInputError(f"'{text}' is over already: name a time to come.")
    return moment


def _next(hour: int, minute: int, local: datetime) -> datetime:
    today = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)
