"""`amtslotse knowledge`: from source texts to a published generation, and back."""

import json
from typing import Annotated

import typer

from app.index.generation import active_id
from app.index.manifest import GenerationState
from app.settings import get_settings
from cli import (
    knowledge_check,
    knowledge_diff,
    knowledge_draft,
    knowledge_facts,
    knowledge_publish,
    knowledge_transfer,
    knowledge_watch,
)
from cli.options import AsJson, TenantOption

app = typer.Typer(help="Check, publish and roll back a town's texts.", no_args_is_help=True)
app.command()(knowledge_check.check)
app.command()(knowledge_diff.diff)
app.command()(knowledge_facts.facts)
app.command()(knowledge_publish.publish)
app.command()(knowledge_publish.approve)
app.command()(knowledge_draft.draft)
app.command()(knowledge_transfer.key)
app.command()(knowledge_transfer.export)
app.command("import")(knowledge_transfer.import_)
app.command()(knowledge_transfer.prune)
app.command()(knowledge_watch.watch)

_NOT_READY = {
    GenerationState.CHECKING: "not finished",
    GenerationState.PENDING: "waits for approval",
    GenerationState.REFUSED: "refused by the gate",
    GenerationState.DRAFT: "draft, to be tried out",
}


@app.command("generations")
def list_generations(tenant: TenantOption = None, as_json: AsJson = False) -> None:
    """List the generations, oldest first; the active one is marked with *, damaged ones with !."""
    from ingest.rollback import damaged_generations, generations

    settings = get_settings()
    name = tenant or settings.default_tenant
    active = active_id(settings.data_dir, name)
    found = generations(settings.data_dir, name)
    damaged = damaged_generations(settings.data_dir, name)
    if as_json:
        rows = [
            {"id": item.id, "active": item.id == active, "state": item.state, "created_at": item.created_at.isoformat(),
             "created_by": item.created_by, "approved_by": item.approval.by if item.approval else None,
             "documents": len(item.documents), "chunks": item.chunk_count}
            for item in found
        ]  # fmt: skip
        typer.echo(json.dumps(rows))
        return
    for item in found:
        mark = "*" if item.id == active else " "
        who = f"by {item.created_by}" + (f", approved by {item.approval.by}" if item.approval else "")
        state = f", {_NOT_READY[item.state]}" if item.state in _NOT_READY else ""
        typer.echo(f"{mark} {item.id}  {len(item.documents)} texts, {item.chunk_count} passages, {who}{state}")
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
    by: Annotated[str | None, typer.Option("--by", help="Who rolls back; your user name when not given.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why; kept in publishing.log.")] = None,
) -> None:
    """Make an earlier generation the active one, in a moment and without a restart or an approval."""
    from ingest.rollback import rollback as roll_back

    settings = get_settings()
    name = tenant or settings.default_tenant
    typer.echo(f"{name}: active is now {roll_back(settings.data_dir, name, generation, by, reason)}")
