"""What the active generation holds already, so that publishing computes only what changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import GenerationError
from app.index.aliases import ALIASES_FILE, read_aliases
from app.index.aliases import VECTORS_FILE as NAMES_FILE
from app.index.chunk import Chunk
from app.index.dense import DenseIndex
from app.index.generation import PASSAGES_FILE, SENTENCES_FILE, active_id, file_hashes, generations_folder
from app.index.manifest import EmbeddingEntry, Manifest, read_manifest
from app.index.store import CHUNKS_FILE, read_chunks
from app.index.vector_file import read_vectors
from app.models.ports import EmbedderInfo, Matrix
from app.version import code_version
from ingest.chunking import CHUNKER_VERSION, chunk_document
from ingest.document import ServiceDocument
from ingest.embedding import NOTHING_KNOWN, KnownVectors, passage_texts, sentence_texts

_READ = (CHUNKS_FILE, SENTENCES_FILE, ALIASES_FILE, NAMES_FILE, PASSAGES_FILE)


@dataclass(frozen=True, slots=True)
class Published:
    """The passages of the active generation and the vectors of everything that was embedded for it."""

    folder: Path
    chunks: tuple[Chunk, ...]
    passages: KnownVectors
    sentences: KnownVectors
    names: KnownVectors
    hashes: Mapping[str, str]
    """Content hash by id of each document that the same code would chunk; empty when other code did."""

    def chunks_of(self, documents: Iterable[ServiceDocument], hashes: Mapping[str, str]) -> list[Chunk]:
        """The chunks of all documents in order: those of unchanged documents as they were made.

        `hashes` are the content hashes by id, of the documents as they were read: a text in Einfache Sprache has
        taken over the names of its original since then.
        """
        same = {name for name, digest in hashes.items() if self.hashes.get(name) == digest}
        made: dict[str, list[Chunk]] = {}
        for chunk in self.chunks:
            made.setdefault(chunk.document_id, []).append(chunk)
        chunks: list[Chunk] = []
        for document in documents:
            if document.id in same and document.service in same:
                chunks += made.get(document.id, ())
            else:
                chunks += chunk_document(document)
        return chunks


def read_published(data_dir: Path, tenant_id: str, embedder: EmbedderInfo) -> Published | None:
    """The active generation; None when there is none, when a file of it is damaged, or another model embedded it."""
    active = active_id(data_dir, tenant_id)
    if active is None:
        return None
    folder = generations_folder(data_dir, tenant_id) / active
    try:
        manifest = read_manifest(folder)
        if manifest.embedding != EmbeddingEntry.of(embedder):
            return None
        _check(folder, manifest)
        chunks = read_chunks(folder)
        names = [alias.text for alias in read_aliases(folder)]
        return Published(
            folder,
            chunks,
            _known(passage_texts(chunks), _passages(folder, manifest, chunks)),
            _known(sentence_texts(chunks), read_vectors(folder / SENTENCES_FILE)),
            _known(names, read_vectors(folder / NAMES_FILE)),
            _hashes(manifest),
        )
    except (GenerationError, OSError, ValueError):
        return None


def _check(folder: Path, manifest: Manifest) -> None:
    """Raises ValueError when a file is not what was written, OSError when it is missing."""
    names = [name for name in _READ if name in manifest.files]
    if changed := [name for name, digest in file_hashes(folder, names).items() if digest != manifest.files[name]]:
        raise ValueError(f"{', '.join(changed)} changed since publishing")


def _passages(folder: Path, manifest: Manifest, chunks: Sequence[Chunk]) -> Matrix:
    """Generations of earlier versions have the passages' vectors in Chroma alone."""
    if PASSAGES_FILE in manifest.files:
        return read_vectors(folder / PASSAGES_FILE)
    return DenseIndex(folder, [chunk.id for chunk in chunks]).vectors()


def _known(texts: Sequence[str], vectors: Matrix) -> KnownVectors:
    if len(texts) != len(vectors):
        raise ValueError(f"{len(vectors)} vectors for {len(texts)} texts")
    return KnownVectors(dict(zip(texts, range(len(texts)), strict=True)), vectors) if texts else NOTHING_KNOWN


def _hashes(manifest: Manifest) -> dict[str, str]:
    if (manifest.chunker_version, manifest.code_version) != (CHUNKER_VERSION, code_version()):
        return {}
    return {entry.id: entry.content_hash for entry in manifest.documents}
