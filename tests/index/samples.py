"""Passages without a model: vectors are random, but the same every time."""

from dataclasses import replace

import numpy as np

from app.index.chunk import Chunk
from app.models.ports import Matrix
from ingest.chunking import chunk_document
from tests.ingest.samples import document


def passages(*texts: str, language: str = "de") -> list[Chunk]:
    """One passage of a document of its own for each text."""
    (sample,) = chunk_document(document("Text."))
    return [
        replace(
            sample, id=f"{language}-{number}", document_id=f"text-{number}", text=text, context="", language=language
        )
        for number, text in enumerate(texts)
    ]


def unit_vectors(count: int, dimension: int = 16) -> Matrix:
    """Shape (count, dimension), each row of unit length."""
    vectors = np.random.default_rng(1).normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
