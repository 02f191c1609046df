"""Why an answer came out so, told from its record: what every stage found, for people who know no stages."""

from dataclasses import dataclass

from app.answering.values import Answer, Screened


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
