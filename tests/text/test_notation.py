"""How numbers, units and dates are written."""

import re

import pytest

from app.text.notation import DATE, count_text, date_parts, decimal_text, unit_name
from app.text.number_words import large_number


@pytest.mark.parametrize(
    ("written", "plain"),
    [("1.250,50", "1250.5"), ("1,250.50", "1250.5"), ("1.250", "1250"), ("12.5", "12.5"), ("0,50", "0.5"), ("7", "7")],
)
def test_german_and_english_numbers_give_the_same_decimal(written: str, plain: str) -> None:
    assert decimal_text(written) == plain


def test_words_count_and_units_have_one_name() -> None:
    assert [count_text(word) for word in ("zwei", "2", "einer", "Zwölf")] == ["2", "2", "1", "12"]
    assert [unit_name(word) for word in ("Wochen", "weeks", "Werktagen", "working days")] == [
        "week", "week", "workday", "workday",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("1. März 2026", (2026, 3, 1)),
        ("01.03.26", (2026, 3, 1)),
        ("15 February", (None, 2, 15)),
        ("March 1, 2026", (2026, 3, 1)),
        ("2026-03-01", (2026, 3, 1)),
        ("24 may", None),
        ("99.99.2026", None),
    ],
)
def test_dates(written: str, parts: tuple[int | None, int, int] | None) -> None:
    match = re.fullmatch(DATE, written, re.IGNORECASE)
    assert match is not None
    assert date_parts(match) == parts


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("hundert", 100), ("zweihundertfünfzig", 250), ("Dreitausendfünfhundert", 3500), ("hundertundeins", 101),
        ("sechshundertdreißig", 630), ("siebzehnhundert", 1700), ("zwei", None), ("Jahrhundert", None), ("", None),
    ],
)  # fmt: skip
def test_german_number_words_from_a_hundred_on(word: str, value: int | None) -> None:
    assert large_number(word) == value
