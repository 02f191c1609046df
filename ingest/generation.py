"""Publishes: checks the texts, builds a generation beside the running one, and activates it when the gate holds."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.files import make_folder, remove_folder, write_atomically
from app.index.generation import active_id, generations_folder
from app.index.manifest import EmbeddingEntry, GenerationState, Manifest, OverrideEntry, Reasons, write_manifest
from app.models.ports import Embedder
from ingest.approval import needs_approval
from ingest.build import build_generation
from ingest.disk_errors import cannot_write
from ingest.embedding import Progress
from ingest.gate import Gate, GateRefusedError, refusals
from ingest.lock import publish_lock
from ingest.prepared import Prepared, prepare, refuse_errors, refuse_unfit
from ingest.publishing_log import Action, activate_logged, log_event
from ingest.quality import CheckedKnowledge
from ingest.rollback import generations
from ingest.unfinished import remove_unfinished


def publish(
    knowledge_dir: Path,
    data_dir: Path,
    tenant_id: str,
    embedder: Embedder,
    author: str,
    progress: Progress,
    gate: Gate | None = None,
) -> Manifest:
    """Checks, builds and activates a new generation from a tenant's source texts, changed or not.

    Raises:
        UnknownTenantError, ConfigurationError: tenant.yaml is missing or wrong.
        KnowledgeError, LockedError: as `publish_prepared`.
    """
    return publish_prepared(prepare(knowledge_dir, data_dir, tenant_id), embedder, author, progress, gate)


def publish_prepared(
    prepared: Prepared, embedder: Embedder, author: str, progress: Progress, gate: Gate | None = None
) -> Manifest:
    """Builds and activates what was prepared; with four eyes it ends with a pending generation, see its `state`.

    Without a gate nothing but errors stops it. The active generation serves on until the pointer moves. A failure
    leaves nothing behind, a refusal leaves the candidate to look at.

    Raises:
        KnowledgeError: the texts have errors, or something that needs a reason; the message lists it.
        GateRefusedError: the candidate didn't do well enough; the message says in what and what to do.
        LockedError: another process publishes for this tenant.
    """
    _refuse(prepared, gate)
    tenant_id = prepared.tenant.id
    root = generations_folder(prepared.data_dir, tenant_id)
    make_folder(root)
    with publish_lock(prepared.data_dir, tenant_id):
        prepared = prepared.refreshed()
        _refuse(prepared, gate)
        remove_unfinished(root)
        _remove_unchecked(prepared.data_dir, tenant_id)
        with _candidate(prepared, embedder, author, progress, gate) as manifest:
            failed: tuple[str, ...] = ()
            manifest = manifest.model_copy(update={"overridden": _overridden(prepared.checked), "created_by": author})
            if gate is not None:
                manifest = manifest.model_copy(update={"reasons": gate.reasons})
                manifest, failed = _examined(prepared, manifest, gate, progress)
            if failed:
                _settle(prepared, manifest, GenerationState.REFUSED, Action.REFUSED, failed)
                raise GateRefusedError(_refusal(prepared, manifest, failed), manifest.id)
            if needs_approval(prepared.tenant, prepared.active_folder):
                return _settle(prepared, manifest, GenerationState.PENDING, Action.PENDING)
            return _settle(prepared, manifest, GenerationState.READY, Action.ACTIVATED)


def _refuse(prepared: Prepared, gate: Gate | None) -> None:
    """Raises KnowledgeError for what can be known before anything is built."""
    refuse_errors(prepared)
    if gate is not None:
        refuse_unfit(prepared, gate.reasons)


@contextmanager
def _candidate(
    prepared: Prepared, embedder: Embedder, author: str, progress: Progress, gate: Gate | None
) -> Iterator[Manifest]:
    """A generation to decide about: a refused one of the same texts, else a new one, gone when deciding breaks off."""
    twin = prepared.twin(GenerationState.REFUSED) if gate is not None else None
    if twin is not None and twin.embedding == EmbeddingEntry.of(embedder.info):
        yield twin
        return
    data_dir, tenant_id = prepared.data_dir, prepared.tenant.id
    manifest = build_generation(
        prepared.source, data_dir, tenant_id, prepared.checked, embedder, author, progress, GenerationState.CHECKING
    )
    try:
        yield manifest
    except GateRefusedError:
        raise
    except BaseException as error:
        if active_id(data_dir, tenant_id) != manifest.id:
            with suppress(OSError):
                remove_folder(generations_folder(data_dir, tenant_id) / manifest.id)
        if isinstance(error, OSError):
            raise cannot_write(error, data_dir, "Nothing was changed.") from error
        raise


def _examined(
    prepared: Prepared, manifest: Manifest, gate: Gate, progress: Progress
) -> tuple[Manifest, tuple[str, ...]]:
    """The manifest with what the gold questions say, and why the candidate must not be activated."""
    if gate.examiner is None:
        return manifest, ()
    folder = generations_folder(prepared.data_dir, manifest.tenant) / manifest.id
    publishing = prepared.tenant.publishing
    found = gate.examiner.examine(prepared.source, publishing, folder, prepared.active_folder, progress)
    write_atomically(folder / found.entry.file, found.answers)
    write_atomically(folder / found.entry.report, found.page)
    return manifest.model_copy(update={"evaluation": found.entry}), refusals(found, publishing, gate.reasons)


def _settle(
    prepared: Prepared,
    manifest: Manifest,
    state: GenerationState,
    action: Action,
    why: tuple[str, ...] = (),
) -> Manifest:
    """Writes the decision into manifest and log, and moves the pointer when it is to activate."""
    data_dir, settled = prepared.data_dir, manifest.model_copy(update={"state": state})
    write_manifest(generations_folder(data_dir, manifest.tenant) / manifest.id, settled)
    decide = activate_logged if action is Action.ACTIVATED else log_event
    decide(data_dir, manifest.tenant, manifest.id, action, manifest.created_by, why or given(manifest.reasons))
    return settled


def given(reasons: Reasons) -> tuple[str, ...]:
    """The reasons that were given, each with what it was given for."""
    return tuple(f"{name}: {reason}" for name, reason in reasons.model_dump(exclude_none=True).items())


def _overridden(checked: CheckedKnowledge) -> tuple[OverrideEntry, ...]:
    overrides = dict.fromkeys(overridden.override for overridden in checked.overridden)
    return tuple(OverrideEntry(code=one.code, file=one.file, reason=one.reason, by=one.by) for one in overrides)


def _remove_unchecked(data_dir: Path, tenant_id: str) -> None:
    """Deletes candidates whose publisher was killed while the gold questions were asked."""
    for manifest in generations(data_dir, tenant_id):
        if manifest.state is GenerationState.CHECKING and manifest.id != active_id(data_dir, tenant_id):
            remove_folder(generations_folder(data_dir, tenant_id) / manifest.id)


def _refusal(prepared: Prepared, manifest: Manifest, failed: tuple[str, ...]) -> str:
    folder = generations_folder(prepared.data_dir, manifest.tenant) / manifest.id
    report = f"{folder / manifest.evaluation.report}" if manifest.evaluation else ""
    lines = [f"The candidate {manifest.id} was not activated, what was published serves on:"]
    lines += [f"  - {reason}" for reason in failed]
    lines.append(f"Every answer before and after: {report}")
    lines.append(
        "Mend the texts, or the gold questions where those are out of date, and publish again. "
        "Lost answers that are meant to go: --accept-regressions REASON. Shares: 'publishing' in tenant.yaml."
    )
    return "\n".join(lines)
