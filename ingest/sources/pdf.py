"""Reads PDF files: the text layer, with headings, lists and tables. Scanned pages are reported, not read."""

from collections.abc import Iterator
from pathlib import Path

from ingest.sources.config import PdfSource
from ingest.sources.files import read_files
from ingest.sources.pdf_file import read_pdf_file
from ingest.sources.result import ReadResult


def read_pdf(folder: Path, source: PdfSource) -> Iterator[ReadResult]:
    """One result a file, in the order of their names; each is read in a child process with limits."""
    return read_files(folder, source, (".pdf",), read_pdf_file)
