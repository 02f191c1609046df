"""`amtslotse knowledge diff`: what publishing would change, and which answers."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.errors import InvalidInputError, KnowledgeError
from app.settings import Settings, get_settings
from cli.diff_text import diff_text, gold_text
from cli.options import AsJson, ProgressFileOption, TenantOption

if TYPE_CHECKING:
    from ingest.gate import Examination
    from ingest.prepared import Prepared


def diff(
    tenant: TenantOption = None,
    as_json: AsJson = False,
    html_file: Annotated[
        Path | None, typer.Option("--html", dir_okay=False, help="Write a page for editors, in German, to this file.")
    ] = None,
    gold: Annotated[
        bool | None,
        typer.Option(help="Also show which gold answers would change; without either when there are gold questions."),
    ] = None,
    with_model: Annotated[
        bool,
        typer.Option(
            "--with-model",
            help="Answer the gold questions with the language model: what citizens get, five times as slow.",
        ),
    ] = False,
    progress_file: ProgressFileOption = None,
) -> None:
    """Show what publishing would change, down to words and answers; nothing is published.

    Exits with 1 when the texts have errors, which nobody can publish.
    """
    from app.files import write_atomically
    from ingest.diff import knowledge_diff
    from ingest.diff_html import diff_html
    from ingest.prepared import prepare

    if html_file is not None and not html_file.parent.is_dir():
        raise InvalidInputError(f"{html_file.parent} is no folder: make it, or write the page elsewhere.")
    settings = get_settings()
    name = tenant or settings.default_tenant
    prepared = prepare(settings.knowledge_dir, settings.data_dir, name)
    if prepared.checked.errors:
        raise KnowledgeError(
            f"The texts have errors ({len(prepared.checked.errors)}), so they cannot be published: "
            f"`amtslotse knowledge check --tenant {name}` lists them."
        )
    found = knowledge_diff(prepared.checked, prepared.source, settings.data_dir, name)
    if not as_json:
        typer.echo("no changes" if found.empty else diff_text(found))
    effects = None if found.empty else _effects(settings, prepared, gold, with_model, progress_file)
    if as_json:
        changes = [
            {**asdict(change), "regression": change.regression}
            for change in (effects.changes if effects else ())
            if change.verdict != "same"
        ]
        answers = (
            {
                "changes": changes,
                "shortfalls": effects.shortfalls,
                "asked": effects.entry.model_dump(mode="json"),
                "questions_by_text": _questions_by_text(prepared, (*found.added, *found.changed)),
            }
            if effects
            else None
        )
        typer.echo(json.dumps({**asdict(found), "gold": answers}, ensure_ascii=False))
    elif effects is not None:
        typer.echo(gold_text(effects, with_model))
    if html_file is not None:
        write_atomically(html_file, diff_html(found, effects, name))


def _effects(
    settings: Settings, prepared: "Prepared", gold: bool | None, with_model: bool, progress_file: Path | None
) -> "Examination | None":
    """What becomes of the gold answers; None when nobody wants to know, or there are no questions to ask."""
    from cli.publishing import loaded_models, shown_progress
    from evaluation.publishing_gate import GoldExaminer
    from ingest.gold_effects import gold_effects

    publishing = prepared.tenant.publishing
    there = any(any(prepared.source.glob(pattern)) for pattern in publishing.gold)
    if gold is False or (gold is None and not there):
        return None
    if not with_model:
        settings = settings.model_copy(update={"llm_backend": "none"})
    with (
        loaded_models(settings, prepared.tenant.id) as (embedder, model),
        shown_progress(progress_file) as (progress, _),
    ):
        examiner = GoldExaminer(settings, embedder, model, _cache(prepared))
        return gold_effects(prepared, embedder, examiner, progress)


def _questions_by_text(prepared: "Prepared", changed: Sequence[str]) -> dict[str, int]:
    """How many gold questions ask for each of these texts, or for the one that it is another version of."""
    from evaluation.publishing_gate import gold_questions

    questions = gold_questions(prepared.source, prepared.tenant.publishing)
    names = {document.id: {document.id, document.translation_of} for document in prepared.checked.documents}
    return {
        text: sum(not names[text].isdisjoint(question.services) for question in questions)
        for text in changed
        if text in names
    }


def _cache(prepared: "Prepared") -> Path | None:
    """Where the active generation's answers are kept from one look to the next; those of earlier ones are deleted."""
    if prepared.active is None:
        return None
    folder = prepared.data_dir / prepared.tenant.id / "checks"
    cache = folder / f"answers-{prepared.active.id}.json"
    for old in folder.glob("answers-*.json"):
        if old != cache:
            old.unlink(missing_ok=True)
    return cache
