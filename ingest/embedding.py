"""What is embedded of a generation, and embedding it in batches with progress."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from app.index.chunk import Chunk
from app.index.vector_file import VectorFile, read_vectors
from app.models.ports import Embedder, Matrix

Progress = Callable[[str, int, int], None]
"""Called with a step's name, how much of it is done, and how much there is."""

_EMBED_BATCH = 256


@dataclass(frozen=True, slots=True)
class KnownVectors:
    """Vectors of texts that were embedded before, by the same model."""

    rows: Mapping[str, int]
    vectors: Matrix
    """Shape (rows, dimension)."""


NOTHING_KNOWN = KnownVectors({}, np.zeros((0, 0), dtype=np.float32))


def passage_texts(chunks: Sequence[Chunk]) -> list[str]:
    """What is embedded of each chunk."""
    return [f"{chunk.context}\n{chunk.text}" for chunk in chunks]


def sentence_texts(chunks: Sequence[Chunk]) -> list[str]:
    """What is embedded of each quotable unit, chunks in order."""
    return [f"{chunk.title}: {sentence}" for chunk in chunks for sentence in chunk.sentences]


def embed_texts(embedder: Embedder, texts: Sequence[str], known: KnownVectors, step: str, progress: Progress) -> Matrix:
    """Vectors of the texts in order, shape (texts, dimension), in memory."""
    with TemporaryDirectory() as folder:
        return np.array(embed_into(Path(folder) / "vectors.npy", embedder, texts, known, step, progress))


def embed_into(
    path: Path, embedder: Embedder, texts: Sequence[str], known: KnownVectors, step: str, progress: Progress
) -> Matrix:
    """Writes the vectors of the texts in order into an `.npy` file and gives it back memory-mapped.

    Known ones are copied. The others are computed longest first, texts of like length together, so that little is
    padded and the time that remains is not underestimated. Memory holds one batch.
    """
    places: dict[str, list[int]] = {}
    rows, sources = [], []
    for row, text in enumerate(texts):
        source = known.rows.get(text)
        if source is None:
            places.setdefault(text, []).append(row)
        else:
            rows.append(row)
            sources.append(source)
    new = sorted(places, key=lambda text: (-len(text), text))
    with VectorFile(path, len(texts), embedder.info.dimension) as file:
        file.copy(np.array(rows, dtype=np.intp), known.vectors, np.array(sources, dtype=np.intp))
        done = len(rows)
        for start in range(0, len(new), _EMBED_BATCH):
            progress(step, done, len(texts))
            part = new[start : start + _EMBED_BATCH]
            vectors = embedder.embed_passages(part)
            targets = np.array([row for text in part for row in places[text]], dtype=np.intp)
            file.copy(targets, vectors, np.repeat(np.arange(len(part)), [len(places[text]) for text in part]))
            done += len(targets)
    progress(step, len(texts), len(texts))
    return read_vectors(path)
