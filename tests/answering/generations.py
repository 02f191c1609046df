"""Small generations without a model: vectors are random, but the same every time."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from app.index.aliases import Alias
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.models.ports import EmbedderInfo
from evaluation.corpus import Contents, temporary_generation
from tests.index.samples import unit_vectors

EMBEDDER = EmbedderInfo("random", "0" * 64, 16, "", "", 512)


def small_generation(chunks: Sequence[Chunk]) -> AbstractContextManager[Generation]:
    """A generation of these passages; every document has its title for a name."""
    aliases = [Alias(chunk.document_id, chunk.title, question=False) for chunk in chunks]
    return temporary_generation(
        Contents(
            chunks=chunks,
            vectors=unit_vectors(len(chunks)),
            sentence_vectors=unit_vectors(sum(len(chunk.sentences) for chunk in chunks)),
            aliases=aliases,
            alias_vectors=unit_vectors(len(aliases)),
        ),
        EMBEDDER,
    )
