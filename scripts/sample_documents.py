"""Makes Musterstadt's statutes (PDF) and leaflet (Word) from `scripts/manuscripts`.

    python -m scripts.sample_documents [knowledge/musterstadt]

They are examples for the readers of these formats, so they look like a town hall's: running head, page numbers, tables.
Making them again from the same manuscripts gives the same bytes.
"""

import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from fpdf import FPDF
from fpdf.fonts import FontFace

MANUSCRIPTS = Path(__file__).with_name("manuscripts")
TOWN = Path(__file__).parents[1] / "knowledge" / "musterstadt"
STATUTES = ("hundesteuersatzung", "abwassergebuehrensatzung")
LEAFLETS = ("hitzeschutz",)
MADE_ON = datetime(2025, 12, 8, tzinfo=UTC)
"""Stands in the files instead of the day on which they are made."""

_KINDS = {"# ": "title", "## ": "heading", "- ": "item"}


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a manuscript: its first heading is the title."""

    kind: str
    """`title`, `heading`, `text`, `item` or `table`."""
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def main(arguments: Sequence[str]) -> None:
    town = Path(arguments[0]) if arguments else TOWN
    for name in STATUTES:
        write_statute(tuple(blocks_of(name)), town / "statutes" / f"{name}.pdf")
    for name in LEAFLETS:
        write_leaflet(tuple(blocks_of(name)), town / "leaflets" / f"{name}.docx")


def blocks_of(name: str) -> Iterator[Block]:
    """The manuscript's headings, paragraphs, list items and tables, in order."""
    rows: list[tuple[str, ...]] = []
    for line in [*(MANUSCRIPTS / f"{name}.md").read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            yield Block("table", rows=tuple(rows))
            rows.clear()
        mark = next((mark for mark in _KINDS if line.startswith(mark)), "")
        if line:
            yield Block(_KINDS.get(mark, "text"), line.removeprefix(mark))


class _Statute(FPDF):
    """A4 with the statute's name at the head of every page but the first, and page numbers at the foot."""

    def __init__(self, title: str) -> None:
        super().__init__(format="A4")
        self.title_line = title
        self.set_title(title)
        self.set_author("Stadt Musterstadt")
        self.set_lang("de-DE")
        self.set_creation_date(MADE_ON)
        self.set_margins(25, 22, 25)
        self.set_auto_page_break(auto=True, margin=22)
        self.add_page()

    def header(self) -> None:
        if self.page_no() > 1:
            self.set_font("Helvetica", size=8)
            self.cell(0, 6, self.title_line, align="R", new_x="LMARGIN", new_y="NEXT")
            self.ln(3)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Helvetica", size=8)
        self.cell(0, 6, f"Ortsrecht der Stadt Musterstadt - Seite {self.page_no()} von {{nb}}", align="C")


def write_statute(blocks: tuple[Block, ...], path: Path) -> None:
    pdf = _Statute(blocks[0].text)
    for block in blocks:
        match block.kind:
            case "title":
                pdf.set_font("Helvetica", style="B", size=16)
                pdf.multi_cell(0, 8, block.text, new_x="LMARGIN", new_y="NEXT")
            case "heading":
                if pdf.will_page_break(24):
                    pdf.add_page()
                pdf.ln(3)
                pdf.set_font("Helvetica", style="B", size=12)
                pdf.multi_cell(0, 7, block.text, new_x="LMARGIN", new_y="NEXT")
            case "table":
                pdf.set_font("Helvetica", size=10.5)
                with pdf.table(headings_style=FontFace(emphasis="BOLD"), line_height=6.5, text_align="LEFT") as table:
                    for row in block.rows:
                        table.row(row)
                pdf.ln(3)
            case _:
                pdf.set_font("Helvetica", size=10.5)
                pdf.multi_cell(0, 5.5, block.text, align="J", new_x="LMARGIN", new_y="NEXT")
                pdf.ln(2)
    pdf.output(str(path))


def write_leaflet(blocks: tuple[Block, ...], path: Path) -> None:
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = blocks[0].text, "Stadt Musterstadt", "de-DE"
    properties.created = properties.modified = MADE_ON.replace(tzinfo=None)
    for block in blocks:
        match block.kind:
            case "title":
                document.add_heading(block.text, level=0)
            case "heading":
                document.add_heading(block.text, level=1)
            case "item":
                document.add_paragraph(block.text, style="List Bullet")
            case "table":
                table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
                for number, texts in enumerate(block.rows):
                    row = table.add_row()
                    if number == 0:
                        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on every page
                    for cell, text in zip(row.cells, texts, strict=True):
                        cell.paragraphs[0].add_run(text).bold = number == 0
            case _:
                document.add_paragraph(block.text)
    saved = BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name in parts.namelist():
            file.writestr(zipfile.ZipInfo(name, MADE_ON.timetuple()[:6]), parts.read(name), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main(sys.argv[1:])
