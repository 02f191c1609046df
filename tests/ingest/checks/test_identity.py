"""Ids, offices, originals and responsibility."""

from typing import Any

import pytest

from ingest.checks.identity import check_ids, check_offices, check_originals, check_responsibility
from tests.ingest.checks.given import codes, found, text


def test_the_second_text_with_an_id_is_reported_and_names_the_first() -> None:
    (finding,) = found(check_ids, text(name="a.md"), text(name="b.md"))
    assert (finding.code, finding.file) == ("duplicate-id", "b.md")
    assert "a.md" in finding.message


def test_an_unknown_office_lists_the_known_ones() -> None:
    (finding,) = found(check_offices, text(office="hundeamt"))
    assert "steueramt" in finding.fix


def test_a_translation_of_a_translation_has_no_original() -> None:
    english = text(id="hund-en", language="en", translation_of="hund-anmelden")
    turkish = text(id="hund-tr", language="tr", translation_of="hund-en")
    assert codes(check_originals, text(), english) == []
    assert codes(check_originals, text(), english, turkish) == ["unknown-original"]


@pytest.mark.parametrize("value", ["N.N.", "n. n.", "TODO", "unbekannt", "???", "-", "…"])
@pytest.mark.parametrize("field", ["owner", "reviewed_by", "license"])
def test_a_placeholder_names_nobody(field: str, value: str) -> None:
    fields: dict[str, Any] = {field: value}
    (finding,) = found(check_responsibility, text(**fields))
    assert finding.code == "placeholder"
    assert field in finding.message


@pytest.mark.parametrize("value", ["Amt 32", "N. Nowak", "Amt für Unbekanntes", "CC BY 4.0"])
def test_a_short_or_odd_name_is_a_name(value: str) -> None:
    assert codes(check_responsibility, text(owner=value)) == []
