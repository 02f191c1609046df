"""The published generations, and going back to one of them by moving the pointer."""

from collections.abc import Sequence
from pathlib import Path

from app.errors import GenerationError, KnowledgeError
from app.index.generation import active_id, generations_folder
from app.index.manifest import GenerationState, Manifest, read_manifest
from ingest.lock import publish_lock
from ingest.publishing_log import Action, account_name, activate_logged


def generations(data_dir: Path, tenant_id: str) -> list[Manifest]:
    """All finished generations of a tenant whose manifest can be read, oldest first."""
    found = (_manifest(data_dir, tenant_id, name) for name in _names(data_dir, tenant_id))
    return [manifest for manifest in found if manifest is not None]


def damaged_generations(data_dir: Path, tenant_id: str) -> list[str]:
    """Ids of generations that nobody can go back to, because their manifest cannot be read."""
    return [name for name in _names(data_dir, tenant_id) if _manifest(data_dir, tenant_id, name) is None]


def rollback(
    data_dir: Path, tenant_id: str, generation_id: str | None = None, by: str | None = None, reason: str | None = None
) -> str:
    """Activates another generation: the one named, else the parent of the active one. Returns its id.

    Needs no second person, so that a mistake is gone at once; the log keeps who did it (`by`, else the login name).
    When the active one's manifest is damaged, its parent is unknown: then the newest one before it is taken.

    Raises:
        KnowledgeError: there is nothing to roll back to.
        GenerationError: no such generation.
        LockedError: another process publishes for this tenant, and would move the pointer on.
    """
    found = generations(data_dir, tenant_id)
    known = [manifest.id for manifest in found if manifest.state is GenerationState.READY]
    if not known:
        raise KnowledgeError(f"'{tenant_id}' has no earlier generation to roll back to.")
    with publish_lock(data_dir, tenant_id):
        if generation_id is None:
            generation_id = _before_active(data_dir, tenant_id, known)
        if generation_id in {manifest.id for manifest in found}.difference(known):
            raise KnowledgeError(
                f"{generation_id} was never activated, because the gate refused it or nobody has approved it: "
                "going back leads to generations that have served before."
            )
        if generation_id not in known:
            raise GenerationError(
                f"'{tenant_id}' has no generation '{generation_id}': "
                f"`amtslotse knowledge generations --tenant {tenant_id}` lists those that can be activated."
            )
        reasons = (reason,) if reason else ()
        activate_logged(data_dir, tenant_id, generation_id, Action.ROLLED_BACK, by or account_name(), reasons)
    return generation_id


def _before_active(data_dir: Path, tenant_id: str, known: Sequence[str]) -> str:
    current = active_id(data_dir, tenant_id) or ""
    manifest = _manifest(data_dir, tenant_id, current)
    # Ids are points in time, so they sort by age.
    parent = manifest.parent if manifest else max((name for name in known if name < current), default=None)
    if parent is None:
        raise KnowledgeError(f"'{tenant_id}' has no earlier generation to roll back to.")
    return parent


def _names(data_dir: Path, tenant_id: str) -> list[str]:
    return sorted(path.name for path in generations_folder(data_dir, tenant_id).glob("[!.]*/"))


def _manifest(data_dir: Path, tenant_id: str, name: str) -> Manifest | None:
    try:
        return read_manifest(generations_folder(data_dir, tenant_id) / name)
    except GenerationError:
        return None
