"""Tables as Excel saves them: semicolon or comma, with or without a byte order mark."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from app.files import write_atomically
from app.tenants.rules.problems import RuleFileError, RuleProblem
from app.text.spreadsheet import csv_text, is_formula


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row: its cells by heading, stripped, and its line in the file."""

    cells: dict[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table with its headings in order."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[CsvRow, ...]


def read_csv(path: Path, name: str) -> CsvTable:
    """Reads a table; `name` is what problems call it. Raises RuleFileError."""
    try:
        text = _decoded(path.read_bytes())
    except OSError as error:
        fix = "put the table beside the rule or correct its name"
        raise RuleFileError(RuleProblem(name, 0, f"not readable ({error.strerror})", fix)) from error
    first, _, _ = text.partition("\n")
    separator = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        headings = tuple(_cell(heading) for heading in next(reader, []))
        rows = tuple(
            _row(headings, cells, reader.line_num, name) for cells in reader if any(cell.strip() for cell in cells)
        )
    except csv.Error as error:
        fix = "open it in a spreadsheet and save it as CSV again"
        raise RuleFileError(RuleProblem(name, reader.line_num, f"not CSV ({error})", fix)) from error
    if not rows or len(set(headings)) != len(headings):
        fault = "two columns have the same heading" if rows else "there are no rows"
        raise RuleFileError(RuleProblem(name, 1, fault, "one line of headings, then the rows"))
    return CsvTable(name, headings, rows)


def write_csv(path: Path, table: CsvTable) -> None:
    """Writes a table the way German Excel opens it: semicolons, byte order mark, Windows line ends.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front, which `read_csv` takes away again.
    """
    rows = [table.headings, *([row.cells[heading] for heading in table.headings] for row in table.rows)]
    write_atomically(path, csv_text(rows).encode("utf-8-sig"))


def _row(headings: tuple[str, ...], cells: list[str], line: int, name: str) -> CsvRow:
    if len(cells) > len(headings) and any(cell.strip() for cell in cells[len(headings) :]):
        raise RuleFileError(
            RuleProblem(name, line, f"{len(cells)} cells under {len(headings)} headings",
                        "put a cell that contains the separator in quotes")
        )  # fmt: skip
    padded = [*cells, *[""] * (len(headings) - len(cells))]
    return CsvRow(dict(zip(headings, (_cell(cell) for cell in padded), strict=False)), line)


def _cell(written: str) -> str:
    stripped = written.strip()
    return stripped[1:] if stripped.startswith("'") and is_formula(stripped, 1) else stripped


def _decoded(data: bytes) -> str:
    """Excel on Windows still saves CSV as cp1252 when it isn't told otherwise."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
