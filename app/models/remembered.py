"""An embedder that computes the vector of a question once, however many stages of a walk ask for it."""

from collections.abc import Sequence

from app.models.ports import Embedder, EmbedderInfo, Matrix, Vector


class RememberedQueries:
    """Implements `Embedder` on top of another; make one for each walk, it never forgets."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, Vector] = {}

    @property
    def info(self) -> EmbedderInfo:
        return self._embedder.info

    def embed_query(self, text: str) -> Vector:
        if text not in self._vectors:
            self._vectors[text] = self._embedder.embed_query(text)
        return self._vectors[text]

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        return self._embedder.embed_passages(texts)
