"""Timestamps of the answer log."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.database.timestamps import from_timestamp, to_timestamp
from app.errors import InvalidInputError

_MOMENTS = st.datetimes(
    min_value=datetime(1900, 1, 1),
    max_value=datetime(2200, 1, 1),
    timezones=st.timezones(),
    allow_imaginary=False,
)


@given(_MOMENTS)
def test_a_timestamp_reads_back_as_the_same_moment_in_utc(moment: datetime) -> None:
    read = from_timestamp(to_timestamp(moment))
    assert read == moment.astimezone(UTC)
    assert read.utcoffset() == timedelta(0)


@given(_MOMENTS, _MOMENTS)
def test_timestamps_sort_like_their_moments(first: datetime, second: datetime) -> None:
    in_order = first.astimezone(UTC) < second.astimezone(UTC)
    assert (to_timestamp(first) < to_timestamp(second)) == in_order


def test_a_local_time_is_stored_in_utc() -> None:
    summer = timezone(timedelta(hours=2))
    assert to_timestamp(datetime(2026, 7, 1, 9, 30, tzinfo=summer)) == "2026-07-01T07:30:00.000000+00:00"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="time zone"):
        to_timestamp(datetime(2026, 7, 1, 9, 30))


@pytest.mark.parametrize("text", ["", "gestern", "2026-07-01", "2026-07-01T09:30:00.000000+02:00"])
def test_other_texts_are_no_timestamps_of_the_log(text: str) -> None:
    with pytest.raises(ValueError, match=r"timestamp|isoformat"):
        from_timestamp(text)
