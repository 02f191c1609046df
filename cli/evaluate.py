"""`amtslotse evaluate`: how good the answers are, measured on the real service."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from app.errors import InvalidInputError
from app.settings import get_settings
from cli import evaluate_gold, evaluate_hard_lines, evaluate_parity, tables
from cli.evaluate_gold import Split, TenantOption
from cli.progress import progress, step

app = typer.Typer(help="Measure answers, retrieval, evidence and replay.", no_args_is_help=True)
app.command()(evaluate_gold.gold)
app.command()(evaluate_gold.modes)
app.command()(evaluate_hard_lines.hard_lines)
app.command()(evaluate_parity.parity)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
DataFiles = Annotated[
    list[Path] | None,
    typer.Option(exists=True, dir_okay=False, help="OMoS-QA JSON lines or SQuAD JSON; several files may follow."),
]
MoreFiles = Annotated[list[Path] | None, typer.Argument(exists=True, dir_okay=False, metavar="", hidden=True)]


@app.command()
def retrieval(
    tenant: TenantOption = None,
    split: Split = None,
    data: DataFiles = None,
    questions: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Ask the questions of this file instead.")
    ] = None,
    more: MoreFiles = None,
    as_json: AsJson = False,
) -> None:
    """Measure how high the right service is ranked: on the gold questions, or on the pages of data sets."""
    from app.answering.weights import load_weights
    from app.index.generation import open_active
    from app.models.factory import open_embedder
    from evaluation.corpus import page_corpus
    from evaluation.gold_file import read_gold
    from evaluation.passages_file import read_passages
    from evaluation.retrieval import evaluate_retrieval, gold_questions, page_questions

    settings = get_settings()
    files = [*(data or []), *(more or [])]
    if not files:
        if questions is not None:
            raise InvalidInputError("--questions needs pages to search: name them with --data.")
        name = tenant or settings.default_tenant
        gold_set = read_gold(settings.knowledge_dir / name / "gold", split)
        embedder = open_embedder(settings)
        generation = open_active(settings.data_dir, name, embedder.info)
        asked = gold_questions(gold_set, generation)
        report = evaluate_retrieval(asked, generation, embedder, load_weights(), progress)
    else:
        passages = read_passages(files)
        asked = page_questions(read_passages([questions]).questions if questions else passages.questions)
        if not passages.pages or not asked:
            raise InvalidInputError("The files hold no page, or no question with an answer: name other files.")
        embedder = open_embedder(settings)
        with page_corpus(passages.pages, embedder, step) as corpus:
            report = evaluate_retrieval(asked, corpus.generation, embedder, load_weights(), progress)
    typer.echo(json.dumps(asdict(report)) if as_json else tables.retrieval(report))


@app.command()
def evidence(
    data: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="OMoS-QA rows, JSON lines.")],
    predictions: Annotated[Path, typer.Option(dir_okay=False, help="Where to write {id: [sentence numbers]}.")],
    as_json: AsJson = False,
) -> None:
    """Select the sentences of each question's page that answer it, and print the figures of the OMoS-QA paper."""
    from app.files import write_atomically
    from app.models.evidence.model import load_evidence_model
    from app.models.factory import open_embedder
    from evaluation.corpus import page_corpus
    from evaluation.evidence import predict_evidence, selections
    from evaluation.passages_file import read_passages
    from evaluation.selection import evidence_figures

    passages = read_passages([data])
    asked = passages.questions
    if not asked or any(question.page is None for question in asked):
        raise InvalidInputError(f"{data} must hold questions with their pages' text in 'context'.")
    if len({question.id for question in asked}) < len(asked):
        raise InvalidInputError(f"{data}: an id stands twice; predictions are written by id.")
    if not predictions.parent.is_dir():
        raise InvalidInputError(f"{predictions.parent} is no folder: make it, or write the predictions elsewhere.")
    embedder = open_embedder(get_settings())
    with page_corpus(passages.pages, embedder, step) as corpus:
        predicted = predict_evidence(asked, corpus, embedder, load_evidence_model(), progress)
    write_atomically(predictions, json.dumps(predicted, ensure_ascii=False) + "\n")
    figures = evidence_figures(selections(asked, predicted))
    typer.echo(json.dumps(asdict(figures)) if as_json else tables.evidence(figures))


@app.command()
def replay(
    tenant: TenantOption = None,
    split: Split = None,
    count: Annotated[int, typer.Option(min=0, help="How many answers to replay.")] = 100,
    requests: Annotated[
        int, typer.Option(min=0, help="How often to ask besides: shuffled, at once, over HTTP and by command line.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Ask gold questions, replay them in another order and under load, and ask again. Exits with 1 on a difference."""
    from dataclasses import replace

    from cli.ask import answer_as_json
    from evaluation.alike import evaluate_alike
    from evaluation.gold_file import read_gold
    from evaluation.replay import ReplayReport, evaluate_replay
    from evaluation.unrecorded import unrecorded_service

    settings = get_settings()
    name = tenant or settings.default_tenant
    questions = read_gold(settings.knowledge_dir / name / "gold", split)
    threads = settings.queue_size
    with unrecorded_service(settings) as service:
        nothing = ReplayReport(asked=0, passes=())
        report = evaluate_replay(service, name, questions, count, threads, step) if count else nothing
        if requests:
            alike = evaluate_alike(service, settings, name, questions, requests, threads, answer_as_json, step)
            report = replace(report, asked=count + requests, passes=(*report.passes, *alike))
    if as_json:
        typer.echo(json.dumps({"identical": report.identical, **asdict(report)}, ensure_ascii=False))
    else:
        typer.echo(tables.replay(report))
    if not report.identical:
        raise typer.Exit(1)
