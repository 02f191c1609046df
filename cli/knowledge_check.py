"""`amtslotse knowledge check`: what is wrong with the texts, for people, programs and editors."""

from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.settings import get_settings
from app.tenants.tenant import load_tenant
from cli.options import AsJson, TenantOption
from ingest.findings import Severity
from ingest.prepared import checked_today
from ingest.quality import CheckedKnowledge

if TYPE_CHECKING:
    from rich.console import Console

HtmlFile = Annotated[Path | None, typer.Option("--html", help="Write a page for editors, in German, to this file.")]
ExternalLinks = Annotated[
    bool, typer.Option("--external-links", help="Ask the web for every address in the texts; takes a while.")
]


def check(
    tenant: TenantOption = None, as_json: AsJson = False, html: HtmlFile = None, external_links: ExternalLinks = False
) -> None:
    """List what is wrong with the source texts. Exits with 1 when something would stop publishing."""
    settings = get_settings()
    folder = settings.knowledge_dir / (tenant or settings.default_tenant)
    town = load_tenant(folder)
    checked = checked_today(folder, settings.data_dir, town, external_links=external_links)
    if html is not None:
        from app.files import write_atomically
        from ingest.quality_html import quality_html

        write_atomically(html, quality_html(checked, town, folder, datetime.now(town.zone).date()))
    if as_json:
        from ingest.quality_report import QualityReport

        typer.echo(QualityReport.of(checked).model_dump_json(indent=2))
    else:
        _print(checked)
        if html is not None:
            typer.echo(f"the page for editors is {html}")
    if checked.blocking:
        raise typer.Exit(1)


def _print(checked: CheckedKnowledge) -> None:
    from rich.console import Console

    console = Console()
    if console.is_terminal:
        _print_tables(checked, console)
    else:
        for finding in checked.findings:
            typer.echo(str(finding))
    counts = f"{len(checked.documents)} texts, {len(checked.errors)} errors, {len(checked.warnings)} warnings"
    typer.echo(f"{counts}, {len(checked.overridden)} overridden" if checked.overridden else counts)


def _print_tables(checked: CheckedKnowledge, console: "Console") -> None:
    """One table a file."""
    from rich.table import Table
    from rich.text import Text

    for name, findings in groupby(checked.findings, key=lambda finding: finding.file):
        table = Table(title=Text(name, style="bold"), title_justify="left", box=None, pad_edge=False, expand=False)
        for heading in ("line", "", "code", "what", "fix"):
            table.add_column(heading, overflow="fold", justify="right" if heading == "line" else "left")
        for finding in findings:
            error = finding.severity is Severity.ERROR
            table.add_row(
                str(finding.line or ""), Text(finding.severity.value, style="red" if error else "yellow"),
                finding.code, Text(finding.message), Text(finding.fix),
            )  # fmt: skip
        console.print(table)
        console.print()
