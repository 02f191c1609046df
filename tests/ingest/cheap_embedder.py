"""An embedder without a model: a vector for each text, drawn from its hash. Nothing is found by meaning with it."""

import hashlib
from collections.abc import Sequence

import numpy as np

from app.models.ports import EmbedderInfo, Matrix, Vector


class CheapEmbedder:
    """Implements `Embedder`; the same text always has the same vector."""

    def __init__(self, dimension: int = 16) -> None:
        self.info = EmbedderInfo("cheap", "1", dimension, "", "", 512)

    def embed_query(self, text: str) -> Vector:
        return np.asarray(self.embed_passages([text])[0])

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        vectors = np.zeros((len(texts), self.info.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
            vectors[row] = np.random.default_rng(seed).standard_normal(self.info.dimension)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(norms > 0, norms, 1), dtype=np.float32)
