"""`amtslotse knowledge`: from source texts to a published generation, and back."""

import getpass
import json
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from app.errors import KnowledgeError
from app.index.generation import active_id
from app.settings import Settings, get_settings
from app.tenants.tenant import load_tenant
from ingest.quality import CheckedKnowledge, check_knowledge

app = typer.Typer(help="Check, publish and roll back a town's texts.", no_args_is_help=True)

TenantOption = Annotated[str | None, typer.Option(help="Municipality; AMTSLOTSE_DEFAULT_TENANT when not given.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command()
def check(tenant: TenantOption = None, as_json: AsJson = False) -> None:
    """List what is wrong with the source texts. Exits with 1 when something would stop publishing."""
    checked = _checked(get_settings(), tenant)
    if as_json:
        findings = [asdict(finding) for finding in checked.findings]
        typer.echo(json.dumps({"documents": len(checked.documents), "findings": findings}, ensure_ascii=False))
    else:
        for finding in checked.findings:
            typer.echo(str(finding))
        warnings = len(checked.findings) - len(checked.errors)
        typer.echo(f"{len(checked.documents)} texts, {len(checked.errors)} errors, {warnings} warnings")
    if checked.errors:
        raise typer.Exit(1)


@app.command()
def publish(
    tenant: TenantOption = None,
    author: Annotated[str | None, typer.Option(help="Who publishes; your user name when not given.")] = None,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Only when nothing is published yet.")] = False,
) -> None:
    """Build a new generation beside the running one and activate it. A running server switches by itself."""
    settings = get_settings()
    name = tenant or settings.default_tenant
    current = active_id(settings.data_dir, name)
    if if_empty and current is not None:
        typer.echo(f"{name}: generation {current} is already published")
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from app.models.factory import open_embedder
    from ingest.generation import publish as publish_generation

    typer.echo(f"{name}: loading the embedding model …")
    embedder = open_embedder(settings)
    with Progress(TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
                  TimeRemainingColumn()) as bars:  # fmt: skip
        tasks: dict[str, int] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = int(bars.add_task(f"embedding {step}", total=total))
            bars.update(tasks[step], completed=done)  # type: ignore[arg-type]

        manifest = publish_generation(
            settings.knowledge_dir, settings.data_dir, name, embedder, author or _user(), show
        )
    typer.echo(f"{name}: published {len(manifest.documents)} texts, {manifest.chunk_count} passages as {manifest.id}")


@app.command()
def diff(tenant: TenantOption = None, as_json: AsJson = False) -> None:
    """Show what publishing would change. Exits with 1 when the texts have errors, which nobody can publish."""
    from ingest.diff import knowledge_diff

    settings = get_settings()
    name = tenant or settings.default_tenant
    checked = _checked(settings, tenant)
    if checked.errors:
        raise KnowledgeError(
            f"The texts have {len(checked.errors)} errors, so they cannot be published: "
            f"`amtslotse knowledge check --tenant {name}` lists them."
        )
    found = knowledge_diff(checked, settings.knowledge_dir / name, settings.data_dir, name)
    if as_json:
        typer.echo(json.dumps(asdict(found)))
        return
    if found.empty:
        typer.echo("no changes")
        return
    for label, documents in (("added", found.added), ("changed", found.changed), ("removed", found.removed)):
        for document in documents:
            typer.echo(f"{label:8} {document}")
    if found.tenant_changed:
        typer.echo("changed  tenant.yaml")
    if found.rules_changed:
        typer.echo("changed  rules")
    typer.echo(f"passages: {found.chunks_added} new, {found.chunks_removed} gone, {found.chunks_kept} unchanged")


@app.command("generations")
def list_generations(tenant: TenantOption = None, as_json: AsJson = False) -> None:
    """List the published generations, oldest first; the active one is marked with *, damaged ones with !."""
    from ingest.rollback import damaged_generations, generations

    settings = get_settings()
    name = tenant or settings.default_tenant
    active = active_id(settings.data_dir, name)
    found = generations(settings.data_dir, name)
    damaged = damaged_generations(settings.data_dir, name)
    if as_json:
        rows = [
            {"id": item.id, "active": item.id == active, "created_at": item.created_at.isoformat(),
             "created_by": item.created_by, "documents": len(item.documents), "chunks": item.chunk_count}
            for item in found
        ]  # fmt: skip
        typer.echo(json.dumps(rows))
        return
    for item in found:
        mark = "*" if item.id == active else " "
        typer.echo(f"{mark} {item.id}  {len(item.documents)} texts, {item.chunk_count} passages, by {item.created_by}")
    for damaged_id in damaged:
        typer.echo(f"! {damaged_id}  damaged: delete its folder, or restore it from a backup")
    if not found and not damaged:
        typer.echo(f"{name}: nothing is published yet; run `amtslotse knowledge publish --tenant {name}`")


@app.command()
def rollback(
    generation: Annotated[
        str | None, typer.Argument(help="Generation to go back to; the one before when left out.")
    ] = None,
    tenant: TenantOption = None,
) -> None:
    """Make an earlier generation the active one, in a moment and without a restart."""
    from ingest.rollback import rollback as roll_back

    settings = get_settings()
    name = tenant or settings.default_tenant
    typer.echo(f"{name}: active is now {roll_back(settings.data_dir, name, generation)}")


def _checked(settings: Settings, tenant: str | None) -> CheckedKnowledge:
    folder = settings.knowledge_dir / (tenant or settings.default_tenant)
    town = load_tenant(folder)
    return check_knowledge(folder, town, datetime.now(town.zone).date())


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
