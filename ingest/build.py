"""Builds a generation beside the running one."""

import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from app.files import sync_folder, sync_tree
from app.index.aliases import VECTORS_FILE as NAMES_FILE
from app.index.aliases import Alias, write_alias_texts
from app.index.chunk import Chunk
from app.index.dense import CHROMA_FOLDER
from app.index.dense_update import write_changed_dense, write_new_dense
from app.index.generation import PASSAGES_FILE, SENTENCES_FILE, active_id, file_hashes, generations_folder
from app.index.lexical import PLAIN_LEXICAL_FOLDER, write_lexical
from app.index.manifest import DocumentEntry, EmbeddingEntry, GenerationState, Manifest, write_manifest
from app.index.store import write_chunks
from app.models.ports import Embedder
from app.tenants.rules.load import RULES_FOLDER
from app.version import code_version
from ingest.chunking import CHUNKER_VERSION, chunk_document
from ingest.document import ServiceDocument
from ingest.documents_file import write_documents
from ingest.embedding import NOTHING_KNOWN, Progress, embed_into, passage_texts, sentence_texts
from ingest.published import Published, read_published
from ingest.quality import CheckedKnowledge
from ingest.unfinished import BUILDING, whole_or_nothing


def build_generation(
    source: Path,
    data_dir: Path,
    tenant_id: str,
    checked: CheckedKnowledge,
    embedder: Embedder,
    author: str,
    progress: Progress,
    state: GenerationState = GenerationState.READY,
) -> Manifest:
    """Writes a finished generation beside the others, without activating it. A failure leaves nothing behind.

    Call only while holding the publish lock. Raises KnowledgeError when the disk is full.
    """
    now = datetime.now(UTC)
    generation_id = f"{now:%Y%m%dT%H%M%S%fZ}"
    root = generations_folder(data_dir, tenant_id)
    folder = root / f"{BUILDING}{generation_id}"
    with whole_or_nothing(folder, data_dir):
        documents = _in_order(checked.documents)
        before = read_published(data_dir, tenant_id, embedder.info)
        hashes = {document.id: document.content_hash for document in checked.documents}
        chunks = before.chunks_of(documents, hashes) if before else _chunks(documents)
        shutil.copyfile(source / "tenant.yaml", folder / "tenant.yaml")
        if (source / RULES_FOLDER).is_dir():
            shutil.copytree(source / RULES_FOLDER, folder / RULES_FOLDER)
        write_documents(folder, checked.documents)
        write_chunks(folder, chunks)
        _write_passages(folder, chunks, before, embedder, progress)
        sentence_count = _write_sentences(folder, chunks, before, embedder, progress)
        aliases = _write_aliases(folder, documents, before, embedder, progress)
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
            sentence_count=sentence_count,
            documents=_entries(checked.documents, hashes, chunks),
            files=_hashes(folder),
            quality=dict(Counter(finding.code for finding in checked.findings)),
            state=state,
        )
        write_manifest(folder, manifest)
        sync_tree(folder)
        folder.rename(root / generation_id)
        for above in (root, root.parent, data_dir):
            sync_folder(above)
    return manifest


def _in_order(documents: Sequence[ServiceDocument]) -> list[ServiceDocument]:
    """The standard texts first. The others are found by the names of their original where they have none."""
    originals = {document.id: document for document in documents}
    named = [document.named_like(originals[document.service]) for document in documents]
    return sorted(named, key=lambda document: document.variant != "standard")


def _chunks(documents: Iterable[ServiceDocument]) -> list[Chunk]:
    return [chunk for document in documents for chunk in chunk_document(document)]


def _write_passages(
    folder: Path, chunks: Sequence[Chunk], before: Published | None, embedder: Embedder, progress: Progress
) -> None:
    known = before.passages if before else NOTHING_KNOWN
    texts = passage_texts(chunks)
    vectors = embed_into(folder / PASSAGES_FILE, embedder, texts, known, "passages", progress)
    if before is None:
        write_new_dense(folder, chunks, vectors)
    else:
        write_changed_dense(folder, before.folder, before.chunks, chunks, vectors)


def _write_sentences(
    folder: Path, chunks: Sequence[Chunk], before: Published | None, embedder: Embedder, progress: Progress
) -> int:
    """Gives back how many there are."""
    known = before.sentences if before else NOTHING_KNOWN
    texts = sentence_texts(chunks)
    embed_into(folder / SENTENCES_FILE, embedder, texts, known, "sentences", progress)
    return len(texts)


def _write_aliases(
    folder: Path,
    documents: Iterable[ServiceDocument],
    before: Published | None,
    embedder: Embedder,
    progress: Progress,
) -> list[Alias]:
    known = before.names if before else NOTHING_KNOWN
    aliases = _aliases(documents)
    embed_into(folder / NAMES_FILE, embedder, [alias.text for alias in aliases], known, "names", progress)
    write_alias_texts(folder, aliases)
    return aliases


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


def _entries(
    documents: Iterable[ServiceDocument], hashes: Mapping[str, str], chunks: Iterable[Chunk]
) -> tuple[DocumentEntry, ...]:
    counts = Counter(chunk.document_id for chunk in chunks)
    return tuple(
        DocumentEntry(
            id=document.id,
            service=document.service,
            title=document.title,
            language=document.language,
            owner=document.owner,
            reviewed_on=document.reviewed_on.isoformat(),
            content_hash=hashes[document.id],
            chunks=counts[document.id],
        )
        for document in documents
    )


def _hashes(folder: Path) -> dict[str, str]:
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return file_hashes(folder, sorted(name for name in names if not name.startswith(f"{CHROMA_FOLDER}/")))
