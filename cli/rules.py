"""`amtslotse rules`: a town's decision tables, listed, checked and tested."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app.errors import KnowledgeError
from app.files import write_atomically
from app.settings import get_settings
from app.tenants.rules.csv_table import read_csv, write_csv
from app.tenants.rules.load import RULES_FOLDER, load_rules, read_rules
from app.tenants.rules.problems import RuleFileError
from app.tenants.rules.rule import DecisionRule
from app.tenants.tenant import load_tenant

app = typer.Typer(help="List, check and test a town's decision tables.", no_args_is_help=True)

TenantOption = Annotated[str | None, typer.Option(help="Municipality; AMTSLOTSE_DEFAULT_TENANT when not given.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
_PASSED, _FAILED = "ok", "FAIL"


@app.command("list")
def list_(tenant: TenantOption = None, as_json: AsJson = False) -> None:
    """Show all rules with version, owner, review date, number of rows and of examples."""
    rules = load_rules(_folder(tenant))
    if as_json:
        typer.echo(json.dumps([_entry(rule) for rule in rules], ensure_ascii=False))
        return
    width = max((len(rule.reference) for rule in rules), default=0)
    for rule in rules:
        typer.echo(
            f"{rule.reference:{width}}  {len(rule.rows):3} rows  {len(rule.file.examples):3} examples  "
            f"reviewed {rule.file.reviewed_on}  {rule.file.owner}: {rule.file.title['de']}"
        )
    typer.echo(f"{len(rules)} rules")


@app.command()
def check(tenant: TenantOption = None) -> None:
    """Name what is wrong with the rule files, with file and line. Exits with 1 when something is."""
    loaded = read_rules(_folder(tenant))
    for problem in loaded.problems:
        typer.echo(str(problem))
    typer.echo(f"{len(loaded.rules)} rules are right, {len(loaded.problems)} problems")
    if loaded.problems:
        raise typer.Exit(1)


@app.command()
def test(
    rule: Annotated[str | None, typer.Argument(help="Id of the one rule to test; all when left out.")] = None,
    tenant: TenantOption = None,
    as_json: AsJson = False,
) -> None:
    """Run the examples beside the rules. Exits with 1 when one fails."""
    from app.answering.decision_examples import run_examples

    folder = _folder(tenant)
    town = load_tenant(folder)
    rules = load_rules(folder)
    results = [
        result
        for result in run_examples(rules, town, datetime.now(town.zone).date())
        if rule is None or result.rule.file.id == rule
    ]
    if not results:
        raise KnowledgeError(f"There is no rule '{rule}': `amtslotse rules list` shows all.")
    failed = sum(result.fault is not None for result in results)
    if as_json:
        rows = [
            {"rule": result.rule.reference, "question": result.example.question, "said": result.said,
             "fault": result.fault}
            for result in results
        ]  # fmt: skip
        typer.echo(json.dumps(rows, ensure_ascii=False))
    else:
        width = max(len(result.rule.reference) for result in results)
        for result in results:
            mark = _FAILED if result.fault else _PASSED
            question = " / ".join((*result.example.earlier, result.example.question))
            typer.echo(f"{mark:4}  {result.rule.reference:{width}}  {question}")
            if result.fault:
                typer.echo(f"      {result.fault}")
        typer.echo(f"{len(results)} examples, {failed} failed")
    if failed:
        raise typer.Exit(1)


@app.command("import")
def import_(
    table: Annotated[Path, typer.Argument(help="A CSV file as a spreadsheet saved it.")],
    name: Annotated[str, typer.Argument(help="Name of the table beside the rules, for example hundesteuer.csv.")],
    tenant: TenantOption = None,
) -> None:
    """Take over a table from a spreadsheet. The old one comes back when the rules would no longer be right."""
    folder = _folder(tenant)
    target = folder / RULES_FOLDER / name
    before = target.read_bytes() if target.is_file() else None
    if before is None:
        known = ", ".join(path.name for path in sorted(target.parent.glob("*.csv"))) or "none"
        raise KnowledgeError(f"There is no table {name} beside the rules; there are: {known}.")
    try:
        write_csv(target, read_csv(table, table.name))
    except RuleFileError as error:
        raise KnowledgeError(str(error.problem)) from error
    problems = read_rules(folder).problems
    if problems:
        write_atomically(target, before)
        raise KnowledgeError("\n".join(["The table was not taken over:", *map(str, problems)]))
    typer.echo(f"{name} is taken over; `amtslotse rules test` runs the examples")


@app.command()
def export(
    name: Annotated[str, typer.Argument(help="Name of the table beside the rules, for example hundesteuer.csv.")],
    target: Annotated[Path, typer.Argument(help="File to write, for German Excel.")],
    tenant: TenantOption = None,
) -> None:
    """Write a table so that German Excel opens it with a double click."""
    try:
        write_csv(target, read_csv(_folder(tenant) / RULES_FOLDER / name, name))
    except RuleFileError as error:
        raise KnowledgeError(str(error.problem)) from error
    typer.echo(f"{target} is written")


def _folder(tenant: str | None) -> Path:
    settings = get_settings()
    folder = settings.knowledge_dir / (tenant or settings.default_tenant)
    load_tenant(folder)
    return folder


def _entry(rule: DecisionRule) -> dict[str, str | int]:
    return {
        "id": rule.file.id,
        "version": rule.file.version,
        "title": rule.file.title["de"],
        "owner": rule.file.owner,
        "reviewed_on": rule.file.reviewed_on.isoformat(),
        "source": rule.file.source.document,
        "rows": len(rule.rows),
        "examples": len(rule.file.examples),
    }
