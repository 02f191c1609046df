"""What publishing would change, seen before anything happens."""

from dataclasses import dataclass
from pathlib import Path

from app.index.generation import active_id, generations_folder
from app.index.store import read_chunks
from ingest.chunking import chunk_document
from ingest.quality import CheckedKnowledge


@dataclass(frozen=True, slots=True)
class KnowledgeDiff:
    """Document ids and numbers of passages, compared with the active generation."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    chunks_added: int
    chunks_removed: int
    chunks_kept: int

    @property
    def empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def knowledge_diff(checked: CheckedKnowledge, data_dir: Path, tenant_id: str) -> KnowledgeDiff:
    """Compares source texts with the active generation; without one, everything is new."""
    active = active_id(data_dir, tenant_id)
    before = read_chunks(generations_folder(data_dir, tenant_id) / active) if active else ()
    after = [chunk for document in checked.documents for chunk in chunk_document(document)]
    # Title and synonyms are no part of a chunk's id, but they change what is found.
    old = {(chunk.id, chunk.context): chunk.document_id for chunk in before}
    new = {(chunk.id, chunk.context): chunk.document_id for chunk in after}
    old_documents, new_documents = set(old.values()), set(new.values())
    touched = {old[key] for key in old.keys() - new.keys()} | {new[key] for key in new.keys() - old.keys()}
    return KnowledgeDiff(
        added=tuple(sorted(new_documents - old_documents)),
        removed=tuple(sorted(old_documents - new_documents)),
        changed=tuple(sorted(touched & old_documents & new_documents)),
        chunks_added=len(new.keys() - old.keys()),
        chunks_removed=len(old.keys() - new.keys()),
        chunks_kept=len(old.keys() & new.keys()),
    )
