"""`amtslotse evaluate parity`: whether everybody is told the same, whoever asks and however."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from app.settings import get_settings
from cli.evaluate_gold import Split, TenantOption
from cli.progress import progress
from evaluation.parity_frames import FrameSet

if TYPE_CHECKING:
    from evaluation.parity_report import ParityReport, ParityRow, Violation

_SEED = 5


def parity(
    tenant: TenantOption = None,
    split: Split = None,
    frames: Annotated[
        FrameSet, typer.Option(help="The frames of names, tone and so on: `dev` or `held_out`.")
    ] = FrameSet.HELD_OUT,
    sample: Annotated[int | None, typer.Option(min=1, help="Ask only that many gold questions.")] = None,
    seed: Annotated[int, typer.Option(help="Draws questions, frames, names and typing errors.")] = _SEED,
    no_model: Annotated[bool, typer.Option("--no-model", help="Without the language model: quotes only.")] = False,
    rates_only: Annotated[bool, typer.Option("--rates-only", help="Without the list of violations.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Ask gold questions in variants: other names, gender, tone, spelling. Exits with 1 below the goals."""
    from evaluation.gold_file import read_gold
    from evaluation.parity import evaluate_parity, remembering, sampled
    from evaluation.parity_frames import read_frames, read_translations
    from evaluation.unrecorded import unrecorded_service

    settings = get_settings()
    if no_model:
        settings = settings.model_copy(update={"llm_backend": "none"})
    name = tenant or settings.default_tenant
    questions = sampled(read_gold(settings.knowledge_dir / name / "gold", split), sample, seed)
    with unrecorded_service(settings) as service:
        report = evaluate_parity(
            remembering(service), name, questions, read_frames(frames), read_translations(), seed, progress
        )
    if as_json:
        left_out = {"violations"} if rates_only else set()
        shown = {key: value for key, value in asdict(report).items() if key not in left_out}
        typer.echo(json.dumps({"met": report.met, **shown}, ensure_ascii=False))
    else:
        typer.echo(_table(report) if rates_only else f"{_violations(report)}{_table(report)}")
    if not report.met:
        raise typer.Exit(1)


def _table(report: "ParityReport") -> str:
    head = ("", "variants", "same status and figures", "same service", "same words", "goal")
    rows = [head, *(_cells(row) for row in report.rows)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = [f"{report.questions} questions, generation {report.generation}, model {report.model}"]
    lines += ["  ".join(cell.ljust(w) if n == 0 else cell.rjust(w) for n, (cell, w) in
                        enumerate(zip(row, widths, strict=True))).rstrip() for row in rows]  # fmt: skip
    return "\n".join(lines)


def _cells(row: "ParityRow") -> tuple[str, ...]:
    name = row.kind.value if row.way is None else f"  {row.way.replace('_', ' ')}"
    shares = (f"{100 * share:.1f} %" for share in (row.same, row.same_services, row.same_words))
    goal = "" if row.goal is None else f"{'≥ ' if row.goal < 1 else ''}{100 * row.goal:.0f} %"
    return (name, str(row.variants), *shares, goal if row.met else f"{goal} missed")


def _violations(report: "ParityReport") -> str:
    return "".join(f"{_violation(each)}\n" for each in report.violations)


def _violation(each: "Violation") -> str:
    before, after = each.status
    lines = [f"{each.kind}/{each.way} {each.id}: {before} -> {after}", f"    {each.question}", f"    {each.variant}"]
    if each.missing or each.added:
        lines.append(f"    figures missing: {', '.join(each.missing) or '-'}; added: {', '.join(each.added) or '-'}")
    return "\n".join(lines)
