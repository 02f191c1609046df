"""Asking: admission, conversation, the record that makes an answer count, and what happens when parts fail."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from app.answering.service import AnsweringService
from app.answering.values import AnswerEvent, Disclosed, Origin, Question, Recorded, Stated, Status
from app.errors import (
    BusyError,
    CancelledError,
    InvalidInputError,
    ModelError,
    RecordsError,
    UnknownTenantError,
)
from app.models.ports import Prompt, Sampling
from app.settings import Settings
from tests.answering.samples import PRICE_QUESTION, TOLD, question
from tests.fakes import ScriptedLanguageModel
from tests.knowledge import TENANT
from tests.records.samples import run_sql

FOLLOW_UP = "Und wie lange dauert das?"


def _ask(service: AnsweringService, asked: Question | str) -> Recorded:
    with service.admit():
        events = list(service.ask(question(asked) if isinstance(asked, str) else asked))
    assert isinstance(events[-1], Recorded)
    return events[-1]


def _stated(events: list[AnswerEvent]) -> list[str]:
    return [event.statement.text for event in events if isinstance(event, Stated)]


def test_the_last_event_is_the_record_and_it_is_in_the_log(service: AnsweringService) -> None:
    recorded = _ask(service, question(PRICE_QUESTION, conversation_id="conversation-1"))
    stored = service.get(TENANT, recorded.answer_id)
    assert stored.status == recorded.answer.status == Status.ANSWERED
    assert stored.conversation_id == recorded.conversation_id == "conversation-1"
    assert stored.generation == recorded.answer.generation
    assert service.records.verify().intact


def test_timings_name_the_stages_and_the_two_moments_that_citizens_feel(service: AnsweringService) -> None:
    timings = _ask(service, PRICE_QUESTION).timings_ms
    assert {"screen", "rules", "retrieve", "evidence", "draft", "compose"} <= timings.keys()
    assert 0 < timings["first_statement"] <= timings["done"]


def test_references_differ_and_say_nothing(service: AnsweringService) -> None:
    first, second = _ask(service, PRICE_QUESTION), _ask(service, PRICE_QUESTION)
    assert first.answer == second.answer
    assert first.answer_id != second.answer_id
    assert len(first.answer_id) == 16


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (question(""), InvalidInputError),
        (question("x" * 10_000), InvalidInputError),
        (question("😀😀"), InvalidInputError),
        (question("\x00"), InvalidInputError),
        (Question(PRICE_QUESTION, "nirgendwo", question("x").asked_at), UnknownTenantError),
        (Question(PRICE_QUESTION, "../musterstadt", question("x").asked_at), UnknownTenantError),
    ],
)
def test_what_cannot_be_asked_is_refused_before_the_first_event(
    service: AnsweringService, asked: Question, error: type[Exception]
) -> None:
    with pytest.raises(error):
        next(iter(service.ask(asked)))
    assert service.records.count(TENANT) == 0


def test_a_question_too_many_is_refused_before_anything_is_computed(
    service: AnsweringService, settings: Settings, scripted: ScriptedLanguageModel
) -> None:
    held = [service.admit() for _ in range(settings.queue_size)]
    for slot in held:
        slot.__enter__()
    with pytest.raises(BusyError) as refused, service.admit():
        pytest.fail("admitted")
    assert refused.value.retry_after_s > 0
    assert str(refused.value.retry_after_s) in refused.value.message
    held[0].__exit__(None, None, None)
    with service.admit():
        pass
    for slot in held[1:]:
        slot.__exit__(None, None, None)
    assert scripted.calls == []


def test_a_slot_is_free_again_after_a_failure(service: AnsweringService, settings: Settings) -> None:
    for _ in range(settings.queue_size + 1):
        with pytest.raises(InvalidInputError):
            _ask(service, "")


def test_a_failing_model_gives_a_recorded_apology_with_an_office(
    service: AnsweringService, scripted: ScriptedLanguageModel
) -> None:
    scripted.enqueue(ModelError("The model file is gone."))
    recorded = _ask(service, PRICE_QUESTION)
    assert recorded.answer.status == Status.FAILED
    assert recorded.answer.office is not None
    assert recorded.answer.office.phone in recorded.answer.statements[-1].text
    assert "gone" not in recorded.answer.statements[-1].text
    assert service.get(TENANT, recorded.answer_id).status == "failed"
    assert _ask(service, PRICE_QUESTION).answer.status == Status.ANSWERED


class _BreaksOff(ScriptedLanguageModel):
    """Says its answer, then fails."""

    def _generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[str]:
        yield from super()._generate(prompt, sampling)
        raise ModelError("broken")


def test_what_was_said_before_the_model_failed_stays_in_the_answer(service: AnsweringService) -> None:
    model = _BreaksOff(default=f"{TOLD} [1] Und")
    broken = replace(service, pipeline=replace(service.pipeline, language_model=model))
    events = list(broken.ask(question(PRICE_QUESTION)))
    model.close()
    recorded = events[-1]
    assert isinstance(recorded, Recorded)
    assert recorded.answer.status == Status.FAILED
    assert [said.text for said in recorded.answer.statements] == _stated(events)
    assert recorded.answer.statements[0].text == TOLD
    assert recorded.answer.statements[0].origin == Origin.GENERATED
    assert [source.number for source in recorded.answer.sources] == [1]


def test_a_busy_model_server_gives_a_recorded_answer_of_status_busy(
    service: AnsweringService, scripted: ScriptedLanguageModel
) -> None:
    scripted.enqueue(BusyError("full", retry_after_s=7))
    recorded = _ask(service, PRICE_QUESTION)
    assert recorded.answer.status == Status.BUSY
    assert "7 Sekunden" in recorded.answer.statements[-1].text


def test_an_answer_that_cannot_be_logged_is_not_given(service: AnsweringService, tmp_path: Path) -> None:
    run_sql(tmp_path / "records.sqlite3", "DROP TABLE answer_records")
    seen: list[AnswerEvent] = []
    with pytest.raises(RecordsError):
        seen.extend(service.ask(question(PRICE_QUESTION)))
    assert not any(isinstance(event, Recorded) for event in seen)


def test_a_client_that_leaves_stops_the_model_and_leaves_no_record(
    service: AnsweringService, scripted: ScriptedLanguageModel
) -> None:
    scripted.gate.clear()
    scripted.enqueue(f"{TOLD} [1]")
    cancel = Event()
    events = service.ask(question(PRICE_QUESTION), cancel)
    assert isinstance(next(events), Disclosed)
    cancel.set()
    with pytest.raises(CancelledError):
        list(events)
    scripted.gate.set()
    assert service.records.count(TENANT) == 0
    assert _ask(service, PRICE_QUESTION).answer.status == Status.ANSWERED


def test_nothing_is_recorded_when_the_reader_stops_reading(service: AnsweringService) -> None:
    events = service.ask(question(PRICE_QUESTION))
    next(events)
    del events
    assert service.records.count(TENANT) == 0


def _resolved(service: AnsweringService, recorded: Recorded) -> str:
    """What the question was taken to mean."""
    payload = service.get(TENANT, recorded.answer_id).payload
    assert payload is not None
    walk = payload["walk"]
    assert isinstance(walk, dict)
    return str(walk["resolved"])


def test_a_follow_up_is_understood_from_its_conversation_and_from_no_other(service: AnsweringService) -> None:
    _ask(service, question(PRICE_QUESTION, conversation_id="conversation-1"))
    same = _ask(service, question(FOLLOW_UP, conversation_id="conversation-1"))
    assert _resolved(service, same) == f"Personalausweis beantragen: {FOLLOW_UP}"
    assert same.answer.sources[0].title == "Personalausweis beantragen"
    for elsewhere in ("conversation-2", None):
        other = _ask(service, question(FOLLOW_UP, conversation_id=elsewhere))
        assert _resolved(service, other) == FOLLOW_UP


def test_an_erased_question_no_longer_explains_a_follow_up(service: AnsweringService) -> None:
    first = _ask(service, question(PRICE_QUESTION, conversation_id="conversation-1"))
    service.records.erase(TENANT, first.answer_id)
    after = _ask(service, question(FOLLOW_UP, conversation_id="conversation-1"))
    assert _resolved(service, after) == FOLLOW_UP


def test_personal_data_is_neither_recorded_nor_prompted_nor_logged(
    service: AnsweringService, scripted: ScriptedLanguageModel, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = ("erika.mustermann@example.org", "DE02120300000000202051", "0171 2345678")
    pipeline = replace(service.pipeline, weights=service.pipeline.weights.certain)
    service = replace(service, pipeline=pipeline)  # so that the model is reached
    scripted.enqueue(ModelError("broken"), f"{TOLD} [1]")
    asked = f"{PRICE_QUESTION} Meine Mail: {secrets[0]}, Konto {secrets[1]}, Telefon {secrets[2]}."
    for _ in range(2):
        recorded = _ask(service, question(asked, conversation_id="conversation-1"))
        assert recorded.answer.notices
    _ask(service, question("Und was kostet das?", conversation_id="conversation-1"))
    service.records.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("records.sqlite3*")).decode("utf-8", "replace")
    told = "\n".join([*(prompt.text for prompt, _ in scripted.calls), caplog.text])
    assert "neuer Personalausweis" in kept
    assert "neuer Personalausweis" in told
    for secret in secrets:
        for form in (secret, secret.replace(" ", ""), secret.partition("@")[0]):
            assert form not in kept
            assert form not in told


def test_questions_at_the_same_time_get_the_answers_that_they_get_alone(
    service: AnsweringService, settings: Settings
) -> None:
    asked = [
        PRICE_QUESTION,
        "How much is a new ID card?",
        "Hat das Bürgeramt am Samstag geöffnet?",
        "Habe ich Anspruch auf Wohngeld?",
    ]
    alone = [_ask(service, text).answer for text in asked]
    with ThreadPoolExecutor(max_workers=min(4, settings.queue_size)) as threads:
        together = list(threads.map(lambda text: _ask(service, text).answer, asked * 3))
    assert together == alone * 3
    report = service.records.verify()
    assert report.intact
    assert report.records == len(asked) * 4
