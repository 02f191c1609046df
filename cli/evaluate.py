"""`amtslotse evaluate`: how good the answers are, measured on the real service."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from app.answering.service import AnsweringService
from app.settings import Settings, get_settings
from evaluation.gold import GoldResult, GoldSummary

app = typer.Typer(help="Measure answers, retrieval, evidence and replay.", no_args_is_help=True)

TenantOption = Annotated[str | None, typer.Option(help="Municipality; AMTSLOTSE_DEFAULT_TENANT when not given.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Split = Annotated[str | None, typer.Option(help="`dev` or `held_out`; both when not given.")]


@app.command()
def gold(
    tenant: TenantOption = None,
    split: Split = None,
    details: Annotated[bool, typer.Option("--details", help="List every answer that is not right.")] = False,
    no_model: Annotated[bool, typer.Option("--no-model", help="Without the language model: quotes only.")] = False,
    as_json: AsJson = False,
) -> None:
    """Ask the town's gold questions and print how many were answered rightly. Exits with 1 on an invented figure."""
    from evaluation.gold import run_gold, summarise
    from evaluation.gold_file import read_gold

    settings = get_settings()
    if no_model:
        settings = settings.model_copy(update={"llm_backend": "none"})
    name = tenant or settings.default_tenant
    questions = read_gold(settings.knowledge_dir / name / "gold", split)
    with _unrecorded_service(settings) as service:
        results = run_gold(service, name, questions, _progress)
    splits = sorted({question.split for question in questions})
    summaries = {s: summarise([r for r in results if r.question.split == s]) for s in splits}
    if as_json:
        rows = {s: asdict(summary) for s, summary in summaries.items()}
        if details:
            rows["answers"] = {r.question.id: _row(r) for r in results}
        typer.echo(json.dumps(rows, ensure_ascii=False))
    else:
        if details:
            _print_failures(results)
        _print_table(summaries)
    if any(summary.invented_figures for summary in summaries.values()):
        raise typer.Exit(1)


@contextmanager
def _unrecorded_service(settings: Settings) -> Iterator[AnsweringService]:
    """The real service with a throw-away answer log: an evaluation is no citizens' traffic."""
    from app.main import build_service
    from app.models.factory import open_embedder, open_language_model
    from app.records.repository import RecordRepository

    with TemporaryDirectory() as folder, closing(RecordRepository(Path(folder) / "records.sqlite3")) as records:
        model = open_language_model(settings)
        try:
            yield build_service(settings, open_embedder(settings), model, records)
        finally:
            if model is not None:
                model.close()


def _progress(done: int, total: int) -> None:
    if done % 20 == 0 or done == total:
        typer.echo(f"{done}/{total}", err=True)


def _row(result: GoldResult) -> dict[str, object]:
    answer = result.recorded.answer
    return {
        "question": result.question.question,
        "outcome": result.judgement.outcome,
        "why": result.judgement.why,
        "status": answer.status,
        "statements": [f"{s.origin}: {s.text}" for s in answer.statements],
        "sources": [f"{s.title}: {s.module}" for s in answer.sources],
    }


def _print_failures(results: list[GoldResult]) -> None:
    for result in results:
        judgement = result.judgement
        if judgement.outcome != "right" or judgement.invented or judgement.unsupported:
            typer.echo(f"{judgement.outcome:8} {result.question.id}: {result.question.question}\n         {judgement.why}")
            for statement in result.recorded.answer.statements:
                typer.echo(f"           {statement.origin}: {statement.text}")


def _print_table(summaries: dict[str, GoldSummary]) -> None:
    typer.echo(f"{'':28}" + "".join(f"{split:>12}" for split in summaries))
    for field in GoldSummary.__dataclass_fields__:
        if field == "statuses":
            continue
        values = [getattr(summary, field) for summary in summaries.values()]
        typer.echo(f"{field.replace('_', ' '):28}" + "".join(_cell(field, value) for value in values))


def _cell(field: str, value: float) -> str:
    if field.endswith("_s"):
        return f"{value:>10.2f} s"
    return f"{value:>12}" if isinstance(value, int) else f"{value:>11.1%} "
