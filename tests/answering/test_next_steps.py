"""What to bring, fees and further questions come from the text that answered, word for word."""

from dataclasses import replace

import pytest

from app.answering.next_steps import Fee, NextSteps, next_steps
from app.answering.service import AnsweringService
from app.answering.values import Answer, Recorded, Status
from app.index.generation import Generation
from tests.answering.samples import question


@pytest.fixture
def generation(service: AnsweringService) -> Generation:
    return service.generations.active("musterstadt")


def _answer(service: AnsweringService, text: str, language: str | None = None) -> Answer:
    with service.admit():
        *_, last = service.ask(question(text, language=language))
    assert isinstance(last, Recorded)
    return last.answer


@pytest.fixture
def answer(service: AnsweringService) -> Answer:
    return _answer(service, "Wie lange dauert ein Personalausweis?")


def test_documents_and_fees_are_those_of_the_answered_service(answer: Answer, generation: Generation) -> None:
    steps = next_steps(answer, generation)
    assert steps is not None
    assert steps.title == "Personalausweis beantragen"
    assert any("Passfoto" in item for item in steps.documents)
    assert Fee("Personalausweis ab 24 Jahren", "37,00 Euro") in steps.fees


def test_every_word_stands_in_the_published_text(answer: Answer, generation: Generation) -> None:
    steps = next_steps(answer, generation)
    assert steps is not None
    text = " ".join(sentence for chunk in generation.chunks for sentence in chunk.sentences)
    lines = (
        *steps.documents,
        *steps.document_notes,
        *steps.fee_notes,
        *(f"{fee.what}: {fee.amount}" for fee in steps.fees),
    )
    assert [line for line in lines if line not in text] == []


def test_further_questions_are_about_what_the_answer_did_not_use(answer: Answer, generation: Generation) -> None:
    steps = next_steps(answer, generation)
    assert steps is not None
    assert 0 < len(steps.follow_ups) <= 3
    labels = [follow_up.label for follow_up in steps.follow_ups]
    assert "Wie lange dauert das?" not in labels
    assert "Was kostet das?" not in labels  # the table of fees is there
    assert all(each.question == f"Personalausweis beantragen: {each.label}" for each in steps.follow_ups)


def test_a_further_question_is_answered_from_the_same_service(service: AnsweringService, answer: Answer) -> None:
    steps = service.next_steps("musterstadt", answer)
    assert steps is not None
    for follow_up in steps.follow_ups:
        again = _answer(service, follow_up.question)
        assert again.status in (Status.ANSWERED, Status.ANSWERED_BY_RULE), follow_up
        assert any(source.title.startswith("Personalausweis") for source in again.sources), follow_up


def test_the_same_answer_has_the_same_next_steps(answer: Answer, generation: Generation) -> None:
    assert next_steps(answer, generation) == next_steps(answer, generation)


def test_an_english_answer_has_english_ones(service: AnsweringService) -> None:
    steps = service.next_steps("musterstadt", _answer(service, "How long does a new ID card take?", language="en"))
    assert isinstance(steps, NextSteps)
    assert steps.language == "en"
    assert all(follow_up.label.isascii() and follow_up.label.endswith("?") for follow_up in steps.follow_ups)


@pytest.mark.parametrize("status", [Status.NOT_IN_KNOWLEDGE, Status.DECIDED_BY_STAFF, Status.EMERGENCY, Status.PAUSED])
def test_there_are_none_without_an_answer(answer: Answer, generation: Generation, status: Status) -> None:
    assert next_steps(replace(answer, status=status), generation) is None


def test_there_are_none_for_an_answer_of_an_older_state_or_a_rule(service: AnsweringService, answer: Answer) -> None:
    assert service.next_steps("musterstadt", replace(answer, generation="20200101T000000000000Z")) is None
    assert service.next_steps("musterstadt", replace(answer, sources=())) is None
