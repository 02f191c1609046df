"""A draft generation: the texts as they are now, to be tried out beside the live ones. It is never activated."""

from app.files import make_folder, remove_folder
from app.index.generation import generations_folder
from app.index.manifest import EmbeddingEntry, GenerationState, Manifest
from app.models.ports import Embedder
from ingest.build import build_generation
from ingest.embedding import Progress
from ingest.lock import publish_lock
from ingest.prepared import Prepared, refuse_errors
from ingest.rollback import generations
from ingest.unfinished import remove_unfinished

_KEPT_DRAFTS = 5
"""The newest ones stay; trials of older ones say that their draft is gone."""


def build_draft(prepared: Prepared, embedder: Embedder, author: str, progress: Progress) -> Manifest:
    """Builds a generation in state `draft`; gives back the one that is there when it was made from the same.

    Raises:
        KnowledgeError: the texts have errors, or the disk is full.
        LockedError: another process publishes for this tenant.
    """
    refuse_errors(prepared)
    data_dir, tenant_id = prepared.data_dir, prepared.tenant.id
    root = generations_folder(data_dir, tenant_id)
    make_folder(root)
    with publish_lock(data_dir, tenant_id):
        twin = prepared.twin(GenerationState.DRAFT)
        if twin is not None and twin.embedding == EmbeddingEntry.of(embedder.info):
            return twin
        remove_unfinished(root)
        drafts = [m for m in generations(data_dir, tenant_id) if m.state is GenerationState.DRAFT]
        for old in drafts[: max(0, len(drafts) - _KEPT_DRAFTS + 1)]:
            remove_folder(root / old.id)
        return build_generation(
            prepared.source, data_dir, tenant_id, prepared.checked, embedder, author, progress, GenerationState.DRAFT
        )
