"""Days in decision tables."""

from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering.decision_days import end_of, find_given_day, is_free, next_in_rhythm
from app.answering.folding import fold
from app.tenants.calendar import public_holiday
from app.tenants.rules.cells import Duration

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "direction", "day"),
    [
        ("Ich bin am 3. November umgezogen", "nearest", date(2026, 11, 3)),
        ("Ich ziehe am 18.12. um", "nearest", date(2026, 12, 18)),
        ("Umzug am 1. März", "nearest", date(2027, 3, 1)),
        ("am 1. März war das", "past", date(2026, 3, 1)),
        ("am 3. November", "future", date(2027, 11, 3)),
        ("am 03.11.2025 eingezogen", "nearest", date(2025, 11, 3)),
        ("I moved on 3 November 2026", "nearest", date(2026, 11, 3)),
        ("gestern eingezogen", "nearest", date(2026, 11, 23)),
        ("vor drei Wochen eingezogen", "nearest", date(2026, 11, 3)),
        ("in 10 Tagen", "nearest", date(2026, 12, 4)),
        ("two weeks ago", "nearest", date(2026, 11, 10)),
    ],
)
def test_the_day_that_a_citizen_gives_is_found(
    text: str, direction: Literal["past", "future", "nearest"], day: date
) -> None:
    assert find_given_day(fold(text), TODAY, direction) == day


@pytest.mark.parametrize("text", ["Bis wann?", "am 3. oder am 5. November 2026 vielleicht 7.11.", "am 31.2."])
def test_no_day_or_several_are_none(text: str) -> None:
    assert find_given_day(fold(text), TODAY, "nearest") is None


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        (date(2026, 11, 3), Duration(2, "woche"), date(2026, 11, 17)),
        (date(2027, 1, 31), Duration(1, "monat"), date(2027, 2, 28)),
        (date(2028, 2, 29), Duration(1, "jahr"), date(2029, 2, 28)),
        (date(2026, 12, 24), Duration(10, "tag"), date(2027, 1, 3)),
    ],
)
def test_periods_end_as_the_civil_code_counts(start: date, duration: Duration, end: date) -> None:
    assert end_of(start, duration) == end


def test_a_period_may_be_counted_back() -> None:
    assert end_of(date(2026, 12, 19), Duration(2, "woche"), -1) == date(2026, 12, 5)
    assert end_of(date(2027, 3, 31), Duration(1, "monat"), -1) == date(2027, 2, 28)


def test_weekends_and_holidays_of_the_state_are_free() -> None:
    assert is_free(date(2026, 11, 28), "NW")
    assert is_free(date(2026, 11, 1), "NW")
    assert is_free(date(2027, 1, 6), "BY")
    assert not is_free(date(2027, 1, 6), "NW")


def test_a_holiday_in_the_week_moves_the_collection_by_a_day() -> None:
    wednesdays = next_in_rhythm(date(2026, 1, 7), 1, date(2026, 12, 21), "NW", 3)
    assert wednesdays == (
        (date(2026, 12, 23), False),
        (date(2026, 12, 30), False),
        (date(2027, 1, 6), False),
    )
    fridays = next_in_rhythm(date(2026, 1, 9), 1, date(2026, 12, 21), "NW", 2)
    assert fridays == ((date(2026, 12, 28), True), (date(2027, 1, 2), True))
    after_easter = next_in_rhythm(date(2026, 1, 6), 1, date(2027, 3, 29), "NW", 1)
    assert after_easter == ((date(2027, 3, 31), True),)


@given(
    first=st.dates(date(2025, 1, 1), date(2026, 12, 31)).filter(lambda day: day.weekday() < 5),
    weeks=st.integers(1, 8),
    today=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
)
def test_collections_come_in_order_on_working_days(first: date, weeks: int, today: date) -> None:
    days = [day for day, _ in next_in_rhythm(first, weeks, today, "NW", 4)]
    assert days == sorted(set(days))
    assert all(day >= today and day.weekday() < 6 and public_holiday("NW", day) is None for day in days)
    assert first > today or days[0] <= today + timedelta(weeks=weeks, days=4)
