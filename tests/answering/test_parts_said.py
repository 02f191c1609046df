"""Answers to several questions in one message, on real knowledge: what is said, cited, recorded and missing."""

from dataclasses import replace

import pytest

from app.answering.parts_said import status_of
from app.answering.pipeline import Pipeline
from app.answering.record import walk_payload
from app.answering.service import AnsweringService
from app.answering.trace import Trace
from app.answering.values import Answer, Finished, Origin, Recorded, Stated, Status
from app.errors import ModelError
from app.index.generation import Generation
from tests.answering.samples import PRICE_QUESTION, TOLD, question
from tests.fakes import ScriptedLanguageModel

pytestmark = pytest.mark.models
TWO_MODULES = "Was kostet eine Abholung von Sperrmüll und wie lange warte ich auf den Termin?"
ONE_MISSING = "Was kostet ein neuer Personalausweis und wer repariert mein kaputtes Nashorn?"


def _ask(pipeline: Pipeline, generation: Generation, text: str) -> tuple[Answer, Trace]:
    asked = question(text)
    trace = Trace(question=asked)
    events = list(pipeline.walk(asked, generation, trace))
    assert isinstance(events[-1], Finished)
    assert [event.statement for event in events if isinstance(event, Stated)] == list(events[-1].answer.statements)
    return events[-1].answer, trace


def _said(answer: Answer, *origins: Origin) -> str:
    return "\n".join(s.text for s in answer.statements if not origins or s.origin in origins)


@pytest.fixture
def quoting(pipeline: Pipeline) -> Pipeline:
    return replace(pipeline, language_model=None)


def test_two_modules_of_a_service_are_answered_from_their_own_passages(
    quoting: Pipeline, generation: Generation
) -> None:
    answer, _ = _ask(quoting, generation, TWO_MODULES)
    assert answer.status == Status.ANSWERED
    assert "40,00 Euro" in _said(answer) and "3 Wochen" in _said(answer)
    assert {"Kosten", "Bearbeitungsdauer"} <= {source.module for source in answer.sources}


def test_two_services_are_answered_and_every_statement_cites_a_source_that_contains_it(
    quoting: Pipeline, generation: Generation
) -> None:
    answer, trace = _ask(quoting, generation, "Was kostet ein Bewohnerparkausweis und was kostet ein Reisepass?")
    assert answer.status == Status.ANSWERED
    assert "78,00 Euro" in _said(answer) and "70,00 Euro" in _said(answer)
    sources = {source.number: source for source in answer.sources}
    assert list(sources) == sorted(sources)
    for statement in answer.statements:
        if statement.origin is not Origin.FRAME:
            assert any(statement.text in sources[number].text for number in statement.citations)
    assert len(answer.statements) == len(set(answer.statements))
    assert trace.evidence is not None
    assert {sentence.number for sentence in trace.evidence.sentences} == set(sources)


def test_what_is_not_found_is_named_with_an_office_after_what_is(quoting: Pipeline, generation: Generation) -> None:
    answer, _ = _ask(quoting, generation, ONE_MISSING)
    assert answer.status == Status.ANSWERED_PARTLY
    assert "37,00 Euro" in _said(answer)
    last = answer.statements[-1]
    office = generation.tenant.office(generation.tenant.default_office)
    assert last.origin is Origin.FRAME and last.citations == ()
    assert "„Wer repariert mein kaputtes Nashorn?“" in last.text
    assert office.name in last.text and office.phone in last.text


@pytest.mark.parametrize("missing", ["wie komme ich in 80 Tagen um die Welt", "wer kennt www.nashorn.example"])
def test_figures_and_addresses_of_the_citizen_are_not_repeated(
    quoting: Pipeline, generation: Generation, missing: str
) -> None:
    answer, _ = _ask(quoting, generation, f"Was kostet ein neuer Personalausweis und {missing}?")
    assert answer.status == Status.ANSWERED_PARTLY
    assert missing[-10:] not in _said(answer)
    assert answer.statements[-1].text.startswith("Auf einen Teil Ihrer Frage")


def test_a_message_of_which_nothing_is_found_is_refused_as_ever(quoting: Pipeline, generation: Generation) -> None:
    answer, trace = _ask(quoting, generation, "Wer zähmt mein Nashorn und wo gibt es Zebrafutter?")
    assert answer.status == Status.NOT_IN_KNOWLEDGE
    assert trace.parts == ()


