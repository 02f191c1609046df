"""Why an answer came out so, told from its record: what every stage found, for people who know no stages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.answering.record import answer_from, screened_from
from app.answering.values import Answer, Screened
from app.console.answers.labels import module_label
from app.console.answers.rejections import rejection_kind
from app.records.record import StoredRecord

_STAGES = ("screen", "rules", "retrieve", "evidence", "draft", "compose")
"""In the order of the walk; a record has those that were reached. Moments such as `done` are none."""
_MOMENTS = ("first_statement", "done")

Titles = Mapping[str, str]
"""Titles of the texts by document id."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was looked at."""

    title: str
    module: str
    chunk_id: str
    dense: float
    """Cosine similarity with the question."""
    lexical: float
    """BM25."""
    coverage: float
    """Share of the question's words that the text knows, 0 to 1."""
    fused: float
    """What the passages are ordered by, 0 to 1."""
    used: bool
    """Whether a sentence of it became evidence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that was taken as evidence."""

    number: int
    text: str
    title: str
    score: float
    """How likely it answers the question, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A drafted sentence that nobody was shown."""

    text: str
    kind: str
    """A key of the wording, `why.rejection.<kind>`."""
    reason: str
    """As verification put it, in English."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A deterministic rule that answered or asked back."""

    name: str
    title: str
    source: str
    statements: tuple[str, ...]
    inputs: tuple[tuple[str, str], ...]
    """What a decision table had been told."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions in a message."""

    words: str
    resolved: str
    answered: bool
    rule: Rule | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a stage took."""

    stage: str
    ms: float
    share: float
    """Of the longest stage, in percent: the length of its bar."""


@dataclass(frozen=True, slots=True)
class Story:
    """All of it; what a walk did not get to is empty or None."""

    question: str
    """Masked."""
    answer: Answer
    screened: Screened
    canonical: str | None
    """The question in the town's words, when it differs."""
    removed: tuple[str, ...]
    resolved: str | None
    """With what the conversation adds, when it differs."""
    corrections: tuple[tuple[str, str], ...]
    intent: str | None
    blocked: str | None
    rule: Rule | None
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    answerable: float | None
    """How likely the texts answer the question at all, 0 to 1; None when they were not asked."""
    refusal: float | None
    """The language model's log odds of refusing; None when it was not asked for its opinion."""
    topic: str | None
    """Title of the nearest text."""
    parts: tuple[Part, ...]
    prompt: str | None
    prompt_reference: str | None
    draft: tuple[str, ...]
    draft_error: str | None
    rejected: tuple[Rejected, ...]
    timings: tuple[Timing, ...]
    total_ms: float
    first_ms: float | None
    """Until the citizen saw the first words."""
    energy_wh: float
    environment: tuple[tuple[str, str], ...]
    """What it ran on: model, versions, sampling."""


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
