"""What is embedded of a generation, and embedding it in batches with progress."""

from collections.abc import Callable, Sequence

import numpy as np

from app.index.chunk import Chunk
from app.models.ports import Embedder, Matrix, Vector

Progress = Callable[[str, int, int], None]
"""Called with a step's name, how much of it is done, and how much there is."""

_EMBED_BATCH = 256


def passage_texts(chunks: Sequence[Chunk]) -> list[str]:
    """What is embedded of each chunk."""
    return [f"{chunk.context}\n{chunk.text}" for chunk in chunks]


def sentence_texts(chunks: Sequence[Chunk]) -> list[str]:
    """What is embedded of each quotable unit, chunks in order."""
    return [f"{chunk.title}: {sentence}" for chunk in chunks for sentence in chunk.sentences]


def embed_texts(
    embedder: Embedder, texts: Sequence[str], known: dict[str, Vector], step: str, progress: Progress
) -> Matrix:
    """Vectors of the texts in order, shape (texts, dimension)."""
    new = [text for text in dict.fromkeys(texts) if text not in known]
    computed: dict[str, Vector] = {}
    for start in range(0, len(new), _EMBED_BATCH):
        progress(step, len(texts) - len(new) + start, len(texts))
        part = new[start : start + _EMBED_BATCH]
        computed.update(zip(part, embedder.embed_passages(part), strict=True))
    progress(step, len(texts), len(texts))
    vectors = [known[text] if text in known else computed[text] for text in texts]
    return np.array(vectors, dtype=np.float32).reshape(len(texts), embedder.info.dimension)
