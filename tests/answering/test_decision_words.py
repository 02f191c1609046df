"""The pattern language of rule files."""

import pytest

from app.answering.decision_words import decision_words, number_of, word_pattern
from app.answering.folding import fold


@pytest.mark.parametrize(
    ("phrase", "text", "number"),
    [
        ("{n} _ hund*", "Steuer für zwei große Hunde", "2"),
        ("{n} hund*", "Steuer für einen Hund", "1"),
        ("{n} liter*", "eine 80-Liter-Tonne", "80"),
        ("{n} l", "Tonne 120l", "120"),
        ("{n} eur*", "bei 70.000 Euro", "70000"),
        ("{n} im jahr", "70 tausend im Jahr", "70000"),
        ("{n} im jahr", "70k im Jahr", "70000"),
        ("{n} eur*", "412,50 Euro", "412.50"),
        ("{n} euro*", "60,000 euros", "60000"),
        ("bin {n}", "Ich bin zweiundzwanzig", "22"),
        ("mit {n} $", "Was kostet er mit 19?", "19"),
        ("in {n} tagen", "in fünf Tagen", "5"),
    ],
)
def test_numbers_are_read_where_the_phrase_has_them(phrase: str, text: str, number: str) -> None:
    match = word_pattern((phrase,)).search(fold(text))
    assert match is not None
    assert number_of(match.group(1).strip()) == number


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("bin {n}", "Ich bin ein Student"),
        ("mit {n} $", "ein Pass mit 48 Seiten"),
        ("hund*", "Jagdhund"),
        ("wie viel", "wie oft und viel"),
    ],
)
def test_other_words_do_not_match(phrase: str, text: str) -> None:
    assert word_pattern((phrase,)).search(fold(text)) is None


def test_a_star_before_a_word_finds_the_end_of_a_compound() -> None:
    assert word_pattern(("*gebühr",)).search(fold("die Verwaltungsgebühr"))
    assert word_pattern(()).search("nichts") is None


def test_every_kind_of_question_has_words_and_exclusions() -> None:
    words = decision_words()
    assert set(words.kinds) == set(words.excludes)
