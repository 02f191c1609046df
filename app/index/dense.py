"""The dense index of a generation: one Chroma directory, one collection, cosine distance."""

import json
import weakref
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.errors import GenerationError
from app.files import write_atomically
from app.index.chunk import Chunk
from app.models.ports import Matrix, Vector

if TYPE_CHECKING:
    import chromadb

CHROMA_FOLDER = "chroma"
DATABASE = "chroma.sqlite3"
SIZES_FILE = "dense_sizes.json"
_COLLECTION = "passages"
_BATCH = 2000
"""Below Chroma's largest batch of 5461."""
_EF = 200
"""Width of the graph search: high, because recall matters more here than a millisecond."""
_UNIT_TOLERANCE = 1e-3
_OVERSAMPLING = 3
"""Passages asked of the graph for one that is wanted: the others may be in another language, or not valid today."""

RowMask = NDArray[np.bool_]
"""Shape (chunks,): which passages may be found."""


@dataclass(frozen=True, slots=True)
class DenseHit:
    row: int
    """Index of the chunk in the store."""
    similarity: float
    """Cosine, -1 to 1."""


def _client(folder: Path) -> "chromadb.api.ClientAPI":
    import chromadb  # two seconds that commands without an index need not wait for
    from chromadb.config import Settings as ChromaSettings

    return chromadb.PersistentClient(
        path=str(folder / CHROMA_FOLDER),
        settings=ChromaSettings(anonymized_telemetry=False, allow_reset=False, is_persistent=True),
    )


def write_dense(folder: Path, chunks: Sequence[Chunk], vectors: Matrix) -> None:
    """Builds the Chroma directory inside a generation. `vectors` has one row a chunk."""
    with closing(_client(folder)) as client:
        collection = client.create_collection(
            _COLLECTION,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_construction": _EF, "ef_search": _EF}},
        )
        _add(collection, chunks, vectors)
    _write_sizes(folder)


def change_dense(folder: Path, removed: Sequence[str], chunks: Sequence[Chunk], vectors: Matrix) -> int:
    """Removes passages by their ids, then adds others; gives back how many there are now."""
    with closing(_client(folder)) as client:
        collection = client.get_collection(_COLLECTION, embedding_function=None)
        for start in range(0, len(removed), _BATCH):
            collection.delete(ids=list(removed[start : start + _BATCH]))
        _add(collection, chunks, vectors)
        count: int = collection.count()
    _write_sizes(folder)
    return count


def _add(collection: "chromadb.Collection", chunks: Sequence[Chunk], vectors: Matrix) -> None:
    for start in range(0, len(chunks), _BATCH):
        part = chunks[start : start + _BATCH]
        collection.add(
            ids=[chunk.id for chunk in part],
            embeddings=vectors[start : start + _BATCH],
            metadatas=[_metadata(chunk) for chunk in part],
        )


def _write_sizes(folder: Path) -> None:
    write_atomically(folder / SIZES_FILE, json.dumps(_sizes(folder), sort_keys=True))


def _sizes(folder: Path) -> dict[str, int]:
    """Size in bytes of each of Chroma's vector files."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_size for path in (folder / CHROMA_FOLDER).rglob("*.bin")
    }


def _metadata(chunk: Chunk) -> dict[str, str]:
    return {"language": chunk.language, "variant": chunk.variant, "service": chunk.service}


class DenseIndex:
    """A generation's dense index, opened for reading. Chroma's files are closed when nobody holds it any more."""

    def __init__(self, folder: Path, ids: Sequence[str]) -> None:
        """`ids` are the chunks' in the order of their rows.

        Raises GenerationError when the index is missing, damaged, or does not hold exactly these chunks.
        """
        if not (folder / CHROMA_FOLDER / DATABASE).is_file():
            raise GenerationError(f"{folder} has no dense index: publish again or roll back.")
        self._folder = folder
        self._check_sizes()
        try:
            client = _client(folder)
            weakref.finalize(self, client.close).atexit = False
            self._collection = client.get_collection(_COLLECTION, embedding_function=None)
            self._count = self._collection.count()
        except Exception as error:
            raise self._damaged(str(error)) from error
        if self._count != len(ids):
            raise self._damaged(f"it holds {self._count} of {len(ids)} passages")
        self._rows = {name: row for row, name in enumerate(ids)}
        self._vectors = self._read_vectors()

    def _check_sizes(self) -> None:
        """Chroma reads past the end of a truncated file, whatever lies in memory there; so look before it does."""
        try:
            written: dict[str, int] = json.loads((self._folder / SIZES_FILE).read_text("utf-8"))
            now = _sizes(self._folder)
        except (OSError, ValueError) as error:
            raise self._damaged(str(error)) from error
        for name, size in written.items():
            if now.get(name, 0) < size:
                raise self._damaged(f"{name} is shorter than it was written")

    def vectors(self) -> Matrix:
        """All passages' vectors in the chunks' order, shape (chunks, dimension)."""
        return self._vectors

    def _read_vectors(self) -> Matrix:
        """All passages' vectors in the chunks' order.

        Reading them also shows most other damage: of damaged files Chroma makes wrong neighbours without a word.
        Raises GenerationError.
        """
        vectors = np.zeros((self._count, 0), dtype=np.float32)
        try:
            for start in range(0, self._count, _BATCH):
                result = self._collection.get(limit=_BATCH, offset=start, include=["embeddings"])
                rows = [self._rows[name] for name in result["ids"]]
                part = np.asarray(result["embeddings"], dtype=np.float32)
                if not start:
                    vectors = np.zeros((self._count, part.shape[1]), dtype=np.float32)
                vectors[rows] = part
        except Exception as error:
            raise self._damaged(str(error)) from error
        if not np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=_UNIT_TOLERANCE):
            raise self._damaged("some vectors are not what was written")
        return vectors

    def _damaged(self, why: str) -> GenerationError:
        return GenerationError(f"The dense index in {self._folder} is damaged ({why}): publish again or roll back.")

    def search(self, query: Vector, limit: int, usable: RowMask) -> list[DenseHit]:
        """The usable passages nearest to the query, best first.

        The graph is asked for more than are wanted, and what is not usable dropped: Chroma's own filter reads the
        metadata of every passage first (25 ms at 10,000). Where most are not usable, all that are get compared.
        """
        limit = min(limit, int(usable.sum()))
        hits = [hit for hit in self._neighbours(query, limit * _OVERSAMPLING) if usable[hit.row]]
        if len(hits) < limit:
            rows = np.flatnonzero(usable)
            pairs = zip(rows.tolist(), self.similarities(query, rows).tolist(), strict=True)
            hits = [DenseHit(row, similarity) for row, similarity in pairs]
        return sorted(hits, key=lambda hit: (-hit.similarity, hit.row))[:limit]

    def similarities(self, query: Vector, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Cosine of the query with the passages in these rows, shape (rows,)."""
        return np.asarray(self._vectors[rows] @ query)

    def _neighbours(self, query: Vector, count: int) -> list[DenseHit]:
        if not count:
            return []
        result = self._collection.query(
            query_embeddings=query.reshape(1, -1), n_results=min(count, self._count), include=["distances"]
        )
        distances = result["distances"] or [[]]
        return [
            DenseHit(row=self._rows[name], similarity=1.0 - distance)
            for name, distance in zip(result["ids"][0], distances[0], strict=True)
        ]
