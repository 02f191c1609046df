"""Replaying a day: every answer comes to one outcome, and only what nothing explains is a failure."""

from dataclasses import replace

import pytest

from app.answering.replay_many import FAILURES, Outcome, Replayed, replay_each, tally
from app.answering.service import AnsweringService
from app.answering.values import Recorded
from app.errors import ModelError
from app.records.record import StoredRecord
from tests.answering.samples import PRICE_QUESTION, TOLD, question
from tests.fakes import ScriptedLanguageModel
from tests.knowledge import TENANT

DRAFT = f"{TOLD} [1]"


def _record(service: AnsweringService, text: str, conversation_id: str | None = None) -> StoredRecord:
    *_, last = service.ask(question(text, conversation_id=conversation_id))
    assert isinstance(last, Recorded)
    return service.get(TENANT, last.answer_id)


def _outcomes(service: AnsweringService, *records: StoredRecord) -> list[Outcome]:
    return [result.outcome for result in replay_each(records, service)]


def test_what_has_its_reason_is_told_apart_from_what_has_none(
    service: AnsweringService, scripted: ScriptedLanguageModel
) -> None:
    scripted.enqueue(DRAFT, DRAFT)
    same = _record(service, "Guten Tag!")
    drafted = _record(service, PRICE_QUESTION)
    told = _record(service, PRICE_QUESTION)
    payload = dict(told.payload or {})
    environment = payload["environment"]
    assert isinstance(environment, dict)
    other_code = replace(told, payload={**payload, "environment": {**environment, "code": "0.1.0+other"}})
    assert _outcomes(service, same, drafted, other_code) == [
        Outcome.IDENTICAL,
        Outcome.UNEXPLAINED,  # the model has nothing more to say
        Outcome.EXPLAINED,
    ]


def test_what_is_gone_is_no_failure(service: AnsweringService) -> None:
    first = _record(service, PRICE_QUESTION, "conversation-1")
    follow_up = _record(service, "Und wie lange dauert das?", "conversation-1")
    elsewhere = replace(_record(service, "Guten Tag!"), generation="20200101T000000000000Z")
    erased = service.records.erase(TENANT, first.id)
    results = list(replay_each([erased, follow_up, elsewhere], service))
    assert [result.outcome for result in results] == [
        Outcome.ERASED, Outcome.EARLIER_ERASED, Outcome.GENERATION_GONE,
    ]  # fmt: skip
    assert all(result.detail for result in results)
    assert not FAILURES & {result.outcome for result in results}


def test_an_answer_that_cannot_be_replayed_does_not_stop_the_others(
    service: AnsweringService, scripted: ScriptedLanguageModel
) -> None:
    scripted.enqueue(DRAFT)
    drafted = _record(service, PRICE_QUESTION)
    greeting = _record(service, "Guten Tag!")
    scripted.enqueue(ModelError("broken"))
    assert _outcomes(service, drafted, greeting) == [Outcome.BROKEN, Outcome.IDENTICAL]


@pytest.mark.parametrize("count", [0, 2])
def test_every_outcome_is_counted(count: int) -> None:
    counted = tally([Replayed("a", Outcome.IDENTICAL, "")] * count)
    assert counted == {outcome: count if outcome is Outcome.IDENTICAL else 0 for outcome in Outcome}
