"""What a town has switched off: paused bot, paused generation, blocked topics; and that replay knows of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.answering.blocked import without_blocked
from app.answering.conversation import recorded_turn
from app.answering.pipeline import Pipeline
from app.answering.record import question_from, record_payload
from app.answering.service import AnsweringService
from app.answering.trace import Trace
from app.answering.values import Answer, Disclosed, Finished, Origin, Question, Recorded, Status
from app.index.generation import Generation
from app.settings import PROJECT_ROOT
from app.switches.state import NOTHING_OFF, InForce
from app.tenants.rules.load import load_rules
from app.wording.catalog import catalog
from tests.answering.samples import PRICE_QUESTION, TOLD, question
from tests.fakes import ScriptedLanguageModel
from tests.knowledge import TENANT

PAUSED = InForce(bot_paused=True)
BLOCKED = InForce(services=("personalausweis",))
EMERGENCY = "Hilfe, meine Wohnung brennt!"

Walk = Callable[..., Answer]


@pytest.fixture
def walk(pipeline: Pipeline, generation: Generation) -> Walk:
    def walk(
        text: str,
        switches: InForce = NOTHING_OFF,
        on: Generation = generation,
        language: str | None = None,
        style: str = "standard",
    ) -> Answer:
        asked = replace(question(text, language=language, style=style), switches=switches)
        events = list(pipeline.walk(asked, on, Trace(question=asked)))
        assert isinstance(events[0], Disclosed)
        assert isinstance(events[-1], Finished)
        return events[-1].answer

    return walk


def _said(answer: Answer) -> str:
    return " ".join(statement.text for statement in answer.statements)


def test_while_paused_every_answer_is_the_notice_with_the_office(walk: Walk) -> None:
    for text in (PRICE_QUESTION, "Guten Tag!", "Hat das Bürgeramt am Samstag offen?", "Du Idiot!"):
        answer = walk(text, PAUSED)
        assert answer.status is Status.PAUSED
        assert "macht gerade eine Pause" in _said(answer)
        assert answer.office is not None
        assert answer.office.phone in _said(answer)
        assert answer.sources == ()
        assert "Maschine" in answer.disclosure


def test_emergencies_are_answered_while_paused(walk: Walk) -> None:
    answer = walk(EMERGENCY, PAUSED)
    assert answer == walk(EMERGENCY)
    assert answer.status is Status.EMERGENCY
    assert "112" in _said(answer)


def test_the_notice_is_the_towns_own_in_the_languages_that_it_has(walk: Walk) -> None:
    own = InForce(bot_paused=True, notice=(("de", "Wegen Wartung bis 14 Uhr geschlossen."), ("en", "Back at 2 pm.")))
    assert _said(walk(PRICE_QUESTION, own)) == "Wegen Wartung bis 14 Uhr geschlossen."
    assert _said(walk("How much is a new ID card?", own)) == "Back at 2 pm."


def test_who_does_not_read_the_notice_gets_the_wording_in_their_language_before_it(walk: Walk) -> None:
    answer = walk(PRICE_QUESTION, InForce(bot_paused=True, notice=(("de", "Bis 14 Uhr zu."),)), language="tr")
    assert [statement.language for statement in answer.statements] == ["tr", "de"]
    assert _said(answer).startswith("Sohbet robotu")
    assert {statement.origin for statement in answer.statements} == {Origin.FRAME}


def test_without_generation_the_answer_is_that_of_a_service_without_a_model(
    walk: Walk, pipeline: Pipeline, generation: Generation, scripted: ScriptedLanguageModel
) -> None:
    scripted.enqueue(f"{TOLD} [1]")
    quoted = walk(PRICE_QUESTION, InForce(generation_paused=True))
    assert scripted.calls == []
    asked = question(PRICE_QUESTION)
    *_, last = replace(pipeline, language_model=None).walk(asked, generation, Trace(question=asked))
    assert isinstance(last, Finished)
    assert quoted == last.answer
    assert quoted.model == "none"


@pytest.mark.parametrize(
    "text",
    [
        PRICE_QUESTION,
        "Was kostet ein Personalausweis und wie lange dauert das?",
        "Wie lange dauert ein Personalausweis?",
        "How much is a new ID card?",
        "Was kostet ein Reisepass und was kostet ein Personalausweis?",
        "Personalausweis",
    ],
)
def test_a_question_about_a_blocked_service_gets_its_office_and_nothing_of_its_texts(walk: Walk, text: str) -> None:
    answer = walk(text, BLOCKED)
    assert answer.status is Status.PAUSED
    assert answer.office is not None
    assert answer.office.id == "buergeramt"
    assert answer.office.phone in _said(answer)
    assert (answer.sources, answer.suggestions) == ((), ())
    assert "37,00" not in _said(answer)


@pytest.mark.parametrize(
    "text",
    [
        "Was kostet ein Reisepass?",
        "Was kostet ein Reisepass und wie lange dauert das?",
        "Was kostet ein Reisepass und was kostet ein Bewohnerparkausweis?",
        "Wie melde ich meinen Hund an?",
        "Hat das Bürgeramt am Samstag offen?",
        "Habe ich Anspruch auf Wohngeld?",
        "Guten Tag!",
        EMERGENCY,
    ],
)
def test_other_questions_are_answered_as_ever(walk: Walk, text: str) -> None:
    assert walk(text, BLOCKED) == walk(text)


def test_a_blocked_document_leaves_the_services_other_texts(walk: Walk) -> None:
    english = InForce(documents=("personalausweis-en",))
    assert walk(PRICE_QUESTION, english) == walk(PRICE_QUESTION)
    assert walk("How much is a new ID card?", english).status is Status.PAUSED


def test_blocked_words_are_looked_for_in_the_question_and_in_its_german_reading(walk: Walk) -> None:
    words = InForce(words=("Personalausweis",))
    for text in (PRICE_QUESTION, "Was steht in der Personalausweisverordnung?", "How much is a new ID card?"):
        assert walk(text, words).status is Status.PAUSED, text
    assert walk("Was kostet ein Reisepass?", words) == walk("Was kostet ein Reisepass?")


def test_a_follow_up_on_a_blocked_topic_is_about_it(service: AnsweringService) -> None:
    def ask(text: str, switches: InForce) -> Answer:
        switched = replace(service, switches=lambda _town, _moment: switches)
        *_, last = switched.ask(question(text, conversation_id="conversation-0001"))
        assert isinstance(last, Recorded)
        return last.answer

    assert ask("Was kostet ein Reisepass?", NOTHING_OFF).status is Status.ANSWERED
    assert ask("Und wie lange dauert das?", BLOCKED).status is Status.ANSWERED
    assert ask(PRICE_QUESTION, NOTHING_OFF).status is Status.ANSWERED
    assert ask("Und wie lange dauert das?", BLOCKED).status is Status.PAUSED


def test_decision_tables_of_a_blocked_service_do_not_answer(walk: Walk, generation: Generation) -> None:
    town = replace(generation, rules=load_rules(PROJECT_ROOT / "knowledge" / TENANT))
    text = "Was kostet ein Personalausweis mit 30 Jahren?"
    assert walk(text, on=town).status is Status.ANSWERED_BY_RULE
    assert walk(text, BLOCKED, on=town).status is Status.PAUSED
    assert walk("Was kostet ein Reisepass mit 30 Jahren?", BLOCKED, on=town).status is Status.ANSWERED_BY_RULE
    left = {rule.file.source.document for rule in without_blocked(town, BLOCKED).rules}
    assert "reisepass" in left
    assert "personalausweis" not in left


def test_blocked_texts_are_no_candidates_and_no_suggestions(generation: Generation) -> None:
    view = without_blocked(generation, BLOCKED)
    assert without_blocked(generation, BLOCKED) is view
    assert len(view.chunks) == len(generation.chunks)
    assert not any(chunk.language in ("de", "en") for chunk in view.chunks if chunk.service == "personalausweis")
    assert ("personalausweis", "de") not in view.texts
    assert without_blocked(generation, InForce(services=("reisepass",))) is not view


@pytest.mark.parametrize(
    "switches",
    [PAUSED, InForce(bot_paused=True, notice=(("de", "Bis 14 Uhr zu."),)), InForce(generation_paused=True), BLOCKED],
)
def test_the_record_has_the_switches_so_that_a_replay_has_them_too(
    service: AnsweringService, switches: InForce
) -> None:
    switched = replace(service, switches=lambda _town, _moment: switches)
    *_, last = switched.ask(question(PRICE_QUESTION))
    assert isinstance(last, Recorded)
    payload = service.get(TENANT, last.answer_id).payload
    assert payload is not None
    inputs = payload["inputs"]
    assert isinstance(inputs, dict)
    asked = question_from(inputs, lambda answer_id: recorded_turn(service.records, TENANT, answer_id))
    assert asked.switches == switches
    trace = Trace(question=asked)
    list(service.pipeline.walk(asked, service.generations.active(TENANT), trace))
    assert trace.answer == last.answer


def test_a_record_without_switches_does_not_mention_them(pipeline: Pipeline, generation: Generation) -> None:
    asked: Question = question(PRICE_QUESTION)
    trace = Trace(question=asked)
    list(pipeline.walk(asked, generation, trace))
    payload = record_payload(trace, {}, 30.0)
    assert isinstance(payload["inputs"], dict) and isinstance(payload["walk"], dict)
    assert "switches" not in payload["inputs"]
    assert "blocked" not in payload["walk"]


def test_the_disclosure_is_the_towns_own_where_it_has_one(walk: Walk, generation: Generation) -> None:
    own = "Hier antwortet der KI-Assistent der Stadt, kein Mensch."
    tenant = generation.tenant.model_copy(update={"disclosure": {"de": own}})
    town = replace(generation, tenant=tenant)
    assert walk(PRICE_QUESTION, on=town).disclosure == own
    assert walk(PRICE_QUESTION, PAUSED, on=town).disclosure == own
    assert walk("How much is a new ID card?", on=town).disclosure == catalog("en").text("disclosure")
    assert walk(PRICE_QUESTION, on=town, style="einfach").disclosure == catalog("de", "einfach").text("disclosure")
