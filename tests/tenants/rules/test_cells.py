"""What editors write in cells, read exactly."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tenants.rules.cells import CellKind, Duration, condition, parse_value
from app.tenants.rules.engine import fits


@pytest.mark.parametrize(
    ("text", "value"),
    [("96,00", "96.00"), ("96.00", "96.00"), ("1.764,00", "1764.00"), ("1.100", "1100"), ("12,5 Euro", "12.5")],
)  # fmt: skip
def test_german_and_plain_decimals_are_read_exactly(text: str, value: str) -> None:
    assert parse_value(text, "money") == Decimal(value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("etwa 5", "money"), ("2 Monde", "duration"), ("31.02.2026", "date"), ("Dinstag", "weekday"), ("1,2,3", "number")],
)
def test_what_cannot_be_read_is_named(text: str, kind: CellKind) -> None:
    with pytest.raises(ValueError, match=text):
        parse_value(text, kind)


def test_lengths_of_time_days_and_weekdays_are_read() -> None:
    assert parse_value("2 Wochen", "duration") == Duration(2, "woche")
    assert parse_value("1 Monat", "duration") == Duration(1, "monat")
    assert parse_value("19.01.2033", "date") == date(2033, 1, 19)
    assert parse_value("dienstag", "weekday") == "Dienstag"
    assert parse_value("  ", "money") is None


@pytest.mark.parametrize(
    ("cell", "fitting", "other"),
    [
        ("3 oder mehr", "3", "2.99"),
        ("ab 24", "24", "23"),
        ("unter 24", "23", "24"),
        ("bis 45.000", "45000", "45000.01"),
        ("über 250", "250.5", "250"),
        ("4 bis 17", "17", "18"),
        ("1 | 3", "3", "2"),
        ("120", "120", "121"),
    ],
)
def test_conditions_on_numbers_are_understood_as_they_read(cell: str, fitting: str, other: str) -> None:
    assert fits(condition(cell, "number"), Decimal(fitting))
    assert not fits(condition(cell, "number"), Decimal(other))


def test_letters_know_ranges_and_texts_alternatives() -> None:
    assert fits(condition("A-K", "letter"), "K")
    assert not fits(condition("A-K", "letter"), "L")
    assert fits(condition("Miete | Kind", "text"), "Kind")
    assert not fits(condition("Miete | Kind", "text"), "Eigentum")


@pytest.mark.parametrize("cell", ["", "-", "*", "egal"])
def test_an_empty_cell_fits_everything(cell: str) -> None:
    assert condition(cell, "number") == ""


@given(st.integers(min_value=0, max_value=10**9))
def test_every_amount_of_cents_survives_german_notation(cents: int) -> None:
    euros, rest = divmod(cents, 100)
    text = f"{euros:,}".replace(",", ".") + f",{rest:02d}"
    assert parse_value(text, "money") == Decimal(cents) / 100
