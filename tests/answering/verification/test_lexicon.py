"""Which forms count as one word."""

import pytest

from app.answering.verification.lexicon import flat, lexicon

GERMAN = lexicon("de")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("anmelden", "Anmeldung"),
        ("angemeldet", "anzumelden"),
        ("Bäume", "Baum"),
        ("verlängert", "Verlängerung"),
        ("umgeschrieben", "umschreiben"),
        ("geworfen", "wirft"),
        ("Vermieterinnen", "Vermieter"),
        ("kosten", "Gebühr"),
        ("gebührenfrei", "kostet"),
        ("benötigen", "erforderlich"),
        ("Terminvereinbarung", "Termin"),
        ("gültig", "Gültigkeit"),
    ],
)
def test_forms_and_synonyms_are_one_concept(first: str, second: str) -> None:
    assert GERMAN.concept(flat(first)) == GERMAN.concept(flat(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("anmelden", "abmelden"),
        ("Reisepass", "Personalausweis"),
        ("Turmstraße", "Bahnhofstraße"),
        ("persönlich", "Person"),
        ("Einzug", "Auszug"),
    ],
)
def test_other_words_are_other_concepts(first: str, second: str) -> None:
    assert GERMAN.concept(flat(first)) != GERMAN.concept(flat(second))


def test_every_language_but_english_is_read_with_the_german_tables() -> None:
    assert lexicon("fr") is not lexicon("en")
    assert lexicon("fr").language == "de"
    assert lexicon("en").affirming == "yes"
