"""The answer record: everything that is needed to replay an answer and to say why it came out so."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import JsonValue, TypeAdapter

from app.answering.canonical import Canonical
from app.answering.part_answers import PartAnswer
from app.answering.trace import Trace
from app.answering.values import Answer, Candidate, Evidence, Question, Screened, TableUse, Turn
from app.index.chunk import Chunk
from app.switches.state import NOTHING_OFF, InForce

RECORD_FORMAT = 2
"""1 copied the earlier turns of a conversation into `inputs.history`; since 2 it names their records."""
_MS_PER_HOUR = 3_600_000
_ANSWER = TypeAdapter(Answer)
_JSON = TypeAdapter[JsonValue](JsonValue)
_SCREENED = TypeAdapter(Screened)
_TABLE = TypeAdapter(TableUse)
_SWITCHES = TypeAdapter(InForce)
_TURN = TypeAdapter(Turn)


def record_payload(trace: Trace, environment: Mapping[str, JsonValue], power_watts: float) -> dict[str, JsonValue]:
    """The payload of a finished walk. `inputs` and `environment` decide the result; `walk` and `answer` are it.

    The energy is an upper estimate: the whole machine's power for as long as the walk took, in watt hours.
    """
    question, screened = trace.question, trace.screened
    assert screened is not None
    return {
        "format": RECORD_FORMAT,
        "inputs": {
            "question": screened.text,
            "tenant": question.tenant,
            "asked_at": question.asked_at.isoformat(),
            "language": question.language,
            "style": question.style,
            "history": [_reference(turn) for turn in question.history],
            **({} if question.switches == NOTHING_OFF else {"switches": _plain(asdict(question.switches))}),
        },
        "environment": dict(environment),
        "walk": walk_payload(trace),
        "answer": answer_payload(trace.answer) if trace.answer else None,
        "timings_ms": _plain(trace.timings_ms),
        "energy_wh": round(trace.timings_ms.get("done", 0.0) / _MS_PER_HOUR * power_watts, 6),
    }


def walk_payload(trace: Trace) -> dict[str, JsonValue]:
    """What every stage saw and did, in the order of the walk; no timings, so that two walks can be compared."""
    return {
        "screened": _plain(asdict(trace.screened)) if trace.screened else None,
        "canonical": _canonical(trace.canonical) if trace.canonical else None,
        "rule": _plain(asdict(trace.rule)) if trace.rule else None,
        **({"blocked": trace.blocked} if trace.blocked else {}),
        "resolved": trace.resolved,
        "carried_topic": trace.carried_topic,
        "corrections": _plain([list(pair) for pair in trace.corrections]),
        "intent": trace.intent,
        "candidates": [_candidate(candidate) for candidate in trace.candidates],
        "evidence": _evidence(trace.evidence) if trace.evidence else None,
        **({"parts": [_part(part) for part in trace.parts]} if trace.parts else {}),
        "prompt_reference": trace.prompt_reference,
        "prompt": trace.prompt,
        "draft_error": trace.draft_error,
        "draft": list[JsonValue](trace.draft),
        "rejections": _plain([asdict(rejection) for rejection in trace.rejections]),
    }


def answer_payload(answer: Answer) -> dict[str, JsonValue]:
    """An answer as plain JSON; the same answer gives the same value."""
    payload = _ANSWER.dump_python(answer, mode="json")
    assert isinstance(payload, dict)
    return payload


def answer_from(payload: JsonValue) -> Answer:
    """The answer in a record's `answer`."""
    return _ANSWER.validate_python(payload)


def question_from(inputs: Mapping[str, Any], turn_of: Callable[[str], Turn]) -> Question:
    """The question in a record's `inputs`, of either format; `turn_of` gives the turn of a named earlier answer."""
    return Question(
        text=inputs["question"],
        tenant=inputs["tenant"],
        asked_at=datetime.fromisoformat(inputs["asked_at"]),
        language=inputs["language"],
        style=inputs["style"],
        history=tuple(
            turn_of(turn) if isinstance(turn, str) else _TURN.validate_python(turn) for turn in inputs["history"]
        ),
        switches=_SWITCHES.validate_python(inputs.get("switches", {})),
    )


def table_from(rule: JsonValue) -> TableUse | None:
    """The decision table in a record's `walk.rule`, if one fired."""
    table = rule.get("table") if isinstance(rule, dict) else None
    return _TABLE.validate_python(table) if table is not None else None


def screened_from(payload: JsonValue) -> Screened:
    """The result of the first stage in a record's `walk`."""
    return _SCREENED.validate_python(payload)


def _reference(turn: Turn) -> JsonValue:
    """The turn's record, so that its words are nowhere else; the turn itself where no record holds it."""
    return _plain(asdict(turn)) if turn.answer_id is None else turn.answer_id


def _canonical(question: Canonical) -> dict[str, JsonValue]:
    """What it corrected stands in `corrections`, with the corrections of the search."""
    return {"text": question.text, "removed": list[JsonValue](question.removed)}


def _part(answer: PartAnswer) -> dict[str, JsonValue]:
    return {
        "words": answer.part.words,
        "resolved": answer.resolved.text,
        "carried_topic": answer.resolved.carried_topic,
        "answered": answer.answered,
        "rule": _plain(asdict(answer.finding)) if answer.finding else None,
        "candidates": [_candidate(c) for c in answer.retrieval.candidates] if answer.retrieval else [],
        "answerable": answer.evidence.answerable,
        "evidence": [[sentence.chunk.id, sentence.position] for sentence in answer.evidence.sentences],
    }


def _candidate(candidate: Candidate) -> dict[str, JsonValue]:
    return {
        "chunk_id": candidate.chunk.id,
        "sha256": _digest(candidate.chunk),
        "document": candidate.chunk.document_id,
        "module": candidate.chunk.module.value,
        "dense": candidate.dense,
        "lexical": candidate.lexical,
        "coverage": candidate.coverage,
        "fused": candidate.fused,
    }


def _digest(chunk: Chunk) -> str:
    """Over all that was searched and read of a passage; its id covers the text alone, with 80 bits."""
    return hashlib.sha256(f"{chunk.context}\n{chunk.text}".encode()).hexdigest()


def _evidence(evidence: Evidence) -> dict[str, JsonValue]:
    return {
        "answerable": evidence.answerable,
        "refusal": evidence.refusal,
        "topic": evidence.topic.document_id if evidence.topic else None,
        "sentences": [
            {"chunk_id": sentence.chunk.id, "sha256": _digest(sentence.chunk), "position": sentence.position,
             "number": sentence.number, "score": sentence.score, "text": sentence.text}
            for sentence in evidence.sentences
        ],
    }  # fmt: skip


def _plain(value: object) -> JsonValue:
    return _JSON.validate_python(TypeAdapter(type(value)).dump_python(value, mode="json"))
