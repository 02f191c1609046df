"""`amtslotse knowledge key`, `export`, `import` and `prune`: generations on their way elsewhere, or out."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from app.errors import InvalidInputError
from app.records.repository import open_records
from app.settings import Settings, get_settings
from cli.options import TenantOption, duration

_TEXTS = "With --texts"


def key(tenant: TenantOption = None) -> None:
    """Print the town's public key; makes the signing key when there is none. Others need it to import your exports."""
    from app.signing import make_signing_key, public_key

    settings = get_settings()
    typer.echo(public_key(make_signing_key(settings.data_dir, tenant or settings.default_tenant)))


def export(
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="File to write; replaced when it is there.")],
    generation: Annotated[str | None, typer.Argument(metavar="[ID]", help="The active one when left out.")] = None,
    tenant: TenantOption = None,
) -> None:
    """Write a generation into one signed file, for another installation."""
    from ingest.transfer import export_generation

    settings = get_settings()
    name = tenant or settings.default_tenant
    package = export_generation(settings.data_dir, name, generation, to)
    typer.echo(
        f"{name}: {package.generation} is in {to} ({to.stat().st_size / 1e6:.1f} MB), signed by {package.signer}"
    )


def import_(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="What `export` wrote.")],
    trust: Annotated[
        str | None, typer.Option(metavar="PUBLICKEY", help="Trust this signer from now on; see `knowledge key`.")
    ] = None,
    embed_again: Annotated[
        bool, typer.Option("--embed-again", help="Compute the vectors anew when another model made them.")
    ] = False,
    by: Annotated[str | None, typer.Option("--by", help="Who imports; your user name when not given.")] = None,
    texts: Annotated[
        bool, typer.Option("--texts", help="Another town's: write its texts as files, to be reviewed here.")
    ] = False,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where to; imported/TOWN in this town's folder.", rich_help_panel=_TEXTS),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="This text and its translations; may be repeated.", rich_help_panel=_TEXTS),
    ] = None,
    office: Annotated[
        str | None,
        typer.Option(metavar="ID", help="This town's office that is responsible for all.", rich_help_panel=_TEXTS),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that were edited here.", rich_help_panel=_TEXTS)
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be written.", rich_help_panel=_TEXTS)
    ] = False,
    tenant: TenantOption = None,
) -> None:
    """Put an exported generation beside the others. It is not active until somebody activates it.

    With --texts: take over the texts of another town, as files that cannot be published before somebody reviewed them.
    """
    from ingest.publishing_log import account_name

    settings = get_settings()
    name, who = tenant or settings.default_tenant, by or account_name()
    if not texts:
        if to or only or office or force or dry_run:
            raise InvalidInputError("--to, --only, --office, --force and --dry-run go with --texts.")
        _import_generation(settings, name, source, who, trust, embed_again)
        return
    if embed_again:
        raise InvalidInputError("--embed-again goes with a whole generation: --texts takes no vectors over.")
    from cli.knowledge_texts import take_over
    from ingest.texts_import import Order

    order = Order(who, trust, to, frozenset(only or ()), office, force=force, dry_run=dry_run)
    take_over(settings, name, source, order)


def _import_generation(
    settings: Settings, name: str, source: Path, by: str, trust: str | None, embed_again: bool
) -> None:
    from app.index.manifest import GenerationState
    from app.models.factory import open_embedder
    from cli.publishing import progress_bars
    from ingest.transfer import Consent, import_generation

    consent = Consent(by, trust, embed_again)
    with progress_bars() as progress:
        found = import_generation(settings.data_dir, name, source, open_embedder(settings), consent, progress)
    command = "approve" if found.state is GenerationState.PENDING else "rollback"
    typer.echo(
        f"{name}: imported {found.id}, {len(found.documents)} texts, {found.chunk_count} passages; "
        f"`amtslotse knowledge {command} {found.id} --tenant {name}` makes it the active one"
    )


def prune(
    keep: Annotated[int, typer.Option(min=1, help="So many of the newest stay.")] = 5,
    older_than: Annotated[str, typer.Option(metavar="AGE", help="Younger ones stay: 90d, 12w or 36h.")] = "90d",
    rollback_target: Annotated[
        bool, typer.Option("--rollback-target", help="Also the one that the active one replaced.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be deleted.")] = False,
    tenant: TenantOption = None,
) -> None:
    """Delete old generations that nothing refers to: not the active one, none that a kept answer came from."""
    from ingest.prune import PruneRule
    from ingest.prune import prune as prune_generations

    settings = get_settings()
    name = tenant or settings.default_tenant
    rule = PruneRule(keep, duration(older_than), keep_rollback_target=not rollback_target)
    pruned = prune_generations(settings.data_dir, name, rule, _recorded(settings, name), dry_run=dry_run)
    for generation_id in pruned.removed:
        typer.echo(f"{'would delete' if dry_run else 'deleted'}  {generation_id}")
    for kept in pruned.kept:
        typer.echo(f"kept  {kept.id}  {kept.reason}")
    if not pruned.removed:
        typer.echo(f"{name}: nothing to delete")


def _recorded(settings: Settings, tenant_id: str) -> frozenset[str]:
    """Generations that answers in the log came from: without them those could not be replayed."""
    with closing(open_records(settings)) as records:
        return records.generations(tenant_id)
