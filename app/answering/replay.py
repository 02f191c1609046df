"""Replaying an answer from its record: the same walk on the same generation must give the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from app.answering.environment import environment_of
from app.answering.pipeline import Pipeline
from app.answering.record import answer_payload, question_from, screened_from, walk_payload
from app.answering.trace import Trace
from app.errors import NotFoundError
from app.index.live import LiveGenerations
from app.records.record import StoredRecord


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where a replay differs, with both values, and what changed in the environment since."""

    path: str
    recorded: JsonValue
    replayed: JsonValue
    environment: tuple[str, ...]
    """One line a changed part of the environment: the likely reasons."""

    def __str__(self) -> str:
        lines = [f"first difference: {self.path}", f"  recorded: {self.recorded!r}", f"  replayed: {self.replayed!r}"]
        if self.environment:
            lines += ["why: changed since the answer was given:", *(f"  {line}" for line in self.environment)]
        else:
            lines.append("why: unknown; model, prompts, code and processor are the same as then")
        return "\n".join(lines)


def replay(record: StoredRecord, pipeline: Pipeline, generations: LiveGenerations) -> Difference | None:
    """Walks the recorded question again and compares every stage and the answer; None means identical.

    Raises:
        NotFoundError: the record was erased.
        GenerationError: its generation no longer exists.
    """
    if record.payload is None:
        raise NotFoundError(f"The answer {record.id} was erased; only its place in the chain is left.")
    payload = record.payload
    inputs, walk = payload["inputs"], payload["walk"]
    assert isinstance(inputs, dict) and isinstance(walk, dict)
    question = question_from(inputs)
    screened = screened_from(walk["screened"])
    trace = Trace(question=question)
    generation = generations.get(record.tenant, record.generation)
    for _ in pipeline.walk(question, generation, trace, screened=screened if screened.masked else None):
        pass
    assert trace.answer is not None
    again: dict[str, JsonValue] = {"walk": walk_payload(trace), "answer": answer_payload(trace.answer)}
    recorded: dict[str, JsonValue] = {"walk": walk, "answer": payload["answer"]}
    found = _first_difference(recorded, again, "")
    if found is None:
        return None
    path, before, after = found
    then = payload["environment"]
    assert isinstance(then, dict)
    return Difference(path, before, after, _changes(then, environment_of(pipeline)))


def _first_difference(before: JsonValue, after: JsonValue, path: str) -> tuple[str, JsonValue, JsonValue] | None:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            found = _first_difference(before.get(key), after.get(key), f"{path}.{key}".lstrip("."))
            if found:
                return found
        return None
    if isinstance(before, list) and isinstance(after, list):
        for index, (one, other) in enumerate(zip(before, after, strict=False)):
            found = _first_difference(one, other, f"{path}[{index}]")
            if found:
                return found
        return None if len(before) == len(after) else (f"{path} (length)", len(before), len(after))
    return None if before == after else (path, before, after)


def _changes(then: Mapping[str, JsonValue], now: Mapping[str, JsonValue]) -> tuple[str, ...]:
    return tuple(f"{key}: {then.get(key)!r} -> {now.get(key)!r}" for key in now if then.get(key) != now.get(key))
