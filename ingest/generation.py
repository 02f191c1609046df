"""Builds a generation beside the running one and activates it."""

import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from errno import ENOSPC
from pathlib import Path

import numpy as np

from app.errors import ConfigurationError, GenerationError, KnowledgeError, NotReadyError
from app.files import sync_folder, sync_tree, write_atomically
from app.index.aliases import Alias, write_aliases
from app.index.chunk import Chunk
from app.index.dense import CHROMA_FOLDER, write_dense
from app.index.generation import SENTENCES_FILE, activate, active_id, file_hash, generations_folder, open_active
from app.index.lexical import PLAIN_LEXICAL_FOLDER, write_lexical
from app.index.manifest import DocumentEntry, EmbeddingEntry, Manifest
from app.index.store import write_chunks
from app.models.ports import Embedder, Vector
from app.tenants.rules.load import RULES_FOLDER
from app.tenants.tenant import load_tenant
from app.version import code_version
from ingest.chunking import CHUNKER_VERSION, chunk_document
from ingest.document import ServiceDocument
from ingest.embedding import Progress, embed_texts, passage_texts, sentence_texts
from ingest.lock import publish_lock
from ingest.quality import CheckedKnowledge, check_knowledge

_BUILDING = ".building-"
_FULL_BELOW_BYTES = 1 << 20
"""A disk with less room than this counts as full: numpy and Chroma don't pass on what the system said."""


def publish(
    knowledge_dir: Path, data_dir: Path, tenant_id: str, embedder: Embedder, author: str, progress: Progress
) -> Manifest:
    """Checks, builds and activates a new generation from a tenant's source texts.

    The active generation serves on until the pointer moves. A failure leaves nothing behind.

    Raises:
        KnowledgeError: the texts have errors; the message lists them.
        LockedError: another process publishes for this tenant.
        UnknownTenantError, ConfigurationError: tenant.yaml is missing or wrong.
    """
    source = knowledge_dir / tenant_id
    tenant = load_tenant(source)
    checked = check_knowledge(source, tenant, datetime.now(tenant.zone).date())
    if checked.errors:
        raise KnowledgeError("\n".join(["The texts have errors, nothing was published:", *map(str, checked.errors)]))
    root = generations_folder(data_dir, tenant_id)
    root.mkdir(parents=True, exist_ok=True)
    with publish_lock(data_dir, tenant_id):
        remove_unfinished(root)
        return _build_and_activate(source, data_dir, tenant_id, checked, embedder, author, progress)


def remove_unfinished(root: Path) -> None:
    """Deletes what a killed publisher left behind. Call only while holding the publish lock."""
    for leftover in root.glob(f"{_BUILDING}*"):
        shutil.rmtree(leftover)


def _build_and_activate(
    source: Path,
    data_dir: Path,
    tenant_id: str,
    checked: CheckedKnowledge,
    embedder: Embedder,
    author: str,
    progress: Progress,
) -> Manifest:
    now = datetime.now(UTC)
    generation_id = f"{now:%Y%m%dT%H%M%S%fZ}"
    root = generations_folder(data_dir, tenant_id)
    folder = root / f"{_BUILDING}{generation_id}"
    folder.mkdir()
    try:
        documents = _in_order(checked.documents)
        chunks = [chunk for document in documents for chunk in chunk_document(document)]
        shutil.copyfile(source / "tenant.yaml", folder / "tenant.yaml")
        if (source / RULES_FOLDER).is_dir():
            shutil.copytree(source / RULES_FOLDER, folder / RULES_FOLDER)
        write_chunks(folder, chunks)
        passages, sentences = passage_texts(chunks), sentence_texts(chunks)
        known = _known_vectors(data_dir, tenant_id, embedder)
        write_dense(folder, chunks, embed_texts(embedder, passages, known, "passages", progress))
        np.save(folder / SENTENCES_FILE, embed_texts(embedder, sentences, known, "sentences", progress))
        aliases = _aliases(documents)
        names = [alias.text for alias in aliases]
        write_aliases(folder, aliases, embed_texts(embedder, names, known, "names", progress))
        _write_lexical(folder, documents, chunks, aliases)
        manifest = Manifest(
            id=generation_id,
            tenant=tenant_id,
            created_at=now,
            created_by=author,
            parent=active_id(data_dir, tenant_id),
            embedding=EmbeddingEntry.of(embedder.info),
            chunker_version=CHUNKER_VERSION,
            code_version=code_version(),
            chunk_count=len(chunks),
            sentence_count=len(sentences),
            documents=_entries(checked.documents, chunks),
            files=_hashes(folder),
            quality=dict(Counter(finding.code for finding in checked.findings)),
        )
        write_atomically(folder / "manifest.json", manifest.model_dump_json(indent=2) + "\n")
        sync_tree(folder)
        folder.rename(root / generation_id)
        sync_folder(root)
    except BaseException as error:
        full = _is_full(root, error)
        shutil.rmtree(folder, ignore_errors=True)
        if full:
            raise KnowledgeError(
                f"The disk that holds {data_dir} is full: free some space and publish again. Nothing was changed."
            ) from error
        raise
    activate(data_dir, tenant_id, generation_id)
    return manifest


