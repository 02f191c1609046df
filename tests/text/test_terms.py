"""Lexical terms: what must meet does meet."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.text.terms import STOP_WORDS, Vocabulary, content_words, fold, search_words, stem, with_laws_named, words

VOCABULARY = Vocabulary.of(
    ["Personal und Ausweis", "Hund, Steuer, Hundesteuer", "Gebühr", "Wohnung anmelden", "Kinder Reise Pass", "Schein"]
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gebühr", "Gebuehr"),
        ("GEBÜHREN", "gebuehren"),
        ("Straße", "STRASSE"),
        ("Bürgeramt", unicodedata.normalize("NFD", "Bürgeramt")),
        ("Café", unicodedata.normalize("NFD", "CAFÉ")),
    ],
)
def test_spellings_of_a_word_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Gebühr", "Gebuehren"), ("Ausweis", "Ausweise"), ("Hunde", "Hund"), ("Autos", "Auto")]
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(fold(one)) == stem(fold(other))


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("personalausweis", ("personal", "ausweis")),
        ("hundesteuer", ("hund", "steuer")),
        ("reisepass", ("reise", "pass")),
        ("wohnungsschein", ("wohnung", "schein")),
        ("kinderreisepass", ("kinder", "reise", "pass")),
        ("mofasteuer", ("steuer",)),
        ("ausweisnummer", ("ausweis",)),
        ("hund", ()),
        ("quatschwort", ()),
        ("2026202620", ()),
    ],
)
def test_compounds_are_taken_apart_into_known_words(compound: str, parts: tuple[str, ...]) -> None:
    assert VOCABULARY.parts(compound) == parts


def test_a_compound_and_its_parts_share_terms() -> None:
    assert set(VOCABULARY.terms("Ausweis")) < set(VOCABULARY.terms("Personalausweis"))


def test_stop_words_go_and_negations_stay() -> None:
    assert content_words("Ich habe keinen Hund und bin nicht da") == ["keinen", "hund", "nicht"]
    assert not STOP_WORDS & {"nicht", "kein", "keine", "ohne"}


def test_single_digits_stay_and_single_letters_go() -> None:
    assert content_words("Klasse B, Abs. 3") == ["klasse", "abs", "3"]


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("PAuswG", "Personalausweisgesetz"),
        ("BMG", "Bundesmeldegesetz"),
        ("StVZO", "Straßenverkehrszulassungsordnung"),
        ("SGB II", "Sozialgesetzbuch II"),
        ("GewO", "Gewerbeordnung"),
        ("§ 573 BGB", "§ 573 Bürgerliches Gesetzbuch"),
    ],
)
def test_a_law_is_searched_by_one_name_however_it_is_written(short: str, name: str) -> None:
    assert VOCABULARY.terms(short) == VOCABULARY.terms(short.lower()) == VOCABULARY.terms(name)


def test_only_whole_words_are_abbreviations_of_laws() -> None:
    assert with_laws_named("Nach BMG: BMGs, Abmg und BMW") == "Nach Bundesmeldegesetz: BMGs, Abmg und BMW"


@given(st.text(max_size=200))
@example("a" * 100_000)
@example("\x00_İı\u0308")
def test_any_text_gives_terms(text: str) -> None:
    groups = VOCABULARY.term_groups(text)
    assert [group[0] for group in groups] == [stem(word) for word in search_words(text)]
    assert VOCABULARY.terms(text) == [term for group in groups for term in group]


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
