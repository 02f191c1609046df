"""Text is stored the same way from every format."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.plain import damage, one_line, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gebu\u0308hr", "Gebühr"),
        ("Blinden\u00adhund", "Blindenhund"),
        ("37,00\u00a0€ ab\u202f24", "37,00 € ab 24"),
        ("eins\r\nzwei\rdrei\u2028vier", "eins\nzwei\ndrei\nvier"),
        ("\ufeffoﬃziell\x00\x07", "offiziell"),
        ("eins  \n\n\n\n zwei", "eins\n\n zwei"),
        ("\u202eversteckt\u202c", "\u202eversteckt\u202c"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_a_megabyte_of_blanks_or_marks_takes_no_long_time() -> None:
    assert plain("x" + " " * 1_000_000 + "y").endswith("y")
    zalgo = plain("a" + "\u0327\u0301" * 500_000 + "b")
    assert len(zalgo) < 40
    assert plain(zalgo) == zalgo


def test_halves_of_characters_are_removed() -> None:
    assert plain("a\ud800b") == "ab"


@given(st.text())
def test_plain_is_stable_and_without_control_characters(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not [mark for mark in once if unicodedata.category(mark) == "Cc" and mark not in "\n\t"]
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Die GebÃ¼hr beträgt 5 â‚¬.", "GebÃ¼hr"),
        ("5 â‚¬ im Jahr", "â‚¬"),
        ("Die Geb\ufffdhr", "Geb\ufffdhr"),
        ("Straße, Ärger, 5 €, §, São Paulo, Âge", None),
    ],
)
def test_wrongly_decoded_words_are_found(text: str, word: str | None) -> None:
    assert damage(text) == word


@given(st.text(alphabet="abcäöüÄÖÜß€§°–„“éèçğışİçøåабвгґїєابت 1,.", min_size=1))
def test_right_text_is_never_taken_for_damaged(text: str) -> None:
    assert damage(text) is None


@pytest.mark.parametrize("letter", "äöüÄÖÜß€")
def test_every_german_letter_that_was_read_in_the_wrong_encoding_is_found(letter: str) -> None:
    assert damage(f"x{letter}y".encode().decode("cp1252", "replace"))
    assert damage(f"x{letter}y".encode().decode("latin-1"))
