"""Cells that a spreadsheet would compute."""

import pytest

from app.text.spreadsheet import as_text, csv_text


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd", "-2+3", "＝1", "\t=1", "\r=1", "=HYPERLINK(x)"])
def test_formulas_become_texts(cell: str) -> None:
    assert as_text(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Text", "-3,50", "+49", "-5 %", "a=b", "3-4"])
def test_all_else_stays_as_it_is(cell: str) -> None:
    assert as_text(cell) == cell


def test_rows_are_written_as_german_spreadsheets_read_them() -> None:
    assert csv_text([("a;b", 1, -2.5), ("=x", 'sagt "ja"', 0)]) == '"a;b";1;-2.5\r\n\'=x;"sagt ""ja""";0\r\n'
