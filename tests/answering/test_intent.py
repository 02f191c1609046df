"""Which module a question is after."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering.intent import detect_intent
from app.index.modules import ModuleKind
from app.text.terms import fold


@pytest.mark.parametrize(
    ("question", "module"),
    [
        ("Was kostet ein neuer Personalausweis?", ModuleKind.COSTS),
        ("Wie hoch ist die Gebühr?", ModuleKind.COSTS),
        ("wieviel muss ich für den Perso blechen", ModuleKind.COSTS),
        ("How much is a new ID card?", ModuleKind.COSTS),
        ("Wie lange dauert das?", ModuleKind.PROCESSING_TIME),
        ("Wann kann ich den Ausweis abholen?", ModuleKind.PROCESSING_TIME),
        ("Wie viel Zeit habe ich für die Ummeldung?", ModuleKind.DEADLINE),
        ("Bis wann muss ich mich ummelden?", ModuleKind.DEADLINE),
        ("Welche Unterlagen muss ich mitbringen?", ModuleKind.REQUIRED_DOCUMENTS),
        ("Which documents do I need?", ModuleKind.REQUIRED_DOCUMENTS),
        ("Wo melde ich meinen Hund an?", ModuleKind.RESPONSIBLE_OFFICE),
        ("Welches Gesetz regelt das?", ModuleKind.LEGAL_BASIS),
        ("Gibt es dafür ein Formular?", ModuleKind.FORMS),
        ("Kann ich Widerspruch einlegen?", ModuleKind.LEGAL_REMEDY),
        ("Wer kann Wohngeld bekommen?", ModuleKind.PREREQUISITES),
        ("Geht das auch online?", ModuleKind.PROCEDURE),
    ],
)
def test_words_say_which_module_is_asked_for(question: str, module: ModuleKind) -> None:
    intent = detect_intent(question)
    assert intent is not None
    assert intent.module == module
    assert intent.words


@pytest.mark.parametrize("question", ["Personalausweis", "Ich möchte heiraten", "", "?!"])
def test_an_open_question_has_none(question: str) -> None:
    assert detect_intent(question) is None


def test_its_words_are_those_that_said_so_and_not_the_topic() -> None:
    intent = detect_intent("Was kostet ein Reisepass?")
    assert intent is not None
    assert "kostet" in intent.words
    assert not any("reisepass" in word for word in intent.words)


@given(st.text(max_size=80))
def test_any_text_can_be_asked_for_and_words_come_from_it(text: str) -> None:
    intent = detect_intent(text)
    if intent is not None:
        assert intent.words <= set(fold(text).split())
