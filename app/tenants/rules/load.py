"""Reads a town's rules: `rules/*.yaml` with their tables, checked and compiled."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from app.errors import ConfigurationError
from app.tenants.rules.cells import ANY, Duration, Value, condition, parse_value
from app.tenants.rules.check import check_rule
from app.tenants.rules.csv_table import CsvRow, read_csv
from app.tenants.rules.engine import compile_table
from app.tenants.rules.problems import RuleFileError, RuleProblem
from app.tenants.rules.rule import DecisionRule, ListRow, TableRow
from app.tenants.rules.rule_file import RuleFile, TableSpec
from app.tenants.rules.rule_inputs import Language, LetterInput, ListedInput, NumberInput
from app.tenants.rules.yaml_lines import LinedYaml, read_yaml

RULES_FOLDER = "rules"


@dataclass(frozen=True, slots=True)
class LoadedRules:
    """The rules that are right, in order of their ids, and what is wrong with the others."""

    rules: tuple[DecisionRule, ...]
    problems: tuple[RuleProblem, ...]


def load_rules(folder: Path) -> tuple[DecisionRule, ...]:
    """The rules in a town's folder or a published generation; empty when it has none.

    Raises:
        ConfigurationError: one is wrong; the message lists file, line and fix.
    """
    loaded = read_rules(folder)
    if loaded.problems:
        raise ConfigurationError("\n".join(["The decision rules have errors:", *map(str, loaded.problems)]))
    return loaded.rules


def read_rules(folder: Path) -> LoadedRules:
    """Reads all rules and collects what is wrong, one problem or more a file."""
    rules: list[DecisionRule] = []
    problems: list[RuleProblem] = []
    for path in sorted((folder / RULES_FOLDER).glob("*.yaml")):
        name = f"{RULES_FOLDER}/{path.name}"
        try:
            rule, lined = _read_rule(path, name)
        except RuleFileError as error:
            problems.append(error.problem)
            continue
        faults = check_rule(rule, lined)
        problems.extend(faults)
        if not faults:
            rules.append(rule)
    return LoadedRules(tuple(rules), tuple(problems))


def _read_rule(path: Path, name: str) -> tuple[DecisionRule, LinedYaml]:
    lined = read_yaml(path, name)
    try:
        file = RuleFile.model_validate(lined.data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        problem = RuleProblem(name, lined.line_of(first["loc"]), f"{place}: {first['msg']}", "see docs/rules.md")
        raise RuleFileError(problem) from error
    if file.id != path.stem:
        line = lined.line_of(["id"])
        raise RuleFileError(RuleProblem(name, line, f"id '{file.id}' is not the file's name", f"write '{path.stem}'"))
    lists = {each.name: _read_list(each, path.parent) for each in file.inputs if isinstance(each, ListedInput)}
    table_name, rows = _table_rows(file.table, path, name, lined)
    fields = _condition_columns(file, name, lined)
    conditions = [[_condition(row, heading, kind, table_name) for heading, (_, kind) in fields.items()] for row in rows]
    table = compile_table([field for field, _ in fields.values()], conditions, file.table.hit)
    results = tuple(TableRow(row.cells, _results(row, file.table, table_name), row.line) for row in rows)
    return DecisionRule(file, name, table, results, lists), lined


def _table_rows(spec: TableSpec, path: Path, name: str, lined: LinedYaml) -> tuple[str, tuple[CsvRow, ...]]:
    if spec.file is None:
        rows = tuple(CsvRow(cells, lined.line_of(["table", "rows", n])) for n, cells in enumerate(spec.rows))
        headings: tuple[str, ...] = tuple(dict.fromkeys(heading for row in rows for heading in row.cells))
        table_name = name
    else:
        table_name = f"{RULES_FOLDER}/{spec.file}"
        table = read_csv(path.parent / spec.file, table_name)
        rows, headings = table.rows, table.headings
    for heading in headings:
        if heading not in spec.columns:
            line = lined.line_of(["table", "columns"])
            fix = "describe it there, or delete the column"
            raise RuleFileError(RuleProblem(name, line, f"table.columns lacks the column '{heading}'", fix))
    for heading in spec.columns:
        if heading not in headings and spec.file is not None:
            line = lined.line_of(["table", "columns", heading])
            raise RuleFileError(
                RuleProblem(name, line, f"{table_name} has no column '{heading}'", "correct the heading")
            )
    return table_name, tuple(CsvRow({h: row.cells.get(h, "") for h in spec.columns}, row.line) for row in rows)


def _condition_columns(
    file: RuleFile, name: str, lined: LinedYaml
) -> dict[str, tuple[str, Literal["number", "text", "letter"]]]:
    kinds: dict[str, Literal["number", "text", "letter"]] = {}
    for each in file.inputs:
        kinds[each.name] = (
            "number" if isinstance(each, NumberInput) else "letter" if isinstance(each, LetterInput) else "text"
        )
        if isinstance(each, ListedInput):
            kinds.update(dict.fromkeys(each.lookup.gives, "text"))
    columns: dict[str, tuple[str, Literal["number", "text", "letter"]]] = {}
    for heading, column in file.table.columns.items():
        if column.input is None:
            continue
        if column.input not in kinds:
            line = lined.line_of(["table", "columns", heading])
            fix = f"use one of: {', '.join(sorted(kinds)) or 'none is defined'}"
            raise RuleFileError(RuleProblem(name, line, f"column '{heading}': no input '{column.input}'", fix))
        columns[heading] = (column.input, kinds[column.input])
    return columns


def _condition(row: CsvRow, heading: str, kind: Literal["number", "text", "letter"], name: str) -> str:
    try:
        return condition(row.cells[heading], kind)
    except ValueError as error:
        raise RuleFileError(RuleProblem(name, row.line, f"column '{heading}': {error}", "correct the cell")) from error


def _results(row: CsvRow, spec: TableSpec, name: str) -> dict[tuple[str, Language | None], Value | Duration | None]:
    results: dict[tuple[str, Language | None], Value | Duration | None] = {}
    for heading, column in spec.columns.items():
        if column.output is None:
            continue
        cell = row.cells[heading]
        try:
            value = parse_value("" if cell.casefold() in ANY else cell, column.kind)
        except ValueError as error:
            problem = RuleProblem(name, row.line, f"column '{heading}': {error}", "correct the cell")
            raise RuleFileError(problem) from error
        results[column.output, column.language] = value
    return results


def _read_list(listed: ListedInput, folder: Path) -> tuple[ListRow, ...]:
    name = f"{RULES_FOLDER}/{listed.lookup.file}"
    table = read_csv(folder / listed.lookup.file, name)
    for heading in (listed.lookup.key, *listed.lookup.gives.values()):
        if heading not in table.headings:
            fix = f"it has: {', '.join(table.headings)}"
            raise RuleFileError(RuleProblem(name, 1, f"there is no column '{heading}'", fix))
    rows = []
    seen: dict[str, int] = {}
    for row in table.rows:
        key = row.cells[listed.lookup.key]
        if not key or key in seen:
            fault = f"'{key}' already stands in line {seen[key]}" if key else f"'{listed.lookup.key}' is empty"
            raise RuleFileError(RuleProblem(name, row.line, fault, "one line a value"))
        seen[key] = row.line
        rows.append(ListRow(key, {field: row.cells[heading] for field, heading in listed.lookup.gives.items()}))
    return tuple(rows)
