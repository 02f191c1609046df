"""The language model's second opinion: how readily it would refuse to answer from the evidence.

The adapter has learned to say so when its sources don't answer the question. How likely it finds that sentence tells
about as much as all similarities together, and other things: it has read question and evidence side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import expm1, log
from pathlib import Path
from threading import Event

from app.answering.draft import render_prompt
from app.answering.prompts import load_prompt
from app.answering.values import EvidenceSentence
from app.errors import InvalidInputError
from app.models.logistic import LogisticModel
from app.models.ports import LanguageModel, Scoring

LIMIT = 5.0
"""Log odds beyond which a refusal counts as certain, or as out of the question."""
_TOKENS = 4
"""Of the refusal; the rest follows from them."""
_SMALLEST = 1e-9


@dataclass(frozen=True, slots=True)
class SecondOpinionWeights:
    """How own probability and second opinion are weighed; learned with one adapter, valid for that one only."""

    adapter_sha256: str
    model: LogisticModel
    """Over `own`, the log odds of the own probability, and `refusal`, those of the refusal."""
    thresholds: dict[str, float]
    """Per operating point of a tenant, as `Weights.answerable_thresholds`."""

    def combined(self, own: float, refusal: float) -> float:
        """The probability that the knowledge answers, from the own one and the log odds of a refusal."""
        own = min(max(own, _SMALLEST), 1 - _SMALLEST)
        return self.model.probability({"own": log(own / (1 - own)), "refusal": refusal})

    def settled(self, own: float, point: str) -> bool | None:
        """Whether the knowledge answers, whatever the second opinion; None when it decides, and has to be asked."""
        threshold = self.thresholds[point]
        if self.combined(own, LIMIT) >= threshold:
            return True
        return False if self.combined(own, -LIMIT) < threshold else None


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """A model that can be asked about one question."""

    model: LanguageModel
    prompts_dir: Path
    question: str
    cancel: Event | None

    def refusal(self, evidence: Sequence[EvidenceSentence]) -> float | None:
        """Log odds that the model refuses, within ±LIMIT; None when it has no opinion.

        Raises what `LanguageModel.log_probability` raises, except when the evidence is too long for it.
        """
        template = load_prompt(self.prompts_dir, self.model.info.prompt, evidence[0].chunk.language)
        if template is None or template.refusal is None:
            return None
        prompt = render_prompt(template, self.question, evidence)
        try:
            told = self.model.log_probability(prompt, Scoring(f" {template.refusal}", _TOKENS), self.cancel)
        except InvalidInputError:
            return None
        return None if told is None else _log_odds(told)


def _log_odds(log_probability: float) -> float:
    denied = -expm1(min(log_probability, -_SMALLEST))
    return min(max(log_probability - log(denied), -LIMIT), LIMIT)
