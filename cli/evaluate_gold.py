"""`amtslotse evaluate gold` and `modes`: how many gold questions are answered rightly, and what became of the rest."""

import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.errors import InvalidInputError
from app.settings import Settings, get_settings
from cli import gold_tables
from cli.progress import progress, step
from evaluation.gold_file import GoldQuestion

TenantOption = Annotated[str | None, typer.Option(help="Municipality; AMTSLOTSE_DEFAULT_TENANT when not given.")]
Split = Annotated[
    str | None,
    typer.Option(
        help="`dev` or `held-out`; both when not given.", callback=lambda value: value and value.replace("-", "_")
    ),
]


def gold(
    tenant: TenantOption = None,
    split: Split = None,
    details: Annotated[bool, typer.Option("--details", help="List every answer that is not right.")] = False,
    no_model: Annotated[bool, typer.Option("--no-model", help="Without the language model: quotes only.")] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", dir_okay=False, help="Write everything as JSON to this file.")
    ] = None,
    html_file: Annotated[
        Path | None, typer.Option("--html", dir_okay=False, help="Write a report for people to this file.")
    ] = None,
    previous_file: Annotated[
        Path | None,
        typer.Option("--previous", exists=True, dir_okay=False, help="Compare with this earlier --json file."),
    ] = None,
    gated: Annotated[
        bool, typer.Option("--gate", help="Exit with 1 and the reasons when it is not good enough to publish.")
    ] = False,
) -> None:
    """Ask the town's gold questions and print how many were answered rightly. Exits with 1 on an invented figure."""
    from app.files import write_atomically
    from evaluation.gold import run_gold
    from evaluation.gold_gate import GateThresholds, gate
    from evaluation.report import gold_report, read_report
    from evaluation.report_html import gold_html
    from evaluation.unrecorded import unrecorded_service

    for path in (json_file, html_file):
        if path is not None and not path.parent.is_dir():
            raise InvalidInputError(f"{path.parent} is no folder: make it, or write the report elsewhere.")
    previous = read_report(previous_file) if previous_file else None
    settings = get_settings()
    if no_model:
        settings = settings.model_copy(update={"llm_backend": "none"})
    name, questions = _questions(settings, tenant, split)
    started = datetime.now(UTC)
    with unrecorded_service(settings) as service:
        answers = run_gold(service, name, questions, progress)
        report = gold_report(answers, service, name, shlex.join(["amtslotse", *sys.argv[1:]]), started)
    if json_file is not None:
        write_atomically(json_file, report.to_json())
    if html_file is not None:
        write_atomically(html_file, gold_html(report, previous))
    if details:
        typer.echo(gold_tables.not_right(report))
    typer.echo(gold_tables.summary(report))
    if previous is not None:
        typer.echo(gold_tables.comparison(report, previous))
    reasons = gate(report, GateThresholds()) if gated else []
    for reason in reasons:
        typer.echo(f"not to be published: {reason}")
    if reasons or any(part.figures.invented_figures for part in report.splits):
        raise typer.Exit(1)


def modes(tenant: TenantOption = None, split: Split = None) -> None:
    """Ask the gold questions in every way of answering that the settings allow, and print one row for each."""
    from evaluation.modes import answer_modes, evaluate_modes

    settings = get_settings()
    name, questions = _questions(settings, tenant, split)
    typer.echo(gold_tables.modes(evaluate_modes(settings, answer_modes(settings), name, questions, step)))


def _questions(settings: Settings, tenant: str | None, split: str | None) -> tuple[str, tuple[GoldQuestion, ...]]:
    """The town's name and the questions to ask it."""
    from evaluation.gold_file import read_gold

    name = tenant or settings.default_tenant
    return name, read_gold(settings.knowledge_dir / name / "gold", split)
