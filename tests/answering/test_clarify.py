"""Asking back instead of guessing, on real knowledge."""

import pytest

from app.answering.service import AnsweringService
from app.answering.trace import Trace
from app.answering.values import Answer, Status
from tests.answering.samples import PRICE_QUESTION, question


def _answer(service: AnsweringService, text: str) -> Answer:
    asked = question(text)
    trace = Trace(question=asked)
    for _ in service.pipeline.walk(asked, service.generations.active("musterstadt"), trace):
        pass
    assert trace.answer is not None
    return trace.answer


@pytest.mark.parametrize("text", ["Wie melde ich mich an?", "Anmeldung", "Was kostet die Anmeldung?"])
def test_a_word_that_names_several_services_is_asked_back(service: AnsweringService, text: str) -> None:
    answer = _answer(service, text)
    assert answer.status is Status.NEEDS_CLARIFICATION
    titles = [choice.title for choice in answer.suggestions]
    assert "Wohnsitz anmelden oder ummelden" in titles
    assert 2 <= len(titles) <= 4


def test_a_question_without_any_topic_is_asked_back_with_different_services(service: AnsweringService) -> None:
    answer = _answer(service, "Was kostet das?")
    assert answer.status is Status.NEEDS_CLARIFICATION
    titles = [choice.title for choice in answer.suggestions]
    assert len(titles) == len(set(titles)) > 1
    assert not answer.sources


@pytest.mark.parametrize("text", [PRICE_QUESTION, "Wie melde ich meinen Hund an?", "Was kostet ein Hund?"])
def test_a_question_that_names_one_service_is_answered(service: AnsweringService, text: str) -> None:
    assert _answer(service, text).status is Status.ANSWERED


def test_masked_personal_data_does_not_make_a_question_unknown(service: AnsweringService) -> None:
    answer = _answer(service, f"{PRICE_QUESTION} Meine Adresse ist anna.beispiel@example.org.")
    assert answer.status is Status.ANSWERED
    assert any("37,00 Euro" in statement.text for statement in answer.statements)
    assert answer.notices


@pytest.mark.parametrize("text", ["Verlängern", "Ich möchte verlängern", "Verlängerung?"])
def test_a_deed_without_its_thing_is_asked_back_with_the_things(service: AnsweringService, text: str) -> None:
    answer = _answer(service, text)
    assert answer.status is Status.NEEDS_CLARIFICATION
    titles = [choice.title for choice in answer.suggestions]
    assert {"Reisepass beantragen", "Personalausweis beantragen"} <= set(titles)
