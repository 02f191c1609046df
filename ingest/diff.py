"""What publishing would change, seen before anything happens."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.errors import GenerationError
from app.index.chunk import Chunk
from app.index.generation import active_id, file_hash, generations_folder
from app.index.manifest import Manifest, read_manifest
from app.index.store import read_chunks
from app.tenants.rules.load import RULES_FOLDER
from ingest.chunking import chunk_document
from ingest.quality import CheckedKnowledge


@dataclass(frozen=True, slots=True)
class KnowledgeDiff:
    """Document ids and numbers of passages, compared with the active generation."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    """In any field or module, also where the passages stay the same (office, dates, links)."""
    tenant_changed: bool
    """Whether `tenant.yaml`, which is published with the texts, differs."""
    rules_changed: bool
    """Whether a decision rule or one of its tables differs."""
    chunks_added: int
    chunks_removed: int
    chunks_kept: int

    @property
    def empty(self) -> bool:
        return not (self.added or self.removed or self.changed or self.tenant_changed or self.rules_changed)


def knowledge_diff(checked: CheckedKnowledge, source: Path, data_dir: Path, tenant_id: str) -> KnowledgeDiff:
    """Compares a tenant's source texts and tenant.yaml with the active generation; without one, everything is new."""
    active = active_id(data_dir, tenant_id)
    folder = generations_folder(data_dir, tenant_id) / active if active else None
    manifest = read_manifest(folder) if folder else None
    before = {entry.id: entry.content_hash for entry in manifest.documents} if manifest else {}
    after = {document.id: document.content_hash for document in checked.documents}
    old = {chunk.id for chunk in _published(folder)} if folder else set()
    new = {chunk.id for document in checked.documents for chunk in chunk_document(document)}
    return KnowledgeDiff(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(name for name in after.keys() & before.keys() if after[name] != before[name])),
        chunks_added=len(new - old),
        chunks_removed=len(old - new),
        chunks_kept=len(old & new),
        rules_changed=_published_rules(manifest) != _source_rules(source),
        tenant_changed=manifest is None or manifest.files.get("tenant.yaml") != file_hash(source / "tenant.yaml"),
    )


def _published_rules(manifest: Manifest | None) -> dict[str, str]:
    """Hashes of the published rule files by name."""
    files = manifest.files if manifest else {}
    return {name: digest for name, digest in files.items() if name.startswith(f"{RULES_FOLDER}/")}


def _source_rules(source: Path) -> dict[str, str]:
    files = (path for path in (source / RULES_FOLDER).rglob("*") if path.is_file())
    return {path.relative_to(source).as_posix(): file_hash(path) for path in files}


def _published(folder: Path) -> Iterable[Chunk]:
    try:
        return read_chunks(folder)
    except (OSError, ValueError) as error:
        raise GenerationError(f"{folder} cannot be read ({error}): publish again or roll back.") from error
