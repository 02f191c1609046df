"""When an office is open: week, exceptions, holidays, and what comes next."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tenants.calendar import Ground, deviations, hours_on, next_opening, public_holiday, status_at
from app.tenants.tenant import Tenant
from tests.tenants.samples import office_data, tenant

TOWN = tenant()
OFFICE = TOWN.offices[0]


def at(text: str, town: Tenant = TOWN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=town.zone)


def spans(day: str) -> list[str]:
    hours = hours_on(OFFICE, TOWN, date.fromisoformat(day))
    return [f"{span.start:%H:%M}-{span.end:%H:%M}" for span in hours.spans]


def test_the_week_holds_on_an_ordinary_day_in_ascending_order() -> None:
    assert spans("2026-11-23") == ["08:00-12:00", "14:00-16:00"]


def test_a_day_that_the_week_does_not_name_is_closed() -> None:
    assert spans("2026-11-25") == []


def test_a_public_holiday_beats_the_week_and_is_named() -> None:
    hours = hours_on(OFFICE, TOWN, date(2026, 5, 14))
    assert (hours.spans, hours.ground, hours.reason) == ((), Ground.PUBLIC_HOLIDAY, "Christi Himmelfahrt")
    assert hours_on(OFFICE, TOWN, date(2026, 5, 14), "en").reason == "Ascension Day"


def test_an_exception_beats_the_week_and_the_holiday() -> None:
    assert spans("2026-12-24") == []
    assert spans("2026-12-28") == ["09:00-10:00"]
    boxing_day = hours_on(OFFICE, TOWN, date(2026, 12, 26))
    assert (boxing_day.ground, boxing_day.reason, len(boxing_day.spans)) == (Ground.EXCEPTION, "Sonderöffnung", 1)


@pytest.mark.parametrize(
    ("state", "day", "holiday"),
    [
        ("NW", date(2026, 6, 4), "Fronleichnam"),
        ("BE", date(2026, 6, 4), None),
        ("SN", date(2026, 11, 18), "Buß- und Bettag"),
        ("NW", date(2026, 11, 18), None),
        ("HH", date(2026, 10, 31), "Reformationstag"),
        ("NW", date(2027, 10, 3), "Tag der Deutschen Einheit"),
    ],
)
def test_holidays_follow_the_state(state: str, day: date, holiday: str | None) -> None:
    assert public_holiday(state, day) == holiday


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23T07:59", False),
        ("2026-11-23T08:00", True),
        ("2026-11-23T11:59", True),
        ("2026-11-23T12:00", False),
        ("2026-11-23T13:00", False),
        ("2026-11-23T14:00", True),
        ("2026-11-22T10:00", False),
    ],
)
def test_opening_is_included_and_closing_is_not(moment: str, is_open: bool) -> None:
    assert status_at(OFFICE, TOWN, at(moment)).open is is_open


def test_the_status_says_when_it_closes_and_opens_again() -> None:
    status = status_at(OFFICE, TOWN, at("2026-11-23T09:00"))
    assert status.closes_at == at("2026-11-23T12:00")
    assert status.next_opening is not None
    assert status.next_opening.start == at("2026-11-23T14:00")


def test_the_next_opening_skips_holidays_and_exceptions() -> None:
    opening = next_opening(OFFICE, TOWN, at("2026-12-23T18:00"))
    assert opening is not None
    assert (opening.start, opening.end) == (at("2026-12-26T10:00"), at("2026-12-26T11:00"))


def test_an_office_that_never_opens_announces_nothing() -> None:
    closed = tenant(offices=[office_data(hours={}, exceptions=[])])
    status = status_at(closed.offices[0], closed, at("2026-11-23T09:00", closed))
    assert not status.open
    assert status.next_opening is None


def test_other_time_zones_mean_the_same_moment() -> None:
    assert status_at(OFFICE, TOWN, datetime(2026, 11, 23, 7, 30, tzinfo=UTC)).open


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone-aware"):
        status_at(OFFICE, TOWN, datetime(2026, 11, 23, 9))


def test_deviations_are_the_days_that_differ_from_the_week() -> None:
    days = [hours.day for hours in deviations(OFFICE, TOWN, date(2026, 12, 21), 14)]
    assert days == [date(2026, 12, 24), date(2026, 12, 26), date(2026, 12, 28)]


moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=TOWN.zone)
)


@given(moments)
def test_open_means_exactly_that_a_span_of_today_covers_the_moment(moment: datetime) -> None:
    status = status_at(OFFICE, TOWN, moment)
    assert status.open == hours_on(OFFICE, TOWN, moment.date()).open_at(moment.time())
    assert (status.closes_at is not None) == status.open


@given(moments)
def test_the_next_opening_lies_ahead_and_nothing_opens_before_it(moment: datetime) -> None:
    opening = next_opening(OFFICE, TOWN, moment)
    assert opening is not None
    assert opening.start.astimezone(UTC) > moment.astimezone(UTC)
    assert status_at(OFFICE, TOWN, opening.start).open
    day = moment.date() + timedelta(days=1)
    while day < opening.start.date():
        assert hours_on(OFFICE, TOWN, day).spans == ()
        day += timedelta(days=1)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.times())
def test_hours_depend_on_the_day_alone_and_never_overlap(day: date, moment: time) -> None:
    hours = hours_on(OFFICE, TOWN, day)
    assert hours == hours_on(OFFICE, TOWN, day)
    assert all(first.end <= second.start for first, second in zip(hours.spans, hours.spans[1:], strict=False))
    assert hours.open_at(moment) == any(span.start <= moment < span.end for span in hours.spans)
