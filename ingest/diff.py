"""What publishing would change, seen before anything happens."""

from dataclasses import dataclass
from pathlib import Path

from app.index.generation import active_id, generations_folder
from app.index.manifest import Manifest, read_manifest
from app.tenants.rules.load import RULES_FOLDER
from ingest.content import TENANT_FILE, Content, content_of, content_of_source
from ingest.diff_documents import DocumentChange, document_change
from ingest.quality import CheckedKnowledge
from ingest.text_state import TextState, states_of_generation, states_of_source
from ingest.word_diff import WordRun, word_diff


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
    documents: tuple[DocumentChange, ...] = ()
    """Every text that is added, changed or removed, in the order of their ids."""
    tenant_words: tuple[WordRun, ...] = ()
    """What changes in `tenant.yaml`; empty when nothing is published."""

    @property
    def empty(self) -> bool:
        return not (self.added or self.removed or self.changed or self.tenant_changed or self.rules_changed)


def knowledge_diff(checked: CheckedKnowledge, source: Path, data_dir: Path, tenant_id: str) -> KnowledgeDiff:
    """Compares a tenant's source texts and tenant.yaml with the active generation; without one, everything is new.

    Raises:
        GenerationError: the active generation is damaged.
    """
    active = active_id(data_dir, tenant_id)
    folder = generations_folder(data_dir, tenant_id) / active if active else None
    manifest = read_manifest(folder) if folder else None
    before = states_of_generation(folder, manifest) if folder and manifest else {}
    after = states_of_source(checked.documents)
    old, new = _chunk_ids(before), _chunk_ids(after)
    changed = _changed(checked, manifest)
    added, removed = after.keys() - before.keys(), before.keys() - after.keys()
    was, will_be = content_of(manifest) if manifest else None, content_of_source(checked, source)
    return KnowledgeDiff(
        added=tuple(sorted(added)),
        removed=tuple(sorted(removed)),
        changed=tuple(sorted(changed)),
        chunks_added=len(new - old),
        chunks_removed=len(old - new),
        chunks_kept=len(old & new),
        rules_changed=_rules(was) != _rules(will_be),
        tenant_changed=_tenant(was) != _tenant(will_be),
        documents=tuple(
            document_change(before.get(name), after.get(name)) for name in sorted(added | removed | changed)
        ),
        tenant_words=_tenant_words(folder, source),
    )


def _changed(checked: CheckedKnowledge, manifest: Manifest | None) -> set[str]:
    known = {entry.id: entry.content_hash for entry in manifest.documents} if manifest else {}
    return {
        document.id for document in checked.documents if known.get(document.id, "") not in ("", document.content_hash)
    }


def _chunk_ids(states: dict[str, TextState]) -> set[str]:
    return {chunk.id for state in states.values() for chunk in state.chunks}


def _rules(content: Content | None) -> frozenset[tuple[str, str]]:
    files = content.files if content else frozenset[tuple[str, str]]()
    return frozenset((name, digest) for name, digest in files if name.startswith(f"{RULES_FOLDER}/"))


def _tenant(content: Content | None) -> str | None:
    return dict(content.files).get(TENANT_FILE) if content else None


def _tenant_words(folder: Path | None, source: Path) -> tuple[WordRun, ...]:
    """Empty also when the published file is missing: then `tenant_changed` is all that can be said."""
    try:
        before = (folder / TENANT_FILE).read_text("utf-8") if folder else ""
    except (OSError, UnicodeDecodeError):
        return ()
    return word_diff(before, (source / TENANT_FILE).read_text("utf-8")) if before else ()
