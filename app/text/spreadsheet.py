"""Cells that a spreadsheet would compute, or fetch from the network, when it opens a table of ours."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"[=@＝＠\t\r]|[+＋－-](?![\d.,\s]*%?$)")
"""How such a cell begins; a signed number is none."""


def is_formula(text: str, start: int = 0) -> bool:
    """Whether a spreadsheet would take the text, from there on, for a formula."""
    return _FORMULA.match(text, start) is not None


def as_text(cell: str) -> str:
    """The cell with an apostrophe in front where it would be a formula, so that it stays a text."""
    return f"'{cell}" if is_formula(cell) else cell


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows the way German Excel opens them, without the byte order mark: semicolons, Windows line ends, no formulas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([as_text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()