def _is_full(folder: Path, error: BaseException) -> bool:
    """Whether an error comes from a full disk. Call before anything is cleaned up."""
    if isinstance(error, OSError) and error.errno == ENOSPC:
        return True
    return isinstance(error, Exception) and shutil.disk_usage(folder).free < _FULL_BELOW_BYTES


def _in_order(documents: Sequence[ServiceDocument]) -> list[ServiceDocument]:
    """The standard texts first. The others are found by the names of their original where they have none."""
    originals = {document.id: document for document in documents}
    named = [document.named_like(originals[document.service]) for document in documents]
    return sorted(named, key=lambda document: document.variant != "standard")


def _write_lexical(
    folder: Path, documents: Sequence[ServiceDocument], chunks: Sequence[Chunk], aliases: Sequence[Alias]
) -> None:
    """One index of the standard texts, which come first; with other variants a second one of all.

    So texts in Einfache Sprache change neither word statistics nor answers of questions in the standard style.
    """
    standard = {document.id for document in documents if document.variant == "standard"}
    write_lexical(
        folder,
        [chunk for chunk in chunks if chunk.document_id in standard],
        [alias for alias in aliases if alias.document_id in standard],
    )
    if len(standard) < len(documents):
        write_lexical(folder, chunks, aliases, PLAIN_LEXICAL_FOLDER)


def _aliases(documents: Iterable[ServiceDocument]) -> list[Alias]:
    """Title, synonyms and example questions of every document."""
    return [
        Alias(document.id, text, question)
        for document in documents
        for texts, question in (((document.title, *document.synonyms), False), (document.example_questions, True))
        for text in texts
    ]


def _known_vectors(data_dir: Path, tenant_id: str, embedder: Embedder) -> dict[str, Vector]:
    """Vectors of the active generation by embedded text: what hasn't changed isn't computed again.

    Empty when nothing is published, or when the active generation cannot be read with this embedder.
    """
    try:
        before = open_active(data_dir, tenant_id, embedder.info)
        known = dict(zip(passage_texts(before.chunks), before.dense.vectors(), strict=True))
    except (NotReadyError, GenerationError, ConfigurationError):
        return {}
    known.update(zip((alias.text for alias in before.aliases.aliases), before.aliases.vectors, strict=True))
    known.update(zip(sentence_texts(before.chunks), np.asarray(before.sentence_vectors), strict=True))
    return known


def _entries(documents: Iterable[ServiceDocument], chunks: Iterable[Chunk]) -> tuple[DocumentEntry, ...]:
    counts = Counter(chunk.document_id for chunk in chunks)
    return tuple(
        DocumentEntry(
            id=document.id,
            service=document.service,
            title=document.title,
            language=document.language,
            owner=document.owner,
            reviewed_on=document.reviewed_on.isoformat(),
            content_hash=document.content_hash,
            chunks=counts[document.id],
        )
        for document in documents
    )


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): file_hash(path)
        for path in files
        if path.relative_to(folder).parts[0] != CHROMA_FOLDER
    }
