"""`amtslotse models`: which models there are, and getting them onto this machine."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from app.errors import ModelError
from app.models.catalog import CatalogEntry, load_catalog
from app.models.installed import is_installed, verify_model
from app.models.prepare import prepare_models
from app.models.pull import pull_model
from app.settings import get_settings

app = typer.Typer(help="Language models and embedders: list, prepare, pull, verify.", no_args_is_help=True)

ModelId = Annotated[str, typer.Argument(help="Id from `amtslotse models list`.")]
ModelIds = Annotated[list[str] | None, typer.Argument(help="Ids; every installed model when none is given.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command("list")
def list_models(as_json: AsJson = False) -> None:
    """Show the catalog: licence, size, languages, and whether the model is on this machine."""
    settings = get_settings()
    entries = load_catalog().models
    if as_json:
        rows = [entry.model_dump(mode="json") | {"installed": is_installed(settings, entry)} for entry in entries]
        typer.echo(json.dumps({"models": rows}, ensure_ascii=False, indent=2))
        return
    table = Table(Column("id", no_wrap=True), "kind", "licence", "MB", "languages", "installed")
    for entry in entries:
        table.add_row(
            entry.id,
            entry.kind,
            entry.licence,
            str(entry.size_bytes >> 20),
            " ".join(entry.languages),
            "yes" if is_installed(settings, entry) else "no",
        )
    Console().print(table)


@app.command()
def prepare() -> None:
    """Build the models that came with the dependencies. Nothing is downloaded; damaged ones are replaced."""
    prepare_models(get_settings(), typer.echo)


@app.command()
def pull(model_id: ModelId) -> None:
    """Download a larger language model from a hub; continues where an earlier try stopped."""
    entry = load_catalog().entry(model_id)
    pull_model(get_settings(), entry, typer.echo)
    typer.echo(f"Use it with AMTSLOTSE_LLM_MODEL={entry.id}")


@app.command()
def verify(model_ids: ModelIds = None) -> None:
    """Recompute the hashes of installed models. Exits with 1 when one is damaged."""
    settings = get_settings()
    catalog = load_catalog()
    chosen: list[CatalogEntry] = (
        [catalog.entry(model_id) for model_id in model_ids]
        if model_ids
        else [entry for entry in catalog.models if entry.embedded or is_installed(settings, entry)]
    )
    damaged = 0
    for entry in chosen:
        try:
            record = verify_model(settings, entry)
        except ModelError as error:
            damaged += 1
            typer.echo(error.message, err=True)
        else:
            typer.echo(f"{entry.id}: intact, SHA-256 {record.files[entry.file].sha256}")
    if damaged:
        raise typer.Exit(1)
