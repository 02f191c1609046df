"""An immutable generation opened for reading, and the pointer that says which one is active."""

import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from app.errors import GenerationError, NotReadyError
from app.files import write_atomically
from app.index.aliases import AliasIndex
from app.index.chunk import Chunk
from app.index.dense import DenseIndex
from app.index.lexical import PLAIN_LEXICAL_FOLDER, LexicalIndex
from app.index.manifest import EmbeddingEntry, Manifest, read_manifest
from app.index.store import read_chunks
from app.models.evidence.rarity import WordRarity
from app.models.ports import EmbedderInfo, Matrix
from app.tenants.rules.load import load_rules
from app.tenants.rules.rule import DecisionRule
from app.tenants.tenant import Tenant, load_tenant
from app.text.terms import GENERIC_STEMS, content_words, stem

PASSAGES_FILE = "passages.npy"
"""The passages' vectors once more beside Chroma: read in a moment, and checked by their hash."""
SENTENCES_FILE = "sentences.npy"
_POINTER = "active"
_PLAIN_VARIANTS = {"einfach": ("einfach", "leicht", "standard"), "leicht": ("leicht", "einfach", "standard")}
"""By style: the variants of texts that may answer, the preferred one first."""


@dataclass(frozen=True, eq=False)
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
    rules: tuple[DecisionRule, ...] = ()
    """The town's decision tables as published."""
    variants: tuple[str, ...] = ("standard",)
    """Variants of the texts that may answer, the preferred one first."""
    plain_lexical: LexicalIndex | None = None
    """The lexical index with the texts in Einfache and Leichte Sprache; `lexical` is without them. None when there are
    none."""

    @property
    def id(self) -> str:
        return self.manifest.id

    def for_style(self, style: str) -> "Generation":
        """The same state as questions in that style see it: with the texts of that style, or the nearest, first."""
        return self._plain.get(style, self)

    @cached_property
    def _plain(self) -> Mapping[str, "Generation"]:
        if self.plain_lexical is None:
            return {}
        return {
            style: replace(self, lexical=self.plain_lexical, plain_lexical=None, variants=variants)
            for style, variants in _PLAIN_VARIANTS.items()
        }

    @cached_property
    def languages(self) -> frozenset[str]:
        """Languages that at least one passage is written in."""
        return frozenset(chunk.language for chunk in self.chunks)

    @cached_property
    def rarity(self) -> WordRarity:
        """How rare words are among the documents; a document is what stands on one page."""
        pages: dict[tuple[str, str], list[str]] = {}
        for chunk in self.chunks:
            if chunk.variant not in self.variants:
                continue
            pages.setdefault((chunk.document_id, chunk.language), [chunk.title]).extend(chunk.sentences)
        return WordRarity.of(("\n".join(texts), language) for (_, language), texts in pages.items())

    @cached_property
    def _names(self) -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
        """Titles and synonyms as (document, stems), by one of the stems; words that any service has are left out."""
        names: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for alias in self.aliases.aliases:
            own = frozenset(stem(word) for word in content_words(alias.text)) - GENERIC_STEMS
            if own and not alias.question:
                names.setdefault(min(own), []).append((alias.document_id, own))
        return {first: tuple(found) for first, found in names.items()}

    @cached_property
    def texts(self) -> dict[tuple[str, str], tuple[str, str | None]]:
        """Title and address of every standard text, by service and language."""
        return {
            (chunk.service, chunk.language): (chunk.title, chunk.url)
            for chunk in self.chunks
            if chunk.variant == "standard"
        }

    def named_in(self, stems: frozenset[str]) -> dict[str, int]:
        """Documents that a text calls by a whole title or synonym, with the number of words of the longest one.

        What is part of a longer name names nothing: in "Auto ummelden" nobody means the synonym "Ummeldung" alone.
        """
        called = [(document_id, name) for s in stems for document_id, name in self._names.get(s, ()) if name <= stems]
        found: dict[str, int] = {}
        for document_id, name in called:
            if not any(name < other for _, other in called):
                found[document_id] = max(len(name), found.get(document_id, 0))
        return found

    @cached_property
    def _rows(self) -> dict[str, tuple[int, ...]]:
        rows: dict[str, list[int]] = {}
        for row, chunk in enumerate(self.chunks):
            rows.setdefault(chunk.document_id, []).append(row)
        return {document_id: tuple(found) for document_id, found in rows.items()}

    def rows_of(self, document_id: str) -> tuple[int, ...]:
        """The rows of a document's passages, in the order of its text. Raises KeyError."""
        return self._rows[document_id]

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
        lexical = LexicalIndex(folder, rows=len(chunks))
        has_plain = (folder / PLAIN_LEXICAL_FOLDER).is_dir()
        plain_lexical = LexicalIndex(folder, PLAIN_LEXICAL_FOLDER) if has_plain else None
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
        dense=DenseIndex(folder, [chunk.id for chunk in chunks]),
        lexical=lexical,
        aliases=aliases,
        sentence_vectors=vectors,
        sentence_starts=tuple(starts[:-1]),
        rules=load_rules(folder),
        plain_lexical=plain_lexical,
    )


def _check_files(folder: Path, manifest: Manifest) -> None:
    try:
        actual = file_hashes(folder, manifest.files)
    except OSError as error:
        raise GenerationError(f"{error.filename} is missing: publish again or roll back.") from error
    for name, expected in manifest.files.items():
        if actual[name] != expected:
            raise GenerationError(
                f"{folder / name} was changed or truncated after publishing: publish again or roll back."
            )


def file_hashes(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """SHA-256 of files below a folder by name; several at once. Raises OSError."""
    listed = list(names)
    with ThreadPoolExecutor() as pool:  # hashing needs no interpreter lock
        return dict(zip(listed, pool.map(lambda name: file_hash(folder / name), listed), strict=True))


def file_hash(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
