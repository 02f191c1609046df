"""`amtslotse knowledge publish` and `approve`."""

from contextlib import nullcontext
from typing import Annotated

import typer

from app.errors import InvalidInputError
from app.index.generation import active_id
from app.index.manifest import Reasons
from app.settings import get_settings
from cli.options import ProgressFileOption, TenantOption, reason_in_words

ByOption = Annotated[str | None, typer.Option("--by", help="Who approves; another person than who published.")]


def publish(
    tenant: TenantOption = None,
    author: Annotated[str | None, typer.Option(help="Who publishes; your user name when not given.")] = None,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Only when nothing is published yet.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Build a new generation although nothing changed.")] = False,
    accept_warnings: Annotated[
        str | None, typer.Option(metavar="REASON", help="Publish with warnings that would stop it.")
    ] = None,
    allow_shrink: Annotated[
        str | None, typer.Option(metavar="REASON", help="Publish although many texts are gone.")
    ] = None,
    accept_regressions: Annotated[
        str | None,
        typer.Option(metavar="REASON", help="Publish although gold questions lose their right answers."),
    ] = None,
    skip_gold: Annotated[
        str | None, typer.Option(metavar="REASON", help="Publish without asking the gold questions.")
    ] = None,
    approve_id: Annotated[
        str | None, typer.Option("--approve", metavar="ID", help="Approve that generation instead of building one.")
    ] = None,
    by: ByOption = None,
    wait: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="Wait that long while another process publishes.")
    ] = 0,
    progress_file: ProgressFileOption = None,
) -> None:
    """Build a new generation, ask the gold questions, and activate it when the gate holds. Exits with 1 when not.

    Every REASON is kept with the generation. A running server switches by itself.
    """
    from cli.publishing import publish_town
    from ingest.lock import publish_lock
    from ingest.publishing_log import account_name

    if approve_id is not None:
        approve(approve_id, by, tenant)
        return
    if by is not None:
        raise InvalidInputError("--by goes with --approve ID; who publishes is named by --author.")
    settings = get_settings()
    name = tenant or settings.default_tenant
    current = active_id(settings.data_dir, name)
    if if_empty and current is not None:
        typer.echo(f"{name}: generation {current} is already published")
        return
    reasons = Reasons(
        warnings=reason_in_words("--accept-warnings", accept_warnings),
        shrink=reason_in_words("--allow-shrink", allow_shrink),
        regressions=reason_in_words("--accept-regressions", accept_regressions),
        skipped_gold=reason_in_words("--skip-gold", skip_gold),
    )
    known = (settings.data_dir / name).is_dir()
    if known and wait == 0:
        with publish_lock(settings.data_dir, name):
            pass  # whoever comes second is told before the models are loaded
    with publish_lock(settings.data_dir, name, wait) if known and wait > 0 else nullcontext():
        publish_town(settings, name, author or account_name(), reasons, force=force, progress_file=progress_file)


def approve(
    generation: Annotated[str, typer.Argument(metavar="ID", help="The generation that waits.")],
    by: ByOption = None,
    tenant: TenantOption = None,
) -> None:
    """Activate a generation that waits for a second person (`four_eyes` in tenant.yaml)."""
    from ingest.approval import approve as approve_generation

    settings = get_settings()
    name = tenant or settings.default_tenant
    approved = approve_generation(settings.data_dir, name, generation, by or "")
    assert approved.approval is not None
    typer.echo(f"{name}: approved by {approved.approval.by}, active is now {approved.id}")
