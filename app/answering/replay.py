"""Replaying an answer from its record: the same walk on the same generation must give the same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pydantic import JsonValue

from app.answering.conversation import recorded_turn
from app.answering.environment import changes, environment_of
from app.answering.record import answer_payload, question_from, screened_from, walk_payload
from app.answering.service import AnsweringService
from app.answering.trace import Trace
from app.answering.values import Status
from app.errors import NotFoundError
from app.records.record import StoredRecord

_BROKEN_OFF = (Status.FAILED, Status.BUSY)


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where a replay differs, with both values, and why it may."""

    path: str
    recorded: JsonValue
    replayed: JsonValue
    reasons: tuple[str, ...]
    """One line each: a part of the environment that changed since, or that the model broke down then. Empty when
    nothing explains the difference: then the record was changed, or the product is not reproducible."""

    def __str__(self) -> str:
        lines = [f"first difference: {self.path}", f"  recorded: {self.recorded!r}", f"  replayed: {self.replayed!r}"]
        if self.reasons:
            lines += ["why: changed since the answer was given:", *(f"  {line}" for line in self.reasons)]
        else:
            lines.append("why: unknown; model, prompts, code, libraries and processor are the same as then")
        return "\n".join(lines)


def replay(record: StoredRecord, service: AnsweringService) -> Difference | None:
    """Walks the recorded question again and compares every stage and the answer; None means identical.

    Nothing is recorded. What later code notes besides is no difference: only what the record holds is compared.

    Raises:
        NotFoundError: the record was erased.
        EarlierErasedError: an earlier answer was, to which this one refers.
        GenerationError: its generation no longer exists.
        BusyError, ModelError: the language model cannot be asked now.
    """
    if record.payload is None:
        raise NotFoundError(f"The answer {record.id} was erased; only its place in the chain is left.")
    payload = record.payload
    inputs, walk, then = payload["inputs"], payload["walk"], payload["environment"]
    assert isinstance(inputs, dict) and isinstance(walk, dict) and isinstance(then, dict)
    question = question_from(inputs, partial(recorded_turn, service.records, record.tenant))
    screened = screened_from(walk["screened"])
    trace = Trace(question=question)
    generation = service.generations.get(record.tenant, record.generation)
    for _ in service.pipeline.walk(question, generation, trace, screened=screened if screened.masked else None):
        pass
    assert trace.answer is not None
    again: dict[str, JsonValue] = {"walk": walk_payload(trace), "answer": answer_payload(trace.answer)}
    now = environment_of(service.pipeline)
    found = _first_difference(
        {"walk": walk, "answer": payload["answer"]}, again, "", whole=then.get("code") == now["code"]
    )
    if found is None:
        return None
    path, before, after = found
    return Difference(path, before, after, (*_broken_off(record), *changes(then, now)))


def _broken_off(record: StoredRecord) -> Iterator[str]:
    if record.status in _BROKEN_OFF:
        yield f"the language model gave no answer then (status {record.status})"


def _first_difference(
    before: JsonValue, after: JsonValue, path: str, *, whole: bool
) -> tuple[str, JsonValue, JsonValue] | None:
    """With `whole`, what stands in `after` alone is a difference too: the same code notes the same things."""
    if isinstance(before, dict) and isinstance(after, dict):
        new = [key for key in after if key not in before] if whole else []
        for key in [*before, *new]:
            found = _first_difference(before.get(key), after.get(key), f"{path}.{key}".lstrip("."), whole=whole)
            if found:
                return found
        return None
    if isinstance(before, list) and isinstance(after, list):
        for index, (one, other) in enumerate(zip(before, after, strict=False)):
            found = _first_difference(one, other, f"{path}[{index}]", whole=whole)
            if found:
                return found
        return None if len(before) == len(after) else (f"{path} (length)", len(before), len(after))
    return None if before == after else (path, before, after)
