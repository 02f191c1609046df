"""Pasted text from a word processor."""

import pytest

from app.console.texts.pasted import without_leftovers


@pytest.mark.parametrize(
    ("pasted", "typed"),
    [
        ("·\tDie Steuer beträgt 96,00\u00a0€", "- Die Steuer beträgt 96,00\u00a0€"),
        ("\uf0b7 erstens\n  o\tdarunter\n• zweitens", "- erstens\n  - darunter\n- zweitens"),
        ("ers\u00adten Hund\u200b.\ufeff", "ersten Hund."),
        ("eins\x0bzwei\u2028drei\r\nvier", "eins\nzwei\ndrei\nvier"),
        ("Mo · Di · Mi, offen", "Mo · Di · Mi, offen"),
        ("- schon ein Strich\n1. gezählt", "- schon ein Strich\n1. gezählt"),
        ("\u202eumgedreht", "\u202eumgedreht"),
    ],
)
def test_what_a_word_processor_leaves_goes_and_the_rest_stays(pasted: str, typed: str) -> None:
    assert without_leftovers(pasted) == typed
    assert without_leftovers(typed) == typed
