"""Which date a named day is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tenants.named_days import named_days


@pytest.mark.parametrize(
    ("name", "first", "day"),
    [
        ("rosenmontag", date(2026, 11, 24), date(2027, 2, 8)),
        ("karfreitag", date(2026, 11, 24), date(2027, 3, 26)),
        ("easter monday", date(2026, 1, 1), date(2026, 4, 6)),
        ("fronleichnam", date(2026, 6, 4), date(2026, 6, 4)),
        ("fronleichnam", date(2026, 6, 5), date(2027, 5, 27)),
        ("heiligabend", date(2026, 12, 24), date(2026, 12, 24)),
        ("christmas", date(2026, 12, 26), date(2027, 12, 25)),
        ("neujahr", date(2026, 11, 24), date(2027, 1, 1)),
        ("buss und bettag", date(2026, 11, 24), date(2027, 11, 17)),
        ("silvester", date(2026, 11, 24), date(2026, 12, 31)),
    ],
)
def test_a_name_means_its_next_occurrence(name: str, first: date, day: date) -> None:
    assert named_days()[name].next_from(first) == day


@given(st.sampled_from(sorted(named_days())), st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_the_next_occurrence_is_never_past_and_within_thirteen_months(name: str, first: date) -> None:
    ahead = (named_days()[name].next_from(first) - first).days
    assert 0 <= ahead <= 396
