"""Opening hours as people type them."""

from datetime import date

import pytest

from app.console.tenant_settings.hours import exception_from, spans_from
from app.errors import InvalidInputError


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("08:00-12:00", ["08:00-12:00"]),
        ("8-12, 14–16 Uhr", ["08:00-12:00", "14:00-16:00"]),
        ("8:30 bis 12.15 Uhr und 14 bis 18 Uhr", ["08:30-12:15", "14:00-18:00"]),
        ("", []),
        ("Geschlossen", []),
    ],
)
def test_usual_ways_to_write_hours_are_understood(typed: str, meant: list[str]) -> None:
    assert spans_from(typed) == meant


@pytest.mark.parametrize("typed", ["morgens", "8-25", "16-8", "08:00", "8-12-14", "8:75-9"])
def test_what_is_no_time_is_refused_with_advice(typed: str) -> None:
    with pytest.raises(InvalidInputError):
        spans_from(typed)


def test_an_exception_needs_a_day_and_a_reason() -> None:
    assert exception_from("", "", "") is None
    assert exception_from("2026-12-24", "", "Heiligabend") == {
        "date": date(2026, 12, 24), "closed": True, "reason": "Heiligabend",
    }  # fmt: skip
    assert exception_from("2026-12-24", "8-11", "Heiligabend") == {
        "date": date(2026, 12, 24), "hours": ["08:00-11:00"], "reason": "Heiligabend",
    }  # fmt: skip
    for wrong in (("", "8-11", "Heiligabend"), ("2026-12-24", "8-11", "")):
        with pytest.raises(InvalidInputError):
            exception_from(*wrong)
