"""The story of an answer, read from its record."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.answering.record import answer_from, screened_from
from app.console.answers.labels import module_label
from app.console.answers.rejections import rejection_kind
from app.console.answers.story import Part, Passage, Rejected, Rule, Sentence, Story, Timing
from app.records.record import StoredRecord

_STAGES = ("screen", "rules", "retrieve", "evidence", "draft", "compose")
"""In the order of the walk; a record has those that were reached. Moments such as `done` are none."""
_MOMENTS = ("first_statement", "done")
Titles = Mapping[str, str]
"""Titles of the texts by document id."""


def story_of(record: StoredRecord, titles: Titles) -> Story:
    """The story of a record that is not erased."""
    payload: Mapping[str, Any] = record.payload or {}
    inputs, walk, timings = payload["inputs"], payload["walk"], payload["timings_ms"]
    canonical = walk.get("canonical") or {}
    evidence = walk.get("evidence") or {}
    used = {sentence["chunk_id"] for sentence in evidence.get("sentences", ())}
    question = inputs["question"]
    return Story(
        question=question,
        answer=answer_from(payload["answer"]),
        screened=screened_from(walk["screened"]),
        canonical=_unless(canonical.get("text"), question),
        removed=tuple(canonical.get("removed", ())),
        resolved=_unless(walk["resolved"], canonical.get("text") or question),
        corrections=tuple((before, after) for before, after in walk["corrections"]),
        intent=walk["intent"],
        blocked=walk.get("blocked"),
        rule=_rule(walk["rule"]),
        passages=_passages(walk["candidates"], used, titles),
        sentences=_sentences(evidence, walk["candidates"], titles),
        answerable=evidence.get("answerable"),
        refusal=evidence.get("refusal"),
        topic=titles.get(evidence.get("topic") or "", evidence.get("topic")),
        parts=tuple(_part(part, titles) for part in walk.get("parts", ())),
        prompt=walk["prompt"],
        prompt_reference=walk["prompt_reference"],
        draft=tuple(walk["draft"]),
        draft_error=walk["draft_error"],
        rejected=tuple(
            Rejected(each["text"], rejection_kind(each["reason"]), each["reason"]) for each in walk["rejections"]
        ),
        timings=_timings(timings),
        total_ms=timings.get("done", 0.0),
        first_ms=timings.get("first_statement"),
        energy_wh=float(payload.get("energy_wh") or 0.0),
        environment=_flat(payload["environment"]),
    )


def _unless(text: str | None, other: str) -> str | None:
    return text if text and text != other else None


def _passages(candidates: Sequence[Mapping[str, Any]], used: set[str], titles: Titles) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            title=titles.get(each["document"], each["document"]),
            module=module_label(each["module"]),
            chunk_id=each["chunk_id"],
            dense=each["dense"],
            lexical=each["lexical"],
            coverage=each["coverage"],
            fused=each["fused"],
            used=each["chunk_id"] in used,
        )
        for each in candidates
    )


def _sentences(
    evidence: Mapping[str, Any], candidates: Sequence[Mapping[str, Any]], titles: Titles
) -> tuple[Sentence, ...]:
    documents = {each["chunk_id"]: each["document"] for each in candidates}
    return tuple(
        Sentence(
            number=each["number"],
            text=each["text"],
            title=titles.get(document := documents.get(each["chunk_id"], ""), document),
            score=each["score"],
        )
        for each in evidence.get("sentences", ())
    )


def _rule(rule: Mapping[str, Any] | None) -> Rule | None:
    if rule is None:
        return None
    table = rule.get("table") or {}
    return Rule(
        name=rule["rule"],
        title=rule["source_title"],
        source=rule["source_text"],
        statements=tuple(rule["statements"]),
        inputs=tuple(table.get("inputs", {}).items()),
    )


def _part(part: Mapping[str, Any], titles: Titles) -> Part:
    used = {chunk_id for chunk_id, _ in part["evidence"]}
    return Part(
        words=part["words"],
        resolved=part["resolved"],
        answered=part["answered"],
        rule=_rule(part["rule"]),
        passages=_passages(part["candidates"], used, titles),
    )


def _timings(timings: Mapping[str, float]) -> tuple[Timing, ...]:
    stages = {name: ms for name, ms in timings.items() if name not in _MOMENTS}
    longest = max(stages.values(), default=0.0) or 1.0
    ordered = sorted(stages, key=lambda name: (_STAGES.index(name) if name in _STAGES else len(_STAGES), name))
    return tuple(Timing(name, stages[name], round(100 * stages[name] / longest, 1)) for name in ordered)


def _flat(values: Mapping[str, Any], prefix: str = "") -> tuple[tuple[str, str], ...]:
    """Nested values as pairs of a dotted name and a text; lists in one line."""
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            pairs += _flat(value, f"{prefix}{name}.")
        else:
            listed = isinstance(value, Sequence) and not isinstance(value, str)
            pairs.append((f"{prefix}{name}", ", ".join(map(str, value)) if listed else str(value)))
    return tuple(pairs)
