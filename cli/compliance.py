"""`amtslotse compliance`: drafts of the documents that data protection and AI law ask of a town."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.settings import get_settings
from cli.options import TenantOption

app = typer.Typer(help="Drafts for data protection and the AI Act.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Drafts for data protection and the AI Act."""


@app.command()
def export(
    to: Annotated[
        Path | None, typer.Option(help="Folder to write to; compliance/TENANT below the current one when not given.")
    ] = None,
    tenant: TenantOption = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite drafts that somebody has worked on.")] = False,
) -> None:
    """Write German drafts from the live configuration: GDPR Art. 30, 13 and 32, AI Act Art. 50. Loads the models."""
    from app.transparency.build import energy_days, transparency_register
    from app.transparency.compliance import LANGUAGE, compliance_drafts
    from app.transparency.draft_folder import write_drafts
    from app.transparency.energy import energy_figures
    from cli.runtime import open_service

    settings = get_settings()
    town = tenant or settings.default_tenant
    now = datetime.now(UTC)
    with open_service(settings) as service:
        energy = energy_figures(service.records, town, energy_days(settings), now)
        register = transparency_register(service, settings, town, LANGUAGE, energy, now)
        settled = service.generations.active(town).tenant
    today = now.astimezone(settled.zone).date()
    drafts = compliance_drafts(register, settled, settings, today)
    folder = to or Path("compliance") / town
    for path in write_drafts(folder, drafts, town, register.software.version, today, force=force):
        typer.echo(path)
    for draft in drafts:
        typer.echo(f"{draft.name}: {draft.open} places to complete")
    total = sum(draft.open for draft in drafts)
    typer.echo(f"{total} places marked 'Bitte ergänzen' are left for people. These are drafts, no legal advice.")
