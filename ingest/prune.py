"""Deleting generations that nobody needs any more."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.files import remove_folder
from app.index.generation import active_id, generations_folder
from app.index.manifest import GenerationState, Manifest
from ingest.lock import publish_lock
from ingest.rollback import generations
from ingest.unfinished import remove_unfinished


@dataclass(frozen=True, slots=True)
class PruneRule:
    """What may go; a generation must fall under all of it."""

    keep: int
    """So many of the newest stay."""
    older_than: timedelta
    """Younger ones stay."""
    keep_rollback_target: bool = True
    """Whether the one that the active one replaced stays, to go back to."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A generation that stays although it is neither new nor young."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pruned:
    """Ids, oldest first."""

    removed: tuple[str, ...]
    kept: tuple[Kept, ...]


def prune(data_dir: Path, tenant_id: str, rule: PruneRule, recorded: Set[str], *, dry_run: bool = False) -> Pruned:
    """Deletes old generations; with `dry_run` only says which.

    Never the active one, one of `recorded` (answers in the log came from them, and are replayed with them), one that
    waits for approval, or a damaged one, which a person must look at. Whoever is killed meanwhile leaves no half
    generation: the next publishing or pruning deletes the rest.

    Raises:
        LockedError: another process publishes for this tenant.
    """
    root = generations_folder(data_dir, tenant_id)
    if not root.is_dir():
        return Pruned((), ())
    with publish_lock(data_dir, tenant_id):
        if not dry_run:
            remove_unfinished(root)
        found = generations(data_dir, tenant_id)
        reasons = dict(_reasons(found, active_id(data_dir, tenant_id), rule, recorded))
        old = _old(found, rule)
        removed = tuple(manifest.id for manifest in old if manifest.id not in reasons)
        if not dry_run:
            for generation_id in removed:
                remove_folder(root / generation_id)
    return Pruned(removed, tuple(Kept(m.id, reasons[m.id]) for m in old if m.id in reasons))


def _old(found: Sequence[Manifest], rule: PruneRule) -> list[Manifest]:
    limit = datetime.now(UTC) - rule.older_than
    older = found[: max(0, len(found) - rule.keep)]
    return [manifest for manifest in older if manifest.created_at < limit]


def _reasons(
    found: Sequence[Manifest], active: str | None, rule: PruneRule, recorded: Set[str]
) -> Iterator[tuple[str, str]]:
    """Why a generation must stay, the weightiest reason last."""
    parents = {manifest.id: manifest.parent for manifest in found}
    for manifest in found:
        if manifest.state in (GenerationState.PENDING, GenerationState.CHECKING):
            yield manifest.id, "not decided about yet"
        if manifest.id in recorded:
            yield manifest.id, "answers in the log came from it"
        if rule.keep_rollback_target and active in parents and manifest.id == parents[active]:
            yield manifest.id, "to roll back to"
        if manifest.id == active:
            yield manifest.id, "active"
