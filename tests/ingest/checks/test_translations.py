"""Translations and variants that are older than their original."""

import pytest

from ingest.checks.translations import check_translations
from tests.ingest.checks.given import codes, found, text


@pytest.mark.parametrize(("reviewed", "stale"), [("2026-01-14", True), ("2026-01-15", False), ("2026-02-01", False)])
def test_a_translation_is_reviewed_no_earlier_than_its_original(reviewed: str, stale: bool) -> None:
    english = text(id="hund-en", language="en", translation_of="hund-anmelden", reviewed_on=reviewed)
    assert codes(check_translations, text(), english) == (["stale-translation"] if stale else [])


def test_so_is_a_text_in_easier_words_and_the_finding_names_both_days() -> None:
    plain = text(id="hund-e", variant="einfach", translation_of="hund-anmelden", reviewed_on="2025-12-31")
    (finding,) = found(check_translations, plain, text())
    assert "2025-12-31" in finding.message
    assert "2026-01-15" in finding.message


def test_an_original_that_is_missing_is_another_check_s_business() -> None:
    assert codes(check_translations, text(translation_of="katze-anmelden")) == []
