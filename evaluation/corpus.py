"""A throw-away generation from pages of a data set, built by the same writers as a published one."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from app.index.aliases import Alias, AliasIndex, write_aliases
from app.index.chunk import Chunk, chunk_id
from app.index.dense import DenseIndex, write_dense
from app.index.generation import Generation
from app.index.lexical import LexicalIndex, write_lexical
from app.index.manifest import EmbeddingEntry, Manifest
from app.index.modules import ModuleKind, heading_of
from app.models.ports import Embedder, EmbedderInfo, Matrix
from app.tenants.office import Address, Office
from app.tenants.tenant import Privacy, Tenant
from app.version import code_version
from evaluation.passages_file import Page
from ingest.chunking import CHUNKER_VERSION, MAX_CHARS
from ingest.embedding import NOTHING_KNOWN, Progress, embed_texts, passage_texts, sentence_texts

_TENANT_ID = "evaluation"
_MODULE = ModuleKind.FULL_TEXT


@dataclass(frozen=True, slots=True)
class Corpus:
    """The generation, and how its passages lie in the pages."""

    generation: Generation
    first_sentence: Mapping[str, int]
    """Per chunk id: index into its page's `sentences` of the chunk's first sentence."""
    rows: Mapping[str, tuple[int, ...]]
    """Per page id: rows of its chunks."""


@contextmanager
def page_corpus(pages: Sequence[Page], embedder: Embedder, progress: Progress) -> Iterator[Corpus]:
    """Embeds and indexes the pages in a temporary folder, removed afterwards."""
    chunks: list[Chunk] = []
    starts: dict[str, int] = {}
    for page in pages:
        for chunk, start in _chunks(page):
            chunks.append(chunk)
            starts[chunk.id] = start
    rows: dict[str, list[int]] = {}
    for row, chunk in enumerate(chunks):
        rows.setdefault(chunk.document_id, []).append(row)
    aliases = [Alias(page.id, page.title or " ".join(page.sentences[:1]), question=False) for page in pages]
    contents = Contents(
        chunks=chunks,
        vectors=embed_texts(embedder, passage_texts(chunks), NOTHING_KNOWN, "passages", progress),
        sentence_vectors=embed_texts(embedder, sentence_texts(chunks), NOTHING_KNOWN, "sentences", progress),
        aliases=aliases,
        alias_vectors=embed_texts(embedder, [alias.text for alias in aliases], NOTHING_KNOWN, "names", progress),
    )
    with temporary_generation(contents, embedder.info) as generation:
        yield Corpus(generation, starts, {page: tuple(found) for page, found in rows.items()})


@dataclass(frozen=True, slots=True)
class Contents:
    """What a generation is written from; each matrix has one row an item."""

    chunks: Sequence[Chunk]
    vectors: Matrix
    sentence_vectors: Matrix
    """Chunks in order, sentences in order."""
    aliases: Sequence[Alias]
    alias_vectors: Matrix


@contextmanager
def temporary_generation(contents: Contents, embedder: EmbedderInfo) -> Iterator[Generation]:
    """A generation in a temporary folder, removed afterwards."""
    chunks = contents.chunks
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_dense(folder, chunks, contents.vectors)
        write_lexical(folder, chunks, contents.aliases)
        write_aliases(folder, contents.aliases, contents.alias_vectors)
        starts = np.cumsum([0, *(len(chunk.sentences) for chunk in chunks)]).tolist()
        yield Generation(
            folder=folder,
            manifest=_manifest(chunks, embedder),
            tenant=_tenant(),
            chunks=tuple(chunks),
            dense=DenseIndex(folder, [chunk.id for chunk in chunks]),
            lexical=LexicalIndex(folder),
            aliases=AliasIndex(folder),
            sentence_vectors=contents.sentence_vectors,
            sentence_starts=tuple(starts[:-1]),
        )


def _chunks(page: Page) -> Iterator[tuple[Chunk, int]]:
    """A page's chunks, cut between sentences where the product's chunker would find a text too long."""
    heading = heading_of(_MODULE, page.language)
    for position, (start, sentences) in enumerate(_parts(page.sentences)):
        text = "\n".join(sentences) or page.title
        chunk = Chunk(
            id=chunk_id(page.id, _MODULE, position, text, page.language),
            document_id=page.id,
            service=page.service,
            title=page.title,
            module=_MODULE,
            heading=heading,
            position=position,
            text=text,
            context=f"{page.title}: {heading}",
            language=page.language,
            variant="standard",
            office=_TENANT_ID,
            url=None,
            online_service_url=None,
            valid_from=None,
            valid_until=None,
            sentences=sentences,
        )
        yield chunk, start


def _parts(sentences: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Runs of sentences of at most MAX_CHARS characters (a longer sentence is one by itself), with their start."""
    start, length = 0, 0
    for index, sentence in enumerate(sentences):
        if index > start and length + len(sentence) > MAX_CHARS:
            yield start, sentences[start:index]
            start, length = index, 0
        length += len(sentence) + 1
    yield start, sentences[start:]


def _manifest(chunks: Sequence[Chunk], embedder: EmbedderInfo) -> Manifest:
    return Manifest(
        id=_TENANT_ID,
        tenant=_TENANT_ID,
        created_at=datetime.now(UTC),
        created_by=_TENANT_ID,
        parent=None,
        embedding=EmbeddingEntry.of(embedder),
        chunker_version=CHUNKER_VERSION,
        code_version=code_version(),
        chunk_count=len(chunks),
        sentence_count=sum(len(chunk.sentences) for chunk in chunks),
        documents=(),
        files={},
    )


def _tenant() -> Tenant:
    """A town that no question is about: retrieval and evidence read nothing of it."""
    site = "https://evaluation.example"
    office = Office(
        id=_TENANT_ID,
        name="Evaluation",
        address=Address(street="-", postal_code="00000", city="-"),
        phone="-",
        email="-",
        url=site,
    )
    return Tenant(
        id=_TENANT_ID,
        name="Evaluation",
        state="BE",
        website=site,
        greeting={"de": "-"},
        default_office=_TENANT_ID,
        privacy=Privacy(controller="-", data_protection_officer="-", purpose="-", legal_basis="-", notice_url=site),
        offices=(office,),
    )
