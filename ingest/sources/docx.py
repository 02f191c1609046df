"""Reads Word files."""

from collections.abc import Iterator
from pathlib import Path

from ingest.sources.config import DocxSource
from ingest.sources.docx_file import read_docx_file
from ingest.sources.files import read_files
from ingest.sources.result import ReadResult

_SUFFIXES = (".docx", ".docm", ".dotx", ".doc", ".rtf")
"""The last two are reported with what to do: an editor who puts them there expects to see them."""


def read_docx(folder: Path, source: DocxSource) -> Iterator[ReadResult]:
    """One result a file, in the order of their names; each is read in a child process with limits."""
    return read_files(folder, source, _SUFFIXES, read_docx_file)
