"""Figures and days as a person reads them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.transparency import shown
from app.wording.transparency import transparency_catalog

DE, EN = transparency_catalog("de"), transparency_catalog("en")


@pytest.mark.parametrize(
    ("watt_hours", "german", "english"),
    [
        (0.008333, "0,0083 Wh", "0.0083 Wh"),
        (0.5, "0,50 Wh", "0.50 Wh"),
        (12.4, "12 Wh", "12 Wh"),
        (1530.0, "1,5 kWh", "1.5 kWh"),
        (0.0, "0 Wh", "0 Wh"),
    ],
)
def test_energy_has_two_significant_digits(watt_hours: float, german: str, english: str) -> None:
    assert shown.energy(watt_hours, DE) == german
    assert shown.energy(watt_hours, EN) == english


def test_shares_are_percent_with_a_decimal_only_where_it_says_something() -> None:
    assert shown.percent(0.789, DE) == "78,9 %"
    assert shown.percent(0.789, EN) == "78.9%"
    assert shown.percent(0.8, DE) == "80 %"
    assert shown.percent(1.0, EN) == "100%"


def test_days_and_times_are_in_words_and_in_the_towns_zone() -> None:
    moment = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    assert shown.day(date(2026, 3, 4), DE) == "4. März 2026"
    assert shown.moment(moment, DE, ZoneInfo("Europe/Berlin")) == "1. April 2026, 00:30 Uhr"
    assert shown.moment(moment, EN, ZoneInfo("Europe/Berlin")) == "1 April 2026, 00:30"


def test_an_unknown_language_is_named_by_its_code() -> None:
    assert shown.language_name("uk", DE) == "Ukrainisch"
    assert shown.language_name("pl", DE) == "pl"
