"""One question about several services by name."""

import pytest

from app.answering.part_services import find_parts
from app.answering.values import RuleFinding, Status, TableUse
from app.index.generation import Generation
from tests.answering.samples import screened

pytestmark = pytest.mark.models


def _words(generation: Generation, message: str, language: str = "de") -> list[str]:
    return [part.words for part in find_parts(screened(message, language), None, generation)]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            "Was kosten Reisepass und Personalausweis?",
            ["Was kosten Reisepass?", "Was kosten Personalausweis?"],
        ),
        (
            "Was kostet mich der Bewohnerparkausweis und die Hundesteuer?",
            ["Was kostet mich der Bewohnerparkausweis?", "Was kostet mich die Hundesteuer?"],
        ),
        (
            "Wie lange dauert es und was kosten ein Reisepass und ein Personalausweis?",
            ["Wie lange dauert es", "was kosten ein Reisepass", "was kosten ein Personalausweis"],
        ),
    ],
)
def test_two_services_by_name_are_two_questions(generation: Generation, message: str, words: list[str]) -> None:
    assert [word.rstrip("?") for word in _words(generation, message)] == [word.rstrip("?") for word in words]


@pytest.mark.parametrize(
    "message",
    [
        "Brauche ich Personalausweis und Reisepass für die Eheschließung?",
        "Was kosten Hund und Hund?",
        "Kann ich mich ummelden und abmelden?",
        "Und?",
    ],
)
def test_names_in_a_question_about_something_else_are_left_together(generation: Generation, message: str) -> None:
    assert _words(generation, message) == []


def test_a_verdict_or_a_table_that_asks_back_answers_the_message_as_a_whole(generation: Generation) -> None:
    message = "Was kostet ein Reisepass und wie lange dauert es?"
    assert len(_words(generation, message)) == 2
    assert find_parts(screened(message, verdict=Status.DECIDED_BY_STAFF), None, generation) == ()
    asking = RuleFinding("x@1", ("Wie alt?",), "", "", None, "buergeramt", table=TableUse("x@1", {}, asks_for="alter"))
    assert find_parts(screened(message), asking, generation) == ()
