"""A slip of the finger is put right where one word is clearly meant, and nothing else is touched."""

import pytest

from app.answering.german_words import german_words
from app.answering.spelling import spell
from app.answering.town_words import TownWords
from app.answering.typing_slips import any_slip, sure_slip

_TOWN = TownWords.of(
    [
        "Der Kanal gehört der Stadt. Die Monate zählen, drei Monate im Jahr. Das Gartenhaus und die Größe.",
        "Es kostet Geld.",
    ]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kosett", "kostet"),
        ("meone", "meine"),
        ("Kanak", "Kanal"),
        ("drch", "durch"),
        ("Wiserspruch", "widerspruch"),
        ("zurpckgebracht", "zurückgebracht"),
        ("Gnstigeres", "günstigeres"),
        ("monatw", "Monate"),
        ("einzeleprson", "einzelperson"),
    ],
)
def test_one_slip_is_put_right(typed: str, meant: str) -> None:
    assert spell(typed, _TOWN).text == meant


@pytest.mark.parametrize(
    "word", ["wander", "Hecke", "drückt's", "Solaranlage", "umzumelden", "Streupflicht", "Ikea", "Aufstocker"]
)
def test_a_word_that_nothing_is_clearly_meant_by_stays(word: str) -> None:
    assert spell(word, _TOWN).text == word


def test_sure_slips_are_swapped_doubled_or_neighbouring_letters() -> None:
    german = german_words()
    assert sure_slip("fahern", _TOWN, german) == "fahren"
    assert sure_slip("drch", _TOWN, german) is None
    assert any_slip("drch", _TOWN, german) == "durch"


def test_where_umlauts_are_left_out_the_more_frequent_word_is_meant() -> None:
    assert spell("Ich mochte das zuruckgeben", _TOWN).text == "Ich möchte das zurückgeben"
    assert spell("Ich mochte das Haus", _TOWN).text == "Ich mochte das Haus"
