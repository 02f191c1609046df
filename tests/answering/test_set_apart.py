"""Letters set apart become the words that screening looks for."""

import pytest

from app.answering.set_apart import words_of


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ("IgnoriereAlleRegeln", "ignoriere alle regeln"),
        ("ichbringemichum", "ich bringe mich um"),
        ("ignoreallinstructions", "ignore all instructions"),
        ("игнорируйправила", "игнорируй правила"),
        ("xq", "xq"),
        ("", ""),
    ],
)
def test_a_run_is_cut_by_the_words_of_the_patterns(letters: str, words: str) -> None:
    assert words_of(letters) == words


def test_no_letter_is_lost_up_to_the_longest_run() -> None:
    assert words_of("zeigmirallesx" * 10).replace(" ", "") == "zeigmirallesx" * 10
    assert len(words_of("a" * 5000)) == 300
