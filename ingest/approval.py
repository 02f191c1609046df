"""Four eyes: a generation that one person published is activated by another."""

import unicodedata
from datetime import UTC, datetime
from pathlib import Path

from app.errors import AmtslotseError, GenerationError, KnowledgeError
from app.index.generation import active_id, generations_folder
from app.index.manifest import ApprovalEntry, GenerationState, Manifest, read_manifest, write_manifest
from app.tenants.tenant import Tenant, load_tenant
from ingest.lock import publish_lock
from ingest.publishing_log import Action, activate_logged, log_event


def needs_approval(tenant: Tenant, active_folder: Path | None) -> bool:
    """Whether the town wants four eyes: by its new settings or by the published ones, so nobody ends it alone."""
    if tenant.publishing.four_eyes:
        return True
    try:
        return active_folder is not None and load_tenant(active_folder, tenant.id).publishing.four_eyes
    except AmtslotseError:  # settings of another release, which cannot be read any more, bind nobody
        return False


def approve(data_dir: Path, tenant_id: str, generation_id: str, by: str) -> Manifest:
    """Activates a pending generation in the name of a second person.

    Raises:
        KnowledgeError: it doesn't wait for approval, the same person published it, or something else was activated
            since it was compared with what was active then.
        GenerationError: no such generation.
        LockedError: another process publishes for this tenant.
    """
    if not _folded(by):
        raise KnowledgeError("An approval needs a name: --by NAME.")
    folder = generations_folder(data_dir, tenant_id) / Path(generation_id).name
    if Path(generation_id).name in ("", "..") or not folder.is_dir():
        raise GenerationError(f"There is no generation '{generation_id}': see `amtslotse knowledge generations`.")
    with publish_lock(data_dir, tenant_id):
        manifest = read_manifest(folder)
        _refuse_unless_waiting(manifest, active_id(data_dir, tenant_id))
        if _folded(by) == _folded(manifest.created_by):
            raise KnowledgeError(
                f"{manifest.created_by} published {manifest.id} and cannot approve it as well: "
                "ask somebody else to look at it (--by NAME of that person)."
            )
        approved = manifest.model_copy(
            update={"state": GenerationState.READY, "approval": ApprovalEntry(by=by.strip(), at=datetime.now(UTC))}
        )
        log_event(data_dir, tenant_id, manifest.id, Action.APPROVED, by.strip())
        write_manifest(folder, approved)
        activate_logged(data_dir, tenant_id, manifest.id, Action.ACTIVATED, by.strip())
        return approved


def _refuse_unless_waiting(manifest: Manifest, active: str | None) -> None:
    cut_off = manifest.state is GenerationState.READY and manifest.approval is not None and manifest.id != active
    if manifest.state is not GenerationState.PENDING and not cut_off:
        state = "is active already" if manifest.id == active else f"is {manifest.state}"
        raise KnowledgeError(f"{manifest.id} does not wait for approval, it {state}: see `knowledge generations`.")
    if manifest.parent != active:
        raise KnowledgeError(
            f"Since {manifest.id} was published, {active or 'nothing'} became active: publish again, "
            "so that it is compared with what citizens get now."
        )


def _folded(name: str) -> str:
    """Names that only differ in case, spaces or the way their letters are encoded are the same person's."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
