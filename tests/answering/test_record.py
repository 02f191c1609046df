"""The record holds everything that a replay needs, in plain JSON, and gives it back unchanged."""

import json
from typing import Any

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
from app.answering.values import Question, Recorded, Status, Turn
from app.text.canonical_json import canonical_json
from tests.answering.samples import MONDAY_MORNING, PRICE_QUESTION, QUOTED, TOLD, question
from tests.fakes import ScriptedLanguageModel


def _trace(service: AnsweringService, asked: Question) -> Trace:
    pipeline: Pipeline = service.pipeline
    trace = Trace(question=asked)
    for _ in pipeline.walk(asked, service.generations.active("musterstadt"), trace):
        pass
    return trace


PROMISED = {
    "inputs": ("question", "tenant", "asked_at", "language", "style", "history"),
    "environment": ("model_file", "model_sha256", "model_runtime", "prompts", "python", "packages", "code", "processor",
                    "processor_features", "weights", "evidence_model", "screen_model", "embedder_revision"),
    "environment.sampling": ("temperature", "seed", "max_tokens"),
    "walk": ("screened", "rule", "resolved", "intent", "prompt", "prompt_reference", "draft", "rejections"),
    "walk.candidates.0": ("chunk_id", "sha256", "dense", "lexical", "coverage", "fused"),
    "walk.evidence": ("answerable", "topic"),
    "walk.evidence.sentences.0": ("chunk_id", "sha256", "position", "score", "text"),
    "walk.rejections.0": ("text", "reason"),
    "answer": ("status", "statements", "sources", "generation", "model", "disclosure"),
    "timings_ms": ("screen", "rules", "retrieve", "evidence", "draft", "compose", "first_statement", "done"),
    "": ("format", "energy_wh"),
}  # fmt: skip
"""What the design promises of every answer record, by place in the payload."""


def test_a_drafted_answers_record_holds_all_that_the_design_promises(
    service: AnsweringService, scripted: ScriptedLanguageModel
) -> None:
    scripted.enqueue(f"{TOLD} [1] Er kostet 5 Euro. [1]")
    *_, last = service.ask(question(PRICE_QUESTION, conversation_id="conversation-1"))
    assert isinstance(last, Recorded)
    record = service.get("musterstadt", last.answer_id)
    for place, names in PROMISED.items():
        found: Any = record.payload
        for step in filter(None, place.split(".")):
            found = found[int(step)] if step.isdigit() else found[step]
        assert found.keys() >= set(names), place
    assert (record.conversation_id, record.generation) == ("conversation-1", last.answer.generation)
    assert len(record.previous_hash) == len(record.hash) == 64


def test_a_rules_record_names_the_rule_and_its_facts(service: AnsweringService) -> None:
    rule = walk_payload(_trace(service, question("Hat das Bürgeramt am Samstag geöffnet?")))["rule"]
    assert isinstance(rule, dict)
    assert "@" in str(rule["rule"])
    assert rule.keys() >= {"statements", "source_text", "facts"}


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
    assert question_from(payload["inputs"], _nobody) == asked
    assert screened_from(payload["walk"]["screened"]) == trace.screened


def _nobody(answer_id: str) -> Turn:
    raise AssertionError(f"{answer_id} is named by no turn here")


def test_earlier_answers_are_named_and_not_copied(service: AnsweringService) -> None:
    turn = Turn("Was kostet er?", "personalausweis", "Personalausweis", "buergeramt", Status.ANSWERED, answer_id="a1")
    asked = Question("Wo gibt es ihn?", "musterstadt", MONDAY_MORNING, history=(turn,))
    payload = record_payload(_trace(service, asked), {}, power_watts=30)
    assert isinstance(payload["inputs"], dict)
    assert payload["inputs"]["history"] == ["a1"]
    assert turn.question not in canonical_json(payload)
    assert question_from(payload["inputs"], {"a1": turn}.__getitem__) == asked


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
    assert {"chunk_id", "sha256", "document", "module", "dense", "lexical", "coverage", "fused"} <= best.keys()
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
