"""Reading inputs off questions, with Musterstadt's rules."""

from datetime import date
from decimal import Decimal

import pytest

from app.answering.decision_inputs import find_inputs, near_entries, typed
from tests.answering.decisions import rule

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("rule_id", "text", "values"),
    [
        ("hundesteuer", "Was kosten zwei Hunde im Jahr?", {"count": "2"}),
        ("hundesteuer", "Hundesteuer für meinen Hund", {"count": "1"}),
        ("hundesteuer", "Steuer für 3 Kampfhunde", {"count": "3", "dangerous": "ja"}),
        ("hundesteuer", "ein Hund, nicht gefährlich", {"count": "1", "dangerous": "nein"}),
        ("reisepass-gebuehr", "unter 24 Jahren", {"age": "23"}),
        ("reisepass-gebuehr", "über 60", {"age": "61"}),
        ("reisepass-gebuehr", "16-jährig, Express, 48 Seiten", {"age": "16", "express": "ja", "pages": "48"}),
        ("kita-beitrag", "70.000 Euro Einkommen, 45 Stunden", {"income": "70000", "hours": "45"}),
        ("kita-beitrag", "2.500 Euro", {}),
        ("abfuhrtermine", "Restmüll in der Bahnhofstr.", {"waste": "Restmüll", "street": "Bahnhofstraße"}),
        ("abfuhrtermine", "Biotonne Schillerstrase", {"waste": "Bio", "street": "Schillerstraße"}),
        ("wohngeld-team", "Mein Nachname fängt mit m an", {"letter": "M"}),
        ("frist-wohnsitz-anmelden", "am 3.11. eingezogen", {"moved_in": "2026-11-03"}),
    ],
)  # fmt: skip
def test_inputs_are_found(rule_id: str, text: str, values: dict[str, str]) -> None:
    assert find_inputs(rule(rule_id), text, TODAY).values == values


@pytest.mark.parametrize("text", ["ein Hund, und bei zwei oder drei?", "Steuer für zwei Hunde und für drei Hunde"])
def test_several_values_are_unclear(text: str) -> None:
    found = find_inputs(rule("hundesteuer"), text, TODAY)
    assert found.unclear == {"count"}
    assert found.values == {}


def test_a_street_that_is_not_listed_is_told_apart_from_none() -> None:
    found = find_inputs(rule("abfuhrtermine"), "graue Tonne in der Lindenstraße", TODAY)
    assert found.unlisted == {"street": "lindenstrasse"}
    assert find_inputs(rule("abfuhrtermine"), "graue Tonne am Parkplatz", TODAY).unlisted == {}
    assert near_entries(rule("abfuhrtermine"), "street", "shillerstr")[0] == "Schillerstraße"


@pytest.mark.parametrize(
    ("rule_id", "asked", "text", "value"),
    [
        ("hundesteuer", "count", "zwei", "2"),
        ("hundesteuer", "count", "einen", "1"),
        ("hundesteuer", "count", "für 4", "4"),
        ("wohngeld-team", "letter", "m", "M"),
        ("kita-beitrag", "income", "45.000", "45000"),
        ("unterlagen-verlust", "reason", "gestohlen", "gestohlen"),
    ],
)
def test_a_bare_value_counts_as_reply_only(rule_id: str, asked: str, text: str, value: str) -> None:
    assert find_inputs(rule(rule_id), text, TODAY, reply_to=asked).values[asked] == value
    if rule_id != "unterlagen-verlust":
        assert find_inputs(rule(rule_id), text, TODAY).values == {}


def test_lists_and_defaults_complete_the_values() -> None:
    values = typed(rule("abfuhrtermine"), {"street": "Marktgasse"})
    assert values == {"street": "Marktgasse", "district": "1"}
    assert typed(rule("hundesteuer"), {"count": "2"}) == {"count": Decimal(2), "dangerous": "nein"}
