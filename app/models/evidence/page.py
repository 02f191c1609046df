"""What the evidence model reads: one question and one page, as text and as vectors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.models.evidence.rarity import WordRarity
from app.models.ports import Matrix, Vector

Scores = NDArray[np.float64]
"""One value a sentence; not a unit vector, as `Vector` is."""


@dataclass(frozen=True, slots=True, eq=False)
class AskedPage:
    """One question beside one page. All vectors have unit length and the dimension of the embedder."""

    question: str
    question_vector: Vector
    title: str
    title_vector: Vector
    sentences: tuple[str, ...]
    sentence_vectors: Matrix
    """One row a sentence, embedded as "title: sentence"."""
    language: str
    """ISO 639-1 code of the page; words are compared by its stems."""
    rarity: WordRarity
    """How rare words are in the collection that the page belongs to."""


@dataclass(frozen=True, slots=True, eq=False)
class PageScores:
    """What the model thinks of one page, in log odds (natural logarithm of p / (1 - p))."""

    sentences: Scores
    """That each sentence belongs to the answer, given that the page answers."""
    unanswered: float
    """That no sentence of the page answers."""
