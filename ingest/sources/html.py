"""Reads saved web pages."""

from collections.abc import Iterator
from pathlib import Path

from ingest.sources.config import HtmlSource
from ingest.sources.files import read_files
from ingest.sources.html_file import read_html_file
from ingest.sources.result import ReadResult


def read_html(folder: Path, source: HtmlSource) -> Iterator[ReadResult]:
    """One result a page, in the order of their names; each is read in a child process with limits."""
    return read_files(folder, source, (".html", ".htm", ".xhtml"), read_html_file)
