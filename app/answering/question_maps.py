"""Where a foreign question's vector would lie if it had been asked in German.

A multilingual embedder puts the language itself into a vector: a Ukrainian question is near to whatever German passage
is nearest to Ukrainian questions as such. So each language has the mean of its questions, which is taken away, and a
map of low rank from what is left to what is left of the same questions in German. Cross-validated on OMoS-QA's train
questions in French, Arabic and Ukrainian, the vector alone brings the right one of 441 German pages among the first
five for 70, 67 and 73 % as it is, 81, 72 and 77 % without its mean, and 83, 76 and 82 % with the map.
`python -m evaluation.question_maps` makes the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from app.models.ports import EmbedderInfo, Matrix, Vector

MAPS_FILE = Path(__file__).with_name("question_maps.safetensors")
GERMAN = "de"
REVISION = "embedder_revision"
_WORDS_WEIGHT = 0.75
"""Of German search words beside the question itself, when the glossary knows all of its words."""


@dataclass(frozen=True, slots=True, eq=False)
class QuestionMap:
    """One language's: x goes to (x - mean) + (x - mean) @ down @ up."""

    mean: Vector
    """No unit vector."""
    down: Matrix
    """Shape (dimension, rank); rank 0 without parallel questions."""
    up: Matrix
    """Shape (rank, dimension)."""

    def apply(self, vector: Vector) -> Vector:
        """Where the question would lie among German ones without their mean, unit length."""
        rest = vector - self.mean
        return _unit(rest + (rest @ self.down) @ self.up)


def in_german(vector: Vector, language: str, embedder: EmbedderInfo) -> Vector:
    """The question's vector moved to German, without the mean of German questions, unit length.

    A language that nobody has measured loses the mean of the foreign ones; another embedder's vectors stay as they are.
    """
    revision, maps = _maps()
    return maps.get(language, maps[""]).apply(vector) if embedder.revision == revision else vector


def blended(own: Vector, german: Vector, known: float, language: str, embedder: EmbedderInfo) -> Vector:
    """A question's own vector moved to German, and that of its German search words, unit length.

    `known` is the share of the question's words that the search words stand for, 0 to 1.
    """
    revision, maps = _maps()
    if embedder.revision != revision:
        return german
    words = maps[GERMAN].apply(german)
    return _unit(in_german(own, language, embedder) + _WORDS_WEIGHT * known * words)


@lru_cache(maxsize=1)
def _maps() -> tuple[str, Mapping[str, QuestionMap]]:
    """Revision of the embedder that they were made with, and the map by language; "" for those not measured."""
    with safe_open(MAPS_FILE, framework="numpy") as file:
        revision = str(file.metadata()[REVISION])
        tensors = {name: file.get_tensor(name).astype(np.float32) for name in file.keys()}  # noqa: SIM118
    maps = {
        language: QuestionMap(mean, tensors[f"{language}.down"], tensors[f"{language}.up"])
        for name, mean in tensors.items()
        if name.endswith(".mean") and (language := name.removesuffix(".mean"))
    }
    foreign = [found.mean for language, found in maps.items() if language != GERMAN]
    none = np.zeros((len(foreign[0]), 0), dtype=np.float32)
    maps[""] = QuestionMap(np.mean(foreign, axis=0, dtype=np.float32), none, none.T)
    return revision, maps


def _unit(vector: NDArray[np.floating]) -> Vector:
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
