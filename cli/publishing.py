"""Publishing a town with all that belongs to it: models, gold questions, progress. For commands and `watch` alike."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import typer

from app.errors import ModelError
from app.index.manifest import GenerationState, Manifest, Reasons
from app.models.ports import Embedder, LanguageModel
from app.settings import Settings
from ingest.embedding import Progress

End = Callable[[str, str | None], None]
"""Told what came out of a command (published, pending, unchanged, refused, built), and which generation."""
_STEPS = {"passages": "embedding passages", "sentences": "embedding sentences", "names": "embedding names"}


def publish_town(
    settings: Settings,
    tenant_id: str,
    author: str,
    reasons: Reasons,
    *,
    force: bool = False,
    progress_file: Path | None = None,
) -> Manifest | None:
    """Publishes through the gate and says what happened; None when there is nothing new to publish.

    With `progress_file` progress and outcome are kept in it, see `ProgressFile`.

    Raises:
        GateRefusedError, KnowledgeError, LockedError, ConfigurationError: see `ingest.generation.publish_prepared`.
    """
    from ingest.gate import Gate, GateRefusedError
    from ingest.generation import publish_prepared
    from ingest.prepared import prepare, refuse_errors, refuse_unfit

    prepared = prepare(settings.knowledge_dir, settings.data_dir, tenant_id)
    if not force and prepared.active and prepared.unchanged(*_embedding(settings)):
        typer.echo(f"{tenant_id}: nothing has changed since {prepared.active.id} (--force builds it anew)")
        _end(progress_file, "unchanged", prepared.active.id)
        return None
    if not force and (waiting := prepared.twin(GenerationState.PENDING)):
        typer.echo(f"{tenant_id}: {waiting.id} has the same texts and {_waits(tenant_id, waiting)}")
        _end(progress_file, "pending", waiting.id)
        return None
    refuse_errors(prepared)
    refuse_unfit(prepared, reasons)
    with ExitStack() as stack:
        if reasons.skipped_gold is None:
            from evaluation.publishing_gate import GoldExaminer, gold_questions

            gold_questions(prepared.source, prepared.tenant.publishing)  # wrong files are told before minutes of work
            embedder, model = stack.enter_context(loaded_models(settings, tenant_id))
            gate = Gate(reasons, GoldExaminer(settings, embedder, model))
        else:
            embedder, _ = stack.enter_context(
                loaded_models(settings.model_copy(update={"llm_backend": "none"}), tenant_id)
            )
            gate = Gate(reasons)
        progress, end = stack.enter_context(shown_progress(progress_file))
        try:
            manifest = publish_prepared(prepared, embedder, author, progress, gate)
        except GateRefusedError as error:
            end("refused", error.generation)
            raise
        end("pending" if manifest.state is GenerationState.PENDING else "published", manifest.id)
    size = f"{len(manifest.documents)} texts, {manifest.chunk_count} passages as {manifest.id}"
    if manifest.state is GenerationState.PENDING:
        typer.echo(f"{tenant_id}: built {size}; it {_waits(tenant_id, manifest)}")
    else:
        typer.echo(f"{tenant_id}: published {size}")
    if manifest.evaluation is not None:
        typer.echo(f"{tenant_id}: {gold_summary(manifest)}")
    return manifest


def gold_summary(manifest: Manifest) -> str:
    """What the gold questions said, in one line."""
    found = manifest.evaluation
    if found is None:
        return "the gold questions were not asked"
    shares = ((found.right, "answered rightly"), (found.right_refusals, "rightly refused"))
    parts = [f"{100 * share:.1f} % {name}" for share, name in shares if share is not None]
    return f"{found.questions} gold questions: " + ", ".join([*parts, f"{found.invented} invented figures"])


@contextmanager
def loaded_models(settings: Settings, tenant_id: str) -> Iterator[tuple[Embedder, LanguageModel | None]]:
    """The models that the settings name; the language model is closed at the end."""
    from app.models.factory import open_embedder, open_language_model

    typer.echo(f"{tenant_id}: loading the models …", err=True)
    embedder = open_embedder(settings)
    model = open_language_model(settings)
    try:
        yield embedder, model
    finally:
        if model is not None:
            model.close()


@contextmanager
def shown_progress(file: Path | None) -> Iterator[tuple[Progress, End]]:
    """Progress for a program in a file, or for people as bars; and what to call at the end."""
    if file is not None:
        from ingest.progress_file import ProgressFile

        kept = ProgressFile(file)
        yield kept, kept.end
        return
    with progress_bars() as progress:
        yield progress, lambda _outcome, _generation: None


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """A bar a step with the remaining time, on the error stream."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Bars(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bars:
        tasks = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(_STEPS.get(step, step), total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield show


def _end(file: Path | None, outcome: str, generation: str) -> None:
    with shown_progress(file) as (_, end):
        end(outcome, generation)


def _waits(tenant_id: str, manifest: Manifest) -> str:
    return (
        f"waits for approval by somebody else than {manifest.created_by}: "
        f"amtslotse knowledge approve {manifest.id} --tenant {tenant_id} --by NAME"
    )


def _embedding(settings: Settings) -> tuple[str, str]:
    """Name and SHA-256 of the embedding model, without loading it; no SHA-256 when only loading would tell."""
    from app.models.installed import weights_sha256

    name = settings.embedding_model
    try:
        return Path(name).name, weights_sha256(settings, name)
    except ModelError:
        return Path(name).name, ""
