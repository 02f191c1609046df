"""Passages as HTML: quoted sentences marked, and nothing that a text could smuggle in."""

import pytest

from app.web.quoted import source_html

COSTS = """- Personalausweis ab 24 Jahren: **37,00 Euro**
- Personalausweis unter 24 Jahren: 22,80 Euro

Eine [Ermäßigung](https://www.musterstadt.example/sozialpass) ist möglich."""


def test_a_quoted_sentence_is_marked_across_bold_words() -> None:
    shown = source_html(COSTS, ["Personalausweis ab 24 Jahren: 37,00 Euro"])
    assert "<mark>Personalausweis ab 24 Jahren: </mark><strong><mark>37,00 Euro</mark></strong>" in shown
    assert shown.count("<mark>") == 2


def test_several_sentences_are_marked_and_lists_and_links_stay() -> None:
    shown = source_html(COSTS, ["Personalausweis unter 24 Jahren: 22,80 Euro", "Eine Ermäßigung ist möglich."])
    assert "<li><mark>Personalausweis unter 24 Jahren: 22,80 Euro</mark></li>" in shown
    assert '<a href="https://www.musterstadt.example/sozialpass" rel="noopener"><mark>Ermäßigung</mark></a>' in shown


def test_spaces_and_line_breaks_may_differ() -> None:
    assert "<mark>Bitte  kommen</mark>" in source_html("Bitte  kommen\nSie.", ["Bitte kommen"])


@pytest.mark.parametrize("sentence", ["", "   ", "Steht dort nicht.", "(.*)"])
def test_what_does_not_stand_there_marks_nothing(sentence: str) -> None:
    assert "<mark>" not in source_html(COSTS, [sentence])


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[klick](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
        "![x](https://elsewhere.example/x.png)",
    ],
)
def test_markup_in_a_text_stays_text(text: str) -> None:
    shown = source_html(f"{text} Satz.", ["Satz."])
    for tag in ("<script", "<img", '<a href="javascript'):
        assert tag not in shown
