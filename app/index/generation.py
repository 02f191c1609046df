"""An immutable generation opened for reading, and the pointer that says which one is active."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from app.errors import GenerationError, NotReadyError
from app.files import write_atomically
from app.index.aliases import AliasIndex
from app.index.chunk import Chunk
from app.index.dense import DenseIndex
from app.index.lexical import LexicalIndex
from app.index.manifest import EmbeddingEntry, Manifest, read_manifest
from app.index.store import read_chunks
from app.models.ports import EmbedderInfo, Matrix
from app.tenants.tenant import Tenant, load_tenant
from app.text.terms import GENERIC_WORDS, content_words, stem

SENTENCES_FILE = "sentences.npy"
_POINTER = "active"
_GENERIC = frozenset(stem(word) for word in GENERIC_WORDS)


@dataclass(frozen=True)
class Generation:
    """One published state of a town's knowledge: texts, indexes, and the tenant's settings as published."""

    folder: Path
    manifest: Manifest
    tenant: Tenant
    chunks: tuple[Chunk, ...]
    dense: DenseIndex
    lexical: LexicalIndex
    aliases: AliasIndex
    sentence_vectors: Matrix
    """One row a quotable unit, chunks in order, units in order; memory-mapped."""
    sentence_starts: tuple[int, ...]
    """Row of the first unit of each chunk."""

    @property
    def id(self) -> str:
        return self.manifest.id

    @cached_property
    def languages(self) -> frozenset[str]:
        """Languages that at least one passage is written in."""
        return frozenset(chunk.language for chunk in self.chunks)

    @cached_property
    def alias_stems(self) -> dict[str, tuple[frozenset[str], ...]]:
        """Per document: the stems of each title or synonym, without words that any service could be asked about."""
        stems: dict[str, list[frozenset[str]]] = {}
        for alias in self.aliases.aliases:
            own = frozenset(stem(word) for word in content_words(alias.text)) - _GENERIC
            if own and not alias.question:
                stems.setdefault(alias.document_id, []).append(own)
        return {document_id: tuple(found) for document_id, found in stems.items()}

    def named_in(self, stems: frozenset[str]) -> dict[str, int]:
        """Documents that a text calls by a whole title or synonym, with the number of words of the longest one."""
        found = {
            document_id: max((len(alias) for alias in aliases if alias <= stems), default=0)
            for document_id, aliases in self.alias_stems.items()
        }
        return {document_id: length for document_id, length in found.items() if length}

    def vectors_of(self, row: int) -> Matrix:
        """The sentence vectors of the chunk in that row, shape (units, dimension)."""
        start = self.sentence_starts[row]
        return np.asarray(self.sentence_vectors[start : start + len(self.chunks[row].sentences)])


def generations_folder(data_dir: Path, tenant: str) -> Path:
    """Where a tenant's generations lie."""
    return data_dir / tenant / "generations"


def active_id(data_dir: Path, tenant: str) -> str | None:
    """Id of the active generation, or None when nothing is published."""
    try:
        return (data_dir / tenant / _POINTER).read_text("utf-8").strip() or None
    except FileNotFoundError:
        return None


def activate(data_dir: Path, tenant: str, generation_id: str) -> None:
    """Moves the pointer, atomically. Raises GenerationError when there is no such generation."""
    read_manifest(generations_folder(data_dir, tenant) / generation_id)
    write_atomically(data_dir / tenant / _POINTER, generation_id + "\n")


def open_active(data_dir: Path, tenant: str, embedder: EmbedderInfo) -> Generation:
    """Opens the active generation.

    Raises:
        NotReadyError: nothing is published yet.
        GenerationError: it is damaged or was embedded by another model.
    """
    active = active_id(data_dir, tenant)
    if active is None:
        raise NotReadyError(
            f"For '{tenant}' nothing is published yet: run `amtslotse knowledge publish --tenant {tenant}`."
        )
    return open_generation(generations_folder(data_dir, tenant) / active, tenant, embedder)


def open_generation(folder: Path, tenant_id: str, embedder: EmbedderInfo) -> Generation:
    """Opens one generation after checking that every file is whole. Raises GenerationError."""
    manifest = read_manifest(folder)
    if manifest.embedding != EmbeddingEntry.of(embedder):
        raise GenerationError(
            f"Generation {manifest.id} was embedded with {manifest.embedding.name} "
            f"({manifest.embedding.revision[:12]}), this service runs {embedder.name} ({embedder.revision[:12]}): "
            f"publish again, or set AMTSLOTSE_EMBEDDING_MODEL back."
        )
    _check_files(folder, manifest)
    try:
        chunks = read_chunks(folder)
        lexical = LexicalIndex(folder)
        aliases = AliasIndex(folder)
        vectors: Matrix = np.load(folder / SENTENCES_FILE, mmap_mode="r")
    except (OSError, ValueError) as error:
        raise GenerationError(f"{folder} cannot be read ({error}): publish again or roll back.") from error
    starts = np.cumsum([0, *(len(chunk.sentences) for chunk in chunks)]).tolist()
    if len(chunks) != manifest.chunk_count or len(vectors) != starts[-1]:
        raise GenerationError(f"{folder} is incomplete: publish again or roll back.")
    return Generation(
        folder=folder,
        manifest=manifest,
        tenant=load_tenant(folder, tenant_id),
        chunks=chunks,
        dense=DenseIndex(folder, expected=len(chunks)),
        lexical=lexical,
        aliases=aliases,
        sentence_vectors=vectors,
        sentence_starts=tuple(starts[:-1]),
    )


def _check_files(folder: Path, manifest: Manifest) -> None:
    for name, expected in manifest.files.items():
        try:
            actual = file_hash(folder / name)
        except OSError as error:
            raise GenerationError(f"{folder / name} is missing: publish again or roll back.") from error
        if actual != expected:
            raise GenerationError(
                f"{folder / name} was changed or truncated after publishing: publish again or roll back."
            )


def file_hash(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
