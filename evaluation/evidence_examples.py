"""What the evidence model is trained on: one question beside its page, as features."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.models.evidence.page import Scores
from app.models.ports import Matrix

Features = dict[str, Scores]
"""By name, one value a sentence (of a page's features: one value)."""


@dataclass(frozen=True, eq=False)
class Example:
    """One question beside its page."""

    question: str
    """Id, the same in all languages."""
    language: str
    fold: int
    features: Features
    products: Matrix
    """Centred question times centred sentence, shape (sentences, dimension)."""
    marked: NDArray[np.bool_]
    """One flag a sentence."""

    @property
    def answered(self) -> bool:
        return bool(self.marked.any())
