"""Rare words count more; compounds, spellings and languages without a stemmer still meet."""

from math import log

import pytest

from app.models.evidence.rarity import WordRarity, pieces, stems

PAGES = [
    ("Der Personalausweis kostet 37 Euro. Ausweis, Ausweis!", "de"),
    ("Die Hundesteuer kostet 90 Euro.", "de"),
    ("Die Biotonne kostet nichts.", "de"),
]


def test_a_compound_holds_the_pieces_of_its_parts_where_stems_do_not_meet() -> None:
    assert not stems("Ausweis", "de") & stems("Personalausweis", "de")
    assert pieces("Ausweis") - pieces("Personalausweis") == {"#aus"}  # only the mark of the word's beginning is missing


def test_a_typo_keeps_most_pieces() -> None:
    asked, written = pieces("Personalauswies"), pieces("Personalausweis")
    assert len(asked & written) > len(asked) / 2


@pytest.mark.parametrize(("one", "other"), [("Gebühr", "Gebuehr"), ("STRASSE", "Straße"), ("Gebühr", "gebu\u0308hr")])
def test_umlauts_and_capitals_may_be_written_in_any_way(one: str, other: str) -> None:
    assert pieces(one) == pieces(other)


def test_the_shortest_words_are_pieces_as_a_whole() -> None:
    assert pieces("Wo ist A?") == {"#wo#", "#ist", "ist#", "#a#"}


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Gebühren", "Gebühr"),
        ("en", "applications", "application"),
        ("fr", "demandes", "demande"),
        ("tr", "belgeler", "belge"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, one: str, other: str) -> None:
    assert stems(one, language) == stems(other, language)


def test_without_a_stemmer_words_meet_by_their_first_letters() -> None:
    assert stems("паспорта", "uk") == stems("паспорт", "uk") == {"паспо"}


def test_one_letter_words_have_no_stem() -> None:
    assert stems("a b, 5!", "de") == frozenset()


def test_rarity_falls_with_the_number_of_pages_not_of_mentions() -> None:
    rarity = WordRarity.of(PAGES)
    everywhere, once, nowhere = (min(stems(word, "de")) for word in ("kostet", "Ausweis", "Nashorn"))
    assert rarity.pages == 3
    assert rarity.of_stem(once) == log(4 / 1.5)
    assert 0 < rarity.of_stem(everywhere) < rarity.of_stem(once) < rarity.of_stem(nowhere) == log(4 / 0.5)
    assert 0 < rarity.of_piece("kost") < rarity.of_piece("uswe") < rarity.of_piece("zzzz")


def test_the_order_of_the_pages_does_not_matter() -> None:
    one, other = WordRarity.of(PAGES), WordRarity.of(reversed(PAGES))
    assert (one.pages, one.stem_pages, one.piece_pages) == (other.pages, other.stem_pages, other.piece_pages)


def test_in_an_empty_collection_every_word_is_equally_rare() -> None:
    rarity = WordRarity.of([])
    assert rarity.of_stem("ausweis") == rarity.of_piece("kost") == log(2)
