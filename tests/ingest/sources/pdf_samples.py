"""PDF files for tests, made here."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from ingest.sources.pdf_file import read_pdf_file
from ingest.sources.sections import Page, Section

Draw = Callable[[FPDF], None]
FONT = "Helvetica"
"""One of the fonts that every PDF reader has; its letters are those of Latin-1."""


def pdf(path: Path, draw: Draw, maker: type[FPDF] = FPDF) -> Path:
    """Writes a file with one page to begin with, 10 points Helvetica."""
    document = maker()
    document.set_font(FONT, size=10)
    document.add_page()
    draw(document)
    document.output(str(path))
    return path


def read(path: Path) -> Page:
    """The file's page; it must be readable."""
    page = read_pdf_file(path, path.name)
    assert isinstance(page, Page), page
    return page


def sections(path: Path) -> tuple[Section, ...]:
    return read(path).sections


def texts(path: Path) -> list[tuple[str, str]]:
    """Heading and text of each section."""
    return [(section.heading, section.text) for section in sections(path)]


def line(document: FPDF, text: str, style: str = "", size: float = 10) -> None:
    """One line as it stands, then the next line begins."""
    document.set_font(FONT, style, size)
    document.cell(0, size / 2, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    document.set_font(FONT, "", 10)


def paragraph(document: FPDF, text: str, width: float = 0) -> None:
    """Wrapped text with some room below it; `width` in millimetres, 0 for the whole page."""
    document.set_font(FONT, "", 10)
    document.multi_cell(width, 5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    document.ln(3)


def cells(document: FPDF, *rows: tuple[str, str], first: float = 80) -> None:
    """Two texts a row, below each other without lines; `first` is the width of the first in millimetres."""
    for left, right in rows:
        document.cell(first, 5, left)
        document.cell(0, 5, right, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def scan(path: Path) -> Path:
    """A picture that covers a page, as a scanner makes it. PNG, grey."""
    width, height = 60, 80
    rows = b"".join(b"\0" + bytes((row * column) % 256 for column in range(width)) for row in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )
    return path