@pytest.mark.parametrize(
    "message",
    [
        "Was kostet ein Bewohnerparkausweis und wann hat das Bürgeramt offen?",
        "Wann hat das Bürgeramt offen und was kostet ein Bewohnerparkausweis?",
    ],
)
def test_a_rule_and_a_text_answer_side_by_side(quoting: Pipeline, generation: Generation, message: str) -> None:
    answer, _ = _ask(quoting, generation, message)
    assert "78,00 Euro" in _said(answer, Origin.QUOTE)
    assert answer.status == Status.ANSWERED
    assert {Origin.RULE, Origin.QUOTE} <= {statement.origin for statement in answer.statements}
    by_number = {source.number: source for source in answer.sources}
    assert len(by_number) == len(answer.sources)
    for statement in answer.statements:
        assert set(statement.citations) <= set(by_number)
        if statement.origin is Origin.RULE:
            assert by_number[statement.citations[0]].chunk_id.startswith("rule:")
        elif statement.origin is Origin.QUOTE:
            assert statement.text in by_number[statement.citations[0]].text


def test_rules_alone_answer_as_rules_do(quoting: Pipeline, generation: Generation) -> None:
    message = "Wann hat das Bürgeramt am Montag offen und wann hat das Standesamt am Dienstag offen?"
    answer, trace = _ask(quoting, generation, message)
    assert answer.status == Status.ANSWERED_BY_RULE
    assert trace.evidence is None
    assert len(answer.sources) == 2


def test_each_part_is_drafted_from_its_own_evidence(
    pipeline: Pipeline, generation: Generation, scripted: ScriptedLanguageModel
) -> None:
    scripted.enqueue(*[f"{TOLD} [1]"] * 2)
    answer, trace = _ask(pipeline, generation, f"{PRICE_QUESTION} Und was kostet ein Reisepass?")
    assert TOLD in _said(answer, Origin.GENERATED)
    assert "70,00 Euro" in _said(answer)
    assert scripted.calls and all("[1]" in prompt.text for prompt, _ in scripted.calls)
    assert trace.prompt == "\n\n".join(prompt.text for prompt, _ in scripted.calls)


def test_when_the_model_breaks_down_what_was_said_keeps_its_sources(
    service: AnsweringService, scripted: ScriptedLanguageModel
) -> None:
    scripted.enqueue(*[ModelError("Kaputt.")] * 3)
    asked = question("Wann hat das Bürgeramt am Montag offen und was kostet ein neuer Personalausweis?")
    with service.admit():
        done = list(service.ask(asked))[-1]
    assert isinstance(done, Recorded)
    answer = done.answer
    assert answer.status == Status.FAILED
    numbers = {source.number for source in answer.sources}
    assert any(statement.origin is Origin.RULE for statement in answer.statements)
    assert all(set(statement.citations) <= numbers for statement in answer.statements)


def test_the_record_holds_every_part_and_single_questions_are_recorded_as_before(
    quoting: Pipeline, generation: Generation
) -> None:
    _, several = _ask(quoting, generation, ONE_MISSING)
    parts = walk_payload(several)["parts"]
    assert isinstance(parts, list) and len(parts) == 2
    assert all(isinstance(part, dict) and part["candidates"] for part in parts)
    _, single = _ask(quoting, generation, "Was kostet ein neuer Personalausweis?")
    assert "parts" not in walk_payload(single)


def test_a_follow_up_with_two_questions_is_about_the_topic_of_the_conversation(service: AnsweringService) -> None:
    def ask(text: str) -> Answer:
        with service.admit():
            done = list(service.ask(question(text, conversation_id="gespraech-0001")))[-1]
        assert isinstance(done, Recorded)
        return done.answer

    ask("Wie melde ich Sperrmüll an?")
    answer = ask("Was kostet das und wie lange dauert es?")
    assert answer.status == Status.ANSWERED
    assert {source.title for source in answer.sources} == {"Sperrmüll abholen lassen"}
    assert "40,00 Euro" in _said(answer) and "3 Wochen" in _said(answer)


def test_two_questions_without_any_topic_are_asked_back(quoting: Pipeline, generation: Generation) -> None:
    answer, _ = _ask(quoting, generation, "Was kostet das und wie lange dauert es?")
    assert answer.status == Status.NEEDS_CLARIFICATION


def test_an_answer_is_partial_as_soon_as_one_part_is_missing(quoting: Pipeline, generation: Generation) -> None:
    _, trace = _ask(quoting, generation, ONE_MISSING)
    told, missing = trace.parts
    assert status_of((told, told)) == Status.ANSWERED
    assert status_of((told, missing)) == Status.ANSWERED_PARTLY
