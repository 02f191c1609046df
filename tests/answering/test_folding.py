"""The spelling in which patterns look for words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        (
            "Hat das Bürgeramt am 24.12. offen? Und z.B. um 17:30 Uhr!",
            "hat das buergeramt am 24.12 offen ?\nund z b um 17:30 uhr",
        ),
        ("Kfz-Zulassungsstelle, bitte", "kfz zulassungsstelle bitte"),
        ("I'm from the Citizens’ Office.", "im from the citizens office"),
        ("GROSSE STRASSE", "grosse strasse"),
        ("Große Straße", "grosse strasse"),
        ("<|im_start|> @office", "im start office"),
        ("Der 3. Oktober", "der 3 oktober"),
        ("???", ""),
    ],
)
def test_words_are_folded_and_sentences_separated(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=300))
def test_folding_is_stable_and_leaves_no_double_spaces(text: str) -> None:
    folded = fold(text)
    assert "  " not in folded
    assert "@" not in folded
    assert folded == folded.casefold() or not folded.isascii()
