"""Counting syllables."""

import pytest

from ingest.checks.syllables import english_syllables, german_syllables, words


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("Amt", 1), ("Euro", 2), ("Ausweis", 2), ("Führerschein", 3), ("beantragen", 4), ("geändert", 3), ("Quelle", 2),
        ("Personalausweis", 5), ("Bundesdruckerei", 5), ("Wohngeld", 2), ("Gebühr", 2), ("hm", 1),
    ],
)  # fmt: skip
def test_german_syllables(word: str, count: int) -> None:
    assert german_syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [("office", 2), ("table", 2), ("used", 1), ("wanted", 2), ("houses", 2), ("identity", 4), ("fees", 1), ("the", 1)],
)
def test_english_syllables(word: str, count: int) -> None:
    assert english_syllables(word) == count


def test_numbers_and_marks_are_no_words() -> None:
    assert words("§ 9 PAuswG: 37,00 Euro, E-Mail!") == ["PAuswG", "Euro", "E-Mail"]
