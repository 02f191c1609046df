"""Days in decision tables: the day a citizen gives, the end of a period, the next days of a rhythm."""

import calendar
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from app.answering.asked_day import explicit_days
from app.answering.decision_words import decision_words, number_of, word_pattern
from app.tenants.calendar import public_holiday
from app.tenants.rules.cells import Duration

_YEAR = timedelta(days=365)
_SATURDAY = 5


def find_given_day(folded: str, today: date, direction: Literal["past", "future", "nearest"]) -> date | None:
    """The one day that a question gives: a date, "gestern", "vor drei Wochen"; None for none or several.

    A date without a year is the last such day for "past", the next for "future", else whichever is nearer to today.
    """
    ahead, behind = explicit_days(folded, today), explicit_days(folded, today - _YEAR + timedelta(days=1))
    if len(ahead) != 1 or len(behind) != 1:
        return None if ahead else _relative_day(folded, today)
    if direction == "past":
        return behind[0]
    if direction == "future":
        return ahead[0]
    return min(behind[0], ahead[0], key=lambda day: abs((day - today).days))


def end_of(start: date, duration: Duration, sign: Literal[1, -1] = 1) -> date:
    """The last day of a period that begins on the day after `start` (§§ 187, 188 BGB), or that many days before it."""
    count = sign * duration.count
    match duration.unit:
        case "tag":
            return start + timedelta(days=count)
        case "woche":
            return start + timedelta(weeks=count)
        case "monat":
            return _plus_months(start, count)
        case "jahr":
            return _plus_months(start, 12 * count)


def is_free(day: date, state: str) -> bool:
    """Saturdays, Sundays and the state's public holidays."""
    return day.weekday() >= _SATURDAY or public_holiday(state, day) is not None


def next_in_rhythm(first: date, weeks: int, today: date, state: str, count: int) -> tuple[tuple[date, bool], ...]:
    """The next days, each with whether it is shifted: a holiday on or before it in its week moves it by a day.

    That is the usual practice of German waste collection; it moves on over every further holiday.
    """
    days: list[tuple[date, bool]] = []
    step = timedelta(weeks=weeks)
    passed = max(0, (today - first) // step - 1)
    regular = first + passed * step
    while len(days) < count:
        monday = regular - timedelta(days=regular.weekday())
        week = (monday + timedelta(days=offset) for offset in range(regular.weekday() + 1))
        day = regular + timedelta(days=sum(public_holiday(state, each) is not None for each in week))
        while day != regular and (public_holiday(state, day) is not None or day.weekday() > _SATURDAY):
            day += timedelta(days=1)
        if day >= today:
            days.append((day, day != regular))
        regular += step
    return tuple(days)


def _plus_months(start: date, months: int) -> date:
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _relative_day(folded: str, today: date) -> date | None:
    words = decision_words()
    found = {
        today + timedelta(days=each.days) for each in words.relative_days if word_pattern(each.words).search(folded)
    }
    for phrases, days in _distances():
        for match in word_pattern(phrases).finditer(folded):
            number = next(group for group in match.groups() if group)
            found.add(today + timedelta(days=days * int(float(number_of(number.strip())))))
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1)
def _distances() -> tuple[tuple[tuple[str, ...], int], ...]:
    """Phrases with the days that each unit of their number counts, negative for the past."""
    distances: list[tuple[tuple[str, ...], int]] = []
    for unit in decision_words().units:
        past = tuple(text for word in unit.words for text in (f"vor {{n}} {word}", f"{{n}} {word} ago"))
        distances.append((past, -unit.days))
        distances.append((tuple(f"in {{n}} {word}" for word in unit.words), unit.days))
    return tuple(distances)
