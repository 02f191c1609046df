"""Translations and variants give the figures of their originals."""

from typing import Any

import pytest

from app.tenants.tenant import load_tenant
from ingest.checks.check import CheckedText, CheckInput
from ingest.checks.config import QualityConfig
from ingest.checks.translated_facts import check_translated_facts
from ingest.findings import Severity
from tests.ingest.checks.given import TOWN, codes, found, text
from tests.ingest.sample_town import TODAY, town_texts

ORIGINAL = (
    "Ein Hund kostet 96,00 Euro im Jahr. Melden Sie ihn innerhalb von zwei Wochen an, spätestens am 15. Februar. "
    "Ab 18 Jahren. Wir sind von 8 bis 18 Uhr da, Telefon 03999 115-610."
)


def _translation(body: str, language: str = "en", **fields: Any) -> CheckedText:
    return text(body, id=f"hund-{language}", language=language, translation_of="hund-anmelden", **fields)


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "en",
            "A dog costs 96.00 euros. Register within 2 weeks, by 15 February. From 18 years: +49 3999 115610.",
        ),
        (
            "uk",
            "Собака: 96,00 євро. Протягом 2 тижнів, до 15 лютого. Від 18-ти років. 8:00–18:00, 03999 115-610.",
        ),
        ("ar", "٩٦٫٠٠ يورو. خلال أسبوعين، ١٥ فبراير. ١٨ سنة. ٨-٦. 03999 115-610"),
        ("tr", "Köpek 96,00 avro. İki hafta içinde, 15 Şubat'a kadar. 18 yaşından. 8–18, 03999 115-610."),
    ],
)
def test_the_same_figures_in_other_words_are_no_difference(language: str, body: str) -> None:
    assert codes(check_translated_facts, text(ORIGINAL), _translation(body, language)) == []


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "en",
            "A dog costs 98.00 euros. Register within 2 weeks, by 15 February. From 18 years: +49 3999 115610.",
        ),
        (
            "en",
            "A dog costs 96.00 euros. Register within 3 weeks, by 15 February. From 18 years: +49 3999 115610.",
        ),
        (
            "en",
            "A dog costs 96.00 euros. Register within 2 weeks, by 16 February. From 18 years: +49 3999 115610.",
        ),
        (
            "uk",
            "Собака: 69,00 євро. Протягом 2 тижнів, до 15 лютого. Від 18-ти років. 8:00–18:00, 03999 115-610.",
        ),
        ("ar", "٦٩٫٠٠ يورو. خلال أسبوعين، ١٥ فبراير. ١٨ سنة. ٨-٦. 03999 115-610"),
        ("tr", "Köpek 96,00 avro. İki hafta içinde, 15 Şubat'a kadar. 16 yaşından. 8–18, 03999 115-610."),
    ],
)
def test_another_figure_is_reported(language: str, body: str) -> None:
    (finding,) = found(check_translated_facts, text(ORIGINAL), _translation(body, language))
    assert (finding.code, finding.severity) == ("translation-differs", Severity.WARNING)
    assert finding.file == f"services/hund-{language}.md"


def test_the_finding_quotes_both_sentences() -> None:
    (finding,) = found(check_translated_facts, text("Das kostet 37 Euro."), _translation("It costs 28.80 euros."))
    assert "has 28,80 € (“It costs 28.80 euros.”)" in finding.message
    assert "services/hund-anmelden.md:14 has 37,00 € (“Das kostet 37 Euro.”)" in finding.message
    assert "hier 28,80 € („It costs 28.80 euros.“)" in finding.german


def test_a_variant_that_leaves_a_figure_out_is_reported_and_a_moved_one_is_not() -> None:
    plain = _translation("Ein Hund kostet Geld.", "de", variant="einfach")
    assert codes(check_translated_facts, text("Ein Hund kostet 96 Euro."), plain) == ["translation-differs"]


def test_musterstadts_translations_and_variants_agree_with_their_originals() -> None:
    everything = CheckInput(town_texts(), load_tenant(TOWN), TOWN, TODAY, QualityConfig())
    assert [str(finding) for finding in check_translated_facts(everything)] == []
