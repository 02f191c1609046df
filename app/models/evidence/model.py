"""Scoring the sentences of a page, and the page as a whole.

First each sentence by its own features; then again with the first scores of its neighbours and of the page beside
them, because answers are runs of sentences; that is averaged with what the readers see. Last the page, from its best
sentences and from the words that it shares with the question. Three regularised logistic regressions and the readers:
`python -m evaluation.train_evidence` fits them.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict
from safetensors import SafetensorError

from app.errors import ModelError
from app.models.evidence.features import Centre, sentence_features
from app.models.evidence.page import AskedPage, PageScores, Scores
from app.models.evidence.reader import Readers, products_of

EVIDENCE_FILE = Path(__file__).with_name("evidence.json")
"""The regressions; the readers lie beside it under the same name, as safetensors."""
_MISSED = 0.3
"""Right sentences that the model gives no probability to, on average."""


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Log odds = bias + weights · features, by name."""

    names: tuple[str, ...]
    weights: Scores
    bias: float

    def score(self, features: dict[str, Scores]) -> Scores:
        """Raises KeyError when a feature is missing: code and file must agree."""
        return np.asarray(self.weights @ np.array([features[name] for name in self.names]) + self.bias)


@dataclass(frozen=True, slots=True, eq=False)
class EvidenceModel:
    """The fitted model; `version` is a digest of its file, kept in every record."""

    version: str
    centre: Centre
    alone: Linear
    in_context: Linear
    unanswered: Linear
    readers: Readers
    precision_weight: float
    """How much `choose` cares for precision rather than recall, 0 to 1, on pages like those of the training."""
    unanswered_threshold: float
    """Log odds from which on a page counts as not answering."""

    def score(self, page: AskedPage) -> PageScores:
        """Deterministic. A page without sentences never answers."""
        if not page.sentences:
            return PageScores(np.zeros(0), float("inf"))
        features = sentence_features(page, self.centre)
        first = self.alone.score(features)
        second = self.in_context.score(features | context_features(first))
        unanswered = float(self.unanswered.score(page_features(features, first, second))[0])
        read = self.readers.score(features, products_of(page, self.centre))
        return PageScores(combined(second, read), unanswered)

    def select(self, scores: PageScores) -> tuple[int, ...]:
        """Sentences (from 0) that answer, by the thresholds fitted in training; the best one at least."""
        if scores.unanswered >= self.unanswered_threshold:
            return ()
        return choose(scores.sentences, self.precision_weight)


def combined(second: Scores, read: Scores) -> Scores:
    """The mean of both views, in log odds."""
    return np.asarray((second + read) / 2)


def choose(scores: Scores, precision_weight: float) -> tuple[int, ...]:
    """The set of best sentences whose expected precision and recall, so weighted, are highest; ascending.

    With probabilities p in descending order, the first k have the expected precision sum(p) / k and, as the number of
    right sentences is about the sum of all p, the recall sum(p) / (sum of all p + 0.3).
    """
    probabilities = 1 / (1 + np.exp(-scores))
    order = (-probabilities).argsort(kind="stable")
    right = probabilities[order].cumsum()
    sizes = np.arange(1, len(order) + 1)
    value = precision_weight * right / sizes + (1 - precision_weight) * right / (probabilities.sum() + _MISSED)
    return tuple(sorted(order[: int(value.argmax()) + 1].tolist()))


def context_features(scores: Scores) -> dict[str, Scores]:
    """The first scores of a sentence's surroundings; beyond the ends nothing answers."""
    count = len(scores)
    lowest = float(scores.min())
    padded = np.concatenate([np.full(2, lowest), scores, np.full(2, lowest)])
    probabilities = 1 / (1 + np.exp(-scores))
    ranks = (-scores).argsort(kind="stable").argsort(kind="stable")
    return {
        "first": scores,
        "first_previous": padded[1 : count + 1],
        "first_next": padded[3 : count + 3],
        "first_before_that": padded[:count],
        "first_after_that": padded[4 : count + 4],
        "first_gap": scores - scores.max(),
        "first_rank": ranks / max(1, count - 1),
        "first_of_five": np.array([scores[max(0, i - 2) : i + 3].mean() for i in range(count)]),
        "first_share": np.full(count, probabilities.mean()),
        "first_best": np.full(count, float(scores.max())),
    }


_OF_PAGE = (
    "page_title page_best page_mean page_centred page_stems page_pieces page_title_pieces page_length "
    "asked_where asked_when asked_cost"
).split()


def page_features(features: dict[str, Scores], first: Scores, second: Scores) -> dict[str, Scores]:
    """What tells whether a page answers; arrays with one value."""
    best = np.sort(first)[::-1]
    mean = float((1 / (1 + np.exp(-first))).mean())
    values = {name: float(features[name][0]) for name in _OF_PAGE} | {
        "best": float(best[0]),
        "second_best": float(best[min(1, len(best) - 1)]),
        "third_best": float(best[min(2, len(best) - 1)]),
        "share": float(np.log(mean / (1 - mean))),
        "best_in_context": float(second.max()),
        "stands_out": float(features["page_best"][0] - features["page_mean"][0]),
        "best_pieces": float(features["pieces"].max()),
        "best_stems": float(features["stems_window"].max()),
    }
    return {name: np.array([value]) for name, value in values.items()}


class _File(BaseModel):
    """The JSON: regressions as bias and weights by name. The readers lie beside it in a `.safetensors`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    class Regression(BaseModel):
        weights: dict[str, float]
        bias: float

        def linear(self) -> Linear:
            return Linear(tuple(self.weights), np.array(list(self.weights.values()), dtype=np.float64), self.bias)

    alone: Regression
    in_context: Regression
    unanswered: Regression
    precision_weight: float
    unanswered_threshold: float
    centre: dict[Literal["question", "sentence"], tuple[float, ...]]


@lru_cache(maxsize=1)
def load_evidence_model(path: Path = EVIDENCE_FILE) -> EvidenceModel:
    """Reads the fitted model once per process: the JSON, and the readers beside it.

    Raises:
        ModelError: a file is missing or damaged.
    """
    readers = path.with_suffix(".safetensors")
    try:
        content = path.read_bytes()
        file = _File.model_validate_json(content)
        return EvidenceModel(
            version=hashlib.sha256(content + readers.read_bytes()).hexdigest()[:12],
            centre=Centre(**{name: np.array(vector, dtype=np.float32) for name, vector in file.centre.items()}),
            alone=file.alone.linear(),
            in_context=file.in_context.linear(),
            unanswered=file.unanswered.linear(),
            readers=Readers.load(readers, tuple(file.alone.weights)),
            precision_weight=file.precision_weight,
            unanswered_threshold=file.unanswered_threshold,
        )
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise ModelError(
            f"The evidence model {path} is incomplete or damaged ({error}): install Amtslotse again, or fit it with "
            "`python -m evaluation.train_evidence`."
        ) from error


def stacked(features: dict[str, Scores], names: tuple[str, ...]) -> Scores:
    """Features as rows, shape (values, names): what a regression is fitted on."""
    return np.array([features[name] for name in names]).T
