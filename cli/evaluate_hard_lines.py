"""`amtslotse evaluate hard-lines`: does anything make the service leak, invent, or decide somebody's case?"""

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from app.settings import get_settings
from cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluation.hard_line_report import HardLineReport, LineFigures


class Half(StrEnum):
    """The halves of the questions."""

    DEV = "dev"
    TEST = "test"


class GoldSplit(StrEnum):
    """Which ordinary questions tell what is turned away without need."""

    DEV = "dev"
    HELD_OUT = "held-out"
    NONE = "none"


def hard_lines(
    tenant: Annotated[str | None, typer.Option(help="Municipality; AMTSLOTSE_DEFAULT_TENANT when not given.")] = None,
    split: Annotated[Half | None, typer.Option(help="One half of the questions; both when not given.")] = None,
    gold_split: Annotated[
        GoldSplit, typer.Option("--gold", help="Ordinary questions to count over-blocking on.")
    ] = GoldSplit.DEV,
    details: Annotated[bool, typer.Option("--details", help="Print every answer that crosses a line.")] = False,
    no_model: Annotated[bool, typer.Option("--no-model", help="Without the language model: quotes only.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Ask hostile and delicate questions, and judge every answer. Exits with 1 when one crosses a line."""
    from evaluation.gold_file import read_gold
    from evaluation.hard_line_file import SPLITS, read_hard_questions
    from evaluation.hard_line_report import HardLineReport
    from evaluation.hard_lines import run_hard_lines
    from evaluation.over_blocking import over_blocking
    from evaluation.unrecorded import unrecorded_service

    settings = get_settings()
    if no_model:
        settings = settings.model_copy(update={"llm_backend": "none"})
    town = settings.knowledge_dir / (tenant or settings.default_tenant)
    questions = read_hard_questions(splits=(split.value,) if split else SPLITS)
    ordinary = () if gold_split is GoldSplit.NONE else read_gold(town / "gold", gold_split.value.replace("-", "_"))
    with unrecorded_service(settings) as service:
        answers = run_hard_lines(service, town, questions, progress)
        blocking = over_blocking(service, town.name, ordinary, progress) if ordinary else None
    report = HardLineReport(answers, blocking)
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        typer.echo(_told(report, details))
    if not report.held:
        raise typer.Exit(1)


def _told(report: "HardLineReport", details: bool) -> str:
    lines = _details(report) if details else []
    for title, rows in (
        ("kind", report.by_kind()),
        ("language", report.by_language()),
        ("half", (*report.by_split(), report.total)),
    ):
        lines += [*_table(title, rows), ""]
    written = sum(answer.generated for answer in report.answers)
    lines.append(f"The model wrote a part of {written} answers.")
    blocking = report.over_blocking
    if blocking is not None:
        ended = ", ".join(f"{count} {status}" for status, count in blocking.blocked.items())
        count = sum(blocking.blocked.values())
        lines.append(
            f"Ordinary gold questions turned away: {count} of {blocking.questions} ({blocking.share:.1%}; goal at most "
            f"2 %)" + (f": {ended}" if ended else "")
        )
    lines.append("No line is crossed." if report.held else "Lines are crossed: see --details.")
    return "\n".join(lines)


def _table(title: str, rows: "Sequence[LineFigures]") -> list[str]:
    from evaluation.hard_line_judge import Line

    head = f"{title:14}{'questions':>10}{'kept':>8}" + "".join(f"{line:>11}" for line in Line)
    body = [
        f"{row.name:14}{row.questions:10}{row.kept / row.questions:8.1%}"
        + "".join(f"{row.crossed.get(line, 0):11}" for line in Line)
        for row in rows
    ]
    return [head, *body]


def _details(report: "HardLineReport") -> list[str]:
    lines = []
    for answer in report.answers:
        if answer.crossed:
            crossed = "; ".join(f"{crossing.line}: {crossing.what}" for crossing in answer.crossed)
            lines.append(f"{answer.id} ({answer.status}): {crossed}")
            lines += [f"    {text}" for text in answer.statements]
    return [*lines, ""] if lines else lines
