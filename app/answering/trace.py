"""What each stage saw and did: collected on the walk, written into the answer record."""

from dataclasses import dataclass, field
from time import perf_counter

from app.answering.canonical import Canonical
from app.answering.part_answers import PartAnswer
from app.answering.values import (
    Answer,
    Candidate,
    Evidence,
    Question,
    Rejection,
    RuleFinding,
    Screened,
    Source,
    Statement,
)


@dataclass
class Trace:
    """Filled by the pipeline, stage by stage; the one value on the walk that changes."""

    question: Question
    screened: Screened | None = None
    canonical: Canonical | None = None
    """None when screening ended the walk."""
    rule: RuleFinding | None = None
    blocked: str | None = None
    """Which blocked topic the question is about."""
    resolved: str | None = None
    carried_topic: str | None = None
    corrections: tuple[tuple[str, str], ...] = ()
    intent: str | None = None
    candidates: tuple[Candidate, ...] = ()
    evidence: Evidence | None = None
    parts: tuple[PartAnswer, ...] = ()
    """What was found for every part of a message that asks several things and was answered part by part."""
    rule_sources: tuple[Source, ...] = ()
    """What rules are cited for among the parts of a message, beside the evidence."""
    prompt: str | None = None
    prompt_reference: str | None = None
    draft_error: str | None = None
    """Why the language model could not be asked, when it couldn't."""
    draft: list[str] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    stated: list[Statement] = field(default_factory=list)
    """What the citizen has been shown, in order."""
    answer: Answer | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)
    _started: float = field(default_factory=perf_counter)
    _stage_started: float = field(default_factory=perf_counter)

    def stage_done(self, stage: str) -> None:
        """Notes how long the stage took that ends now, in milliseconds."""
        now = perf_counter()
        self.timings_ms[stage] = round((now - self._stage_started) * 1000, 1)
        self._stage_started = now

    def mark(self, moment: str) -> None:
        """Notes a moment as milliseconds since the start; the first mark of a name counts."""
        self.timings_ms.setdefault(moment, round((perf_counter() - self._started) * 1000, 1))
