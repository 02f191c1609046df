"""The record holds everything that a replay needs, in plain JSON, and gives it back unchanged."""

import json

from app.answering.pipeline import Pipeline
from app.answering.record import (
    RECORD_FORMAT,
    answer_from,
    answer_payload,
    question_from,
    record_payload,
    screened_from,
    walk_payload,
)
from app.answering.service import AnsweringService
from app.answering.trace import Trace
from app.answering.values import Question, Status, Turn
from app.records.chain import canonical_json
from tests.answering.samples import MONDAY_MORNING, PRICE_QUESTION, QUOTED, TOLD, question
from tests.fakes import ScriptedLanguageModel


def _trace(service: AnsweringService, asked: Question) -> Trace:
    pipeline: Pipeline = service.pipeline
    trace = Trace(question=asked)
    for _ in pipeline.walk(asked, service.generations.active("musterstadt"), trace):
        pass
    return trace


def test_answer_survives_the_way_through_json(service: AnsweringService) -> None:
    for text in (PRICE_QUESTION, "Hat das Bürgeramt am Samstag geöffnet?", "Hilfe, meine Wohnung brennt!"):
        answer = _trace(service, question(text)).answer
        assert answer is not None
        assert answer_from(json.loads(json.dumps(answer_payload(answer)))) == answer


def test_question_and_screening_survive_the_way_through_json(service: AnsweringService) -> None:
    turn = Turn("Was kostet er?", "personalausweis", "Personalausweis beantragen", "buergeramt", Status.ANSWERED)
    asked = Question(PRICE_QUESTION, "musterstadt", MONDAY_MORNING, language="de", history=(turn,))
    trace = _trace(service, asked)
    payload = json.loads(canonical_json(record_payload(trace, {}, power_watts=30)))
    assert question_from(payload["inputs"]) == asked
    assert screened_from(payload["walk"]["screened"]) == trace.screened


def test_record_tells_what_every_stage_saw_and_did(service: AnsweringService, scripted: ScriptedLanguageModel) -> None:
    scripted.enqueue(f"{TOLD} [1] Er kostet 5 Euro. [1]")
    trace = _trace(service, question(PRICE_QUESTION))
    payload = json.loads(canonical_json(record_payload(trace, {"code": "1"}, power_watts=30)))
    assert payload["format"] == RECORD_FORMAT
    assert payload["environment"] == {"code": "1"}
    walk = payload["walk"]
    assert walk["prompt"].endswith(f"Frage: {PRICE_QUESTION}\nAntwort:")
    assert walk["prompt_reference"].startswith("draft.de@")
    assert walk["intent"] == "costs"
    assert walk["draft"] == [f"{TOLD} [1]", "Er kostet 5 Euro. [1]"]
    assert [rejection["text"] for rejection in walk["rejections"]] == ["Er kostet 5 Euro. [1]"]
    best = walk["candidates"][0]
    assert {"chunk_id", "document", "module", "dense", "lexical", "coverage", "fused"} <= best.keys()
    assert walk["evidence"]["sentences"][0]["text"] == QUOTED
    assert walk["evidence"]["topic"] == "personalausweis"
    assert payload["timings_ms"]["draft"] >= 0


def test_record_holds_the_masked_question_only(service: AnsweringService) -> None:
    trace = _trace(service, question(f"{PRICE_QUESTION} Meine Mail: erika.mustermann@example.org"))
    text = canonical_json(record_payload(trace, {}, power_watts=30))
    assert "erika" not in text
    assert "[E-Mail" in text


def test_energy_is_the_machines_power_for_the_time_of_the_walk(service: AnsweringService) -> None:
    trace = _trace(service, question("Guten Tag!"))
    trace.timings_ms["done"] = 3_600_000.0
    assert record_payload(trace, {}, power_watts=30)["energy_wh"] == 30.0


def test_two_walks_of_one_question_are_equal_apart_from_timings(service: AnsweringService) -> None:
    first, second = (_trace(service, question(PRICE_QUESTION)) for _ in range(2))
    assert canonical_json(walk_payload(first)) == canonical_json(walk_payload(second))


def test_a_walk_that_ended_early_has_empty_stages(service: AnsweringService) -> None:
    walk = walk_payload(_trace(service, question("Guten Tag!")))
    assert (walk["rule"], walk["evidence"], walk["prompt"], walk["candidates"]) == (None, None, None, [])
