"""When an office is open: weekly hours, the town's exceptions, the public holidays of its state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays

from app.tenants.office import WEEKDAYS, Office, TimeSpan
from app.tenants.tenant import Tenant

LONGEST_CLOSURE_DAYS = 60
"""How far ahead the next opening is looked for; an office closed for longer has none to announce."""
_HOLIDAY_LANGUAGES = {"de": "de", "en": "en_US", "uk": "uk"}


class Ground(StrEnum):
    """Which of the three sources decided a day's hours; the exception beats the holiday, the holiday the week."""

    WEEKLY = "weekly"
    PUBLIC_HOLIDAY = "public_holiday"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True)
class DayHours:
    """The hours of one day, local time of the tenant, in ascending order; empty when closed."""

    day: date
    spans: tuple[TimeSpan, ...]
    ground: Ground
    reason: str | None = None
    """Name of the holiday, or the exception's reason; None for an ordinary weekday."""

    def open_at(self, moment: time) -> bool:
        """Whether a span covers that time of day (closing time excluded)."""
        return any(span.start <= moment < span.end for span in self.spans)


@dataclass(frozen=True, slots=True)
class Opening:
    """One span on one day, as aware datetimes."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class OpeningStatus:
    """What holds for an office at one moment."""

    open: bool
    today: DayHours
    closes_at: datetime | None
    """End of the span that is running; None when closed."""
    next_opening: Opening | None
    """The first span that starts later; None when there is none within `LONGEST_CLOSURE_DAYS`."""


def status_at(office: Office, tenant: Tenant, at: datetime) -> OpeningStatus:
    """Whether the office is open at that moment, and what comes next. `at` must be timezone-aware."""
    local = _local(tenant, at)
    running = next(
        (span for span in _openings(office, tenant, local.date(), 1) if span.start <= local < span.end), None
    )
    return OpeningStatus(
        open=running is not None,
        today=hours_on(office, tenant, local.date()),
        closes_at=running.end if running else None,
        next_opening=next_opening(office, tenant, at),
    )


def hours_on(office: Office, tenant: Tenant, day: date, language: str = "de") -> DayHours:
    """The hours of a day; the name of a public holiday in `language` where the calendar has it, else in German."""
    for exception in office.exceptions:
        if exception.date == day:
            return DayHours(day, _ordered(exception.hours), Ground.EXCEPTION, exception.reason)
    holiday = public_holiday(tenant.state, day, language)
    if holiday is not None:
        return DayHours(day, (), Ground.PUBLIC_HOLIDAY, holiday)
    return DayHours(day, _ordered(office.hours.get(WEEKDAYS[day.weekday()], ())), Ground.WEEKLY)


def next_opening(office: Office, tenant: Tenant, after: datetime) -> Opening | None:
    """The first span that starts later than `after` (timezone-aware)."""
    local = _local(tenant, after)
    upcoming = _openings(office, tenant, local.date(), LONGEST_CLOSURE_DAYS + 1)
    return next((span for span in upcoming if span.start > local), None)


def deviations(office: Office, tenant: Tenant, first: date, days: int, language: str = "de") -> tuple[DayHours, ...]:
    """The days from `first` on whose hours differ from what the week says."""
    found = (hours_on(office, tenant, first + timedelta(days=offset), language) for offset in range(days))
    return tuple(
        hours for hours in found if hours.spans != _ordered(office.hours.get(WEEKDAYS[hours.day.weekday()], ()))
    )


def public_holiday(state: str, day: date, language: str = "de") -> str | None:
    """Name of the statutory holiday that this day is in that German state (two letters), or None."""
    return _holidays(state, day.year, _HOLIDAY_LANGUAGES.get(language, "de")).get(day)


@lru_cache(maxsize=256)
def _holidays(state: str, year: int, language: str) -> dict[date, str]:
    return dict(holidays.country_holidays("DE", subdiv=state, years=year, language=language).items())


def _openings(office: Office, tenant: Tenant, first: date, days: int) -> Iterator[Opening]:
    for offset in range(days):
        day = first + timedelta(days=offset)
        for span in hours_on(office, tenant, day).spans:
            yield Opening(
                datetime.combine(day, span.start, tzinfo=tenant.zone),
                datetime.combine(day, span.end, tzinfo=tenant.zone),
            )


def _ordered(spans: tuple[TimeSpan, ...]) -> tuple[TimeSpan, ...]:
    return tuple(sorted(spans, key=lambda span: span.start))


def _local(tenant: Tenant, at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("opening hours need a timezone-aware datetime")
    return at.astimezone(tenant.zone)
