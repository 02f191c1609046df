"""A question is embedded once a walk."""

from collections.abc import Sequence

import numpy as np

from app.models.ports import EmbedderInfo, Matrix, Vector
from app.models.remembered import RememberedQueries


class CountingEmbedder:
    """Gives every text the vector (length of the text, 0)."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    @property
    def info(self) -> EmbedderInfo:
        return EmbedderInfo("counting", "0" * 64, 2, "", "", 512)

    def embed_query(self, text: str) -> Vector:
        self.embedded.append(text)
        return np.array([len(text), 0], dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        return np.array([[len(text), 0] for text in texts], dtype=np.float32)


def test_the_same_question_is_computed_once_and_another_one_anew() -> None:
    counting = CountingEmbedder()
    remembered = RememberedQueries(counting)
    vectors = [remembered.embed_query(text) for text in ("Hund", "Katze", "Hund")]
    assert [vector[0] for vector in vectors] == [4, 5, 4]
    assert counting.embedded == ["Hund", "Katze"]


def test_everything_else_is_the_embedders_own() -> None:
    counting = CountingEmbedder()
    remembered = RememberedQueries(counting)
    assert remembered.info == counting.info
    assert remembered.embed_passages(["ab", "c"]).tolist() == [[2, 0], [1, 0]]
