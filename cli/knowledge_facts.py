"""`amtslotse knowledge facts`: what the source texts state, as values."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import typer

from app.errors import KnowledgeError
from app.settings import get_settings
from cli.options import AsJson, TenantOption
from ingest.document import Module, ServiceDocument
from ingest.facts import Fact, facts_of
from ingest.sources.config import load_sources
from ingest.sources.crawl_cache import crawl_folder
from ingest.sources.read import read_sources


@dataclass(frozen=True, slots=True)
class _Found:
    file: str
    document: ServiceDocument
    module: Module
    fact: Fact


def facts(
    text: Annotated[str | None, typer.Argument(help="Id of a text; all texts when left out.")] = None,
    tenant: TenantOption = None,
    as_json: AsJson = False,
) -> None:
    """List the amounts, times, days, hours, contacts and sources of law that the texts state."""
    found = list(_facts(text, tenant))
    if as_json:
        typer.echo(json.dumps([_row(one) for one in found], ensure_ascii=False))
        return
    heading = ""
    for one in found:
        place = f"{one.document.id}: {one.module.heading}"
        if place != heading:
            typer.echo(place)
            heading = place
        written = " ".join(one.fact.span.of(one.module.text).split())
        typer.echo(
            f"  {type(one.fact).__name__:<15} {one.fact}" + ("" if written == str(one.fact) else f"  “{written}”")
        )
    typer.echo(f"{len(found)} facts")


def _facts(wanted: str | None, tenant: str | None) -> Iterator[_Found]:
    settings = get_settings()
    name = tenant or settings.default_tenant
    folder = settings.knowledge_dir / name
    results = read_sources(folder, load_sources(folder), crawl_folder(settings.data_dir, name))
    texts = [(result.name, result.document) for result in results if result.document is not None]
    if wanted is not None:
        texts = [(file, document) for file, document in texts if document.id == wanted]
        if not texts:
            raise KnowledgeError(
                f"There is no readable text '{wanted}': `amtslotse knowledge check` lists what is wrong."
            )
    for file, document in texts:
        for module in document.modules:
            for fact in facts_of(module.text, document.language):
                yield _Found(file, document, module, fact)


def _row(found: _Found) -> dict[str, str | int]:
    """`start` and `end` are characters of the module's Markdown, `end` excluded."""
    return {
        "text": found.document.id,
        "file": found.file,
        "language": found.document.language,
        "module": found.module.kind.value,
        "kind": type(found.fact).__name__,
        "value": str(found.fact),
        "written": found.fact.span.of(found.module.text),
        "start": found.fact.span.start,
        "end": found.fact.span.end,
    }
