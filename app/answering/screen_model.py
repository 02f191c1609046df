"""A learned second look at messages that no pattern recognises: a softmax regression on the question's vector.

It reads the vector that retrieval needs anyway, and as cues which categories of patterns have a word in the message.
It speaks up only above a threshold per verdict, so an ordinary question is seldom mistaken for something else.
`python -m evaluation.train_screening` makes the file.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log1p
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.answering.folding import fold
from app.answering.patterns import categories
from app.answering.values import Status
from app.errors import ConfigurationError
from app.models.ports import Embedder, Vector

SCREEN_MODEL_FILE = Path(__file__).with_name("screen_model.json")
ORDINARY = "ordinary"
"""The label of a message that goes on to the search; every other label is a key of the wording catalog."""
MEDICAL = "advice.medical"
"""Symptoms and remedies have words of their own; other cases for staff read like questions about the rule."""
_VERDICTS = {
    "emergency": Status.EMERGENCY,
    "decided_by_staff": Status.DECIDED_BY_STAFF,
    "advice": Status.DECIDED_BY_STAFF,
    "human": Status.ANSWERED_BY_RULE,
    "human_wanted": Status.ANSWERED_BY_RULE,
    "small_talk": Status.ANSWERED_BY_RULE,
    "declined": Status.DECLINED,
    "out_of_scope": Status.OUT_OF_SCOPE,
}
"""By the first part of the wording key."""
_COMMAND = "`python -m evaluation.train_screening`"
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the model takes a message for."""

    wording: str
    """Catalog key of the likeliest wording of this verdict."""
    verdict: Status
    probability: float
    """Of all wordings that share the threshold; 0 to 1, three decimals."""
    signal: str
    """`model@version/wording`, as the record keeps it."""


Recognise = Callable[[str], Recognised | None]
"""From the text of a message (masked) to what it is taken for; None for an ordinary question."""


@dataclass(frozen=True, slots=True, eq=False)
class ScreenModel:
    """The fitted model; `version` is a digest of its file, kept in every record."""

    version: str
    embedder_revision: str
    """Vectors of another embedder mean something else: with one, patterns screen alone."""
    labels: tuple[str, ...]
    weights: Array
    """Shape (labels, features), in the order of `features`."""
    bias: Array
    """Shape (labels,)."""
    thresholds: Mapping[str, float]
    """By what `threshold_of` says of a label: the least probability, of its labels together, with which they count."""

    def recogniser(self, embedder: Embedder) -> Recognise | None:
        """The model on this embedder; None when it was fitted on another one."""
        if embedder.info.revision != self.embedder_revision:
            return None
        return lambda text: self.recognise(text, embedder.embed_query(text))

    def recognise(self, text: str, vector: Vector) -> Recognised | None:
        """The likeliest verdict, when it is likely enough; None lets the message go on."""
        shares = self.probabilities(text, vector)
        kinds = [threshold_of(label) for label in self.labels]
        totals = {
            kind: sum(share for share, of in zip(shares, kinds, strict=True) if of == kind) for kind in self.thresholds
        }
        kind, total = max(totals.items(), key=lambda entry: entry[1])
        if total < self.thresholds[kind]:
            return None
        _, wording = max((shares[row], self.labels[row]) for row, of in enumerate(kinds) if of == kind)
        verdict = verdict_of(wording)
        if verdict is None:
            return None
        return Recognised(wording, verdict, round(float(total), 3), f"model@{self.version}/{wording}")

    def probabilities(self, text: str, vector: Vector) -> Array:
        """Shape (labels,), in the order of `labels`; they add up to 1."""
        scores = self.weights @ features(text, vector) + self.bias
        shares = np.exp(scores - scores.max())
        return np.asarray(shares / shares.sum(), dtype=np.float64)


def features(text: str, vector: Vector) -> Array:
    """The vector, how long the message is, whether it asks, and a cue (0 or 1) for each category of patterns.

    Shape (dimension + 2 + categories,); the categories in the order of their names.
    """
    folded = fold(text)
    cues = [float(category.hinted(folded)) for category in sorted(categories(), key=lambda category: category.name)]
    return np.concatenate([vector, [log1p(len(text.split())), float("?" in text or "؟" in text), *cues]])


def verdict_of(label: str) -> Status | None:
    """How a message with this label ends; None for an ordinary question.

    Raises:
        ConfigurationError: no such label.
    """
    if label.split(".")[0] == ORDINARY:
        return None
    try:
        return _VERDICTS[label.split(".")[0]]
    except KeyError:
        raise ConfigurationError(f"'{label}' is no label of screening: use '{ORDINARY}' or a wording key.") from None


def threshold_of(label: str) -> str | None:
    """Which threshold a label shares: the one of its verdict, or its own where it is told apart far more surely."""
    verdict = verdict_of(label)
    return label if label == MEDICAL else verdict and verdict.value


@lru_cache(maxsize=1)
def load_screen_model(path: Path = SCREEN_MODEL_FILE) -> ScreenModel:
    """Reads the model once per process.

    Raises:
        ConfigurationError: the file does not fit this code.
    """
    content = path.read_bytes()
    try:
        raw = json.loads(content)
        model = ScreenModel(
            version=hashlib.sha256(content).hexdigest()[:12],
            embedder_revision=raw["embedder_revision"],
            labels=tuple(raw["labels"]),
            weights=np.array(raw["weights"], dtype=np.float64),
            bias=np.array(raw["bias"], dtype=np.float64),
            thresholds={str(name): float(least) for name, least in raw["thresholds"].items()},
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{path} is damaged ({error!r}): run `python -m evaluation.train_screening`."
        ) from error
    if raw["cues"] != sorted(category.name for category in categories()):
        raise ConfigurationError(f"{path} was fitted with other categories of patterns: run {_COMMAND}.")
    return model
