"""Tables as spreadsheets save them."""

import csv
from pathlib import Path

import pytest

from app.tenants.rules.csv_table import CsvRow, CsvTable, read_csv, write_csv
from app.tenants.rules.problems import RuleFileError


def write(folder: Path, data: bytes) -> Path:
    path = folder / "tabelle.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        "Straße;Preis\r\nAm Weg;96,00\r\n".encode("utf-8-sig"),
        "Straße;Preis\nAm Weg;96,00\n".encode("cp1252"),
        b'Stra\xc3\x9fe,Preis\nAm Weg,"96,00"\n',
        "Straße\tPreis\n Am Weg \t96,00\n\n\t\n".encode(),
    ],
)
def test_separator_byte_order_mark_and_encoding_do_not_matter(tmp_path: Path, data: bytes) -> None:
    table = read_csv(write(tmp_path, data), "rules/tabelle.csv")
    assert table.headings == ("Straße", "Preis")
    assert [(row.cells, row.line) for row in table.rows] == [({"Straße": "Am Weg", "Preis": "96,00"}, 2)]


@pytest.mark.parametrize(
    ("data", "line", "part"),
    [
        (b"A;B\n1;2\n1;2;3\n", 3, "3 cells under 2 headings"),
        (b"A;A\n1;2\n", 1, "same heading"),
        (b"A;B\n", 1, "no rows"),
        (b'A;B\n"1;2\n', 2, "not CSV"),
    ],
)
def test_a_broken_table_names_its_line(tmp_path: Path, data: bytes, line: int, part: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        read_csv(write(tmp_path, data), "rules/tabelle.csv")
    assert caught.value.problem.line == line
    assert part in str(caught.value)


def test_a_missing_table_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match="put the table beside the rule"):
        read_csv(tmp_path / "fehlt.csv", "rules/fehlt.csv")


def test_what_is_written_for_excel_is_read_back_the_same(tmp_path: Path) -> None:
    table = read_csv(write(tmp_path, 'Straße;Preis\nAm "Weg"; 96,00\n;1\n'.encode()), "tabelle.csv")
    write_csv(tmp_path / "excel.csv", table)
    data = (tmp_path / "excel.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    assert read_csv(tmp_path / "excel.csv", "tabelle.csv") == table


FORMULAS = ["=1+1", '=HYPERLINK("https://evil.example")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "-x"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_what_a_spreadsheet_would_compute_is_written_as_text_and_read_back_the_same(tmp_path: Path, cell: str) -> None:
    table = CsvTable("t.csv", (cell, "B"), (CsvRow({cell: cell, "B": f" {cell}".strip()}, 2),))
    write_csv(tmp_path / "t.csv", table)
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        written = [each for row in csv.reader(file, delimiter=";") for each in row]
    assert all(each.startswith("'") for each in written if each != "B")
    assert read_csv(tmp_path / "t.csv", "t.csv") == table


@pytest.mark.parametrize("cell", ["-5,00", "+49 3999 115", "-", "'s-Gravenhage", "A-G", "5 %", "", "bis 3"])
def test_numbers_and_words_are_written_as_they_are(tmp_path: Path, cell: str) -> None:
    table = CsvTable("t.csv", ("A", "B"), (CsvRow({"A": cell, "B": "x"}, 2),))
    write_csv(tmp_path / "t.csv", table)
    assert f"{cell};x" in (tmp_path / "t.csv").read_text("utf-8-sig")
    assert read_csv(tmp_path / "t.csv", "t.csv") == table
