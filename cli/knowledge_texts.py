"""`amtslotse knowledge import --texts`: what became of each text, and what is left for people to do."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import typer

from app.settings import Settings
from ingest.taken_text import NOT_TAKEN_OVER, Fate
from ingest.texts_import import WRITING, Order, Outcome, TextsImport, import_texts

_NOTES = {
    Fate.KEPT: "edited here, nothing new there",
    Fate.DIFFERS: "edited here, and it says something else there: compare, --force replaces it",
}
_SHOWN_GONE = 20


def take_over(settings: Settings, tenant_id: str, source: Path, order: Order) -> None:
    """Takes over another town's texts and prints a line for each, then what to do next."""
    done = import_texts(settings.knowledge_dir, settings.data_dir, tenant_id, source, order)
    town = settings.knowledge_dir / tenant_id
    for text in done.texts:
        typer.echo(f"{text.fate.value:<9}  {_place(text, done.folder, town)}{_note(text)}")
    counts = Counter(text.fate.value for text in done.texts)
    would = "would be " if order.dry_run else ""
    typer.echo(f"{tenant_id}: {len(done.texts)} texts of {done.origin}: {would}{_summary(counts)}")
    for line in _next(tenant_id, done):
        typer.echo(line)


def _place(text: Outcome, folder: Path, town: Path) -> str:
    if text.fate in (Fate.OWN, Fate.UNFIT):
        return text.id
    path = folder / f"{text.id}.md"
    return str(path.relative_to(town) if path.is_relative_to(town) else path)


def _note(text: Outcome) -> str:
    note = text.note or _NOTES.get(text.fate, "")
    return f"  ({note})" if note else ""


def _summary(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[fate]} {fate}" for fate in Fate if counts[fate])


def _next(tenant_id: str, done: TextsImport) -> Iterator[str]:
    """What is left to do, the first thing first."""
    if done.gone:
        more = f" and {len(done.gone) - _SHOWN_GONE} more" if len(done.gone) > _SHOWN_GONE else ""
        yield f"{done.origin} doesn't have these any more: {', '.join(done.gone[:_SHOWN_GONE])}{more}"
    if not any(text.fate in WRITING for text in done.texts):
        return
    yield (
        "Each file lists the amounts, times, numbers and addresses to check. It can be published when somebody of "
        f"this town has read it and filled in {', '.join(NOT_TAKEN_OVER)}."
    )
    if done.unknown_offices:
        named = ", ".join(f"{office!r} ({count})" for office, count in done.unknown_offices.items())
        yield f"'{tenant_id}' doesn't have these offices: {named}. Correct 'office' in the files, or give --office ID."
    if done.source_lines:
        yield "Until sources.yaml has these lines, nobody reads the files, and they stop no publishing:"
        yield done.source_lines.rstrip("\n")
    else:
        yield "Until then they stop publishing: `amtslotse knowledge check` lists them."
