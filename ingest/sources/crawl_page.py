"""Hands pages that were fetched to the readers of their formats, in a child process.

The readers are imported only when a site has such documents, since their libraries take a while to load.
"""

import hashlib
import re
from dataclasses import replace
from enum import StrEnum
from pathlib import Path, PurePosixPath

import httpx

from ingest.findings import Severity
from ingest.sources.assemble import assemble, slug_of
from ingest.sources.config import CrawlSource
from ingest.sources.crawl_address import page_key
from ingest.sources.crawl_fetch import Fetched
from ingest.sources.crawl_links import PageSignals, page_signals
from ingest.sources.files import Parse
from ingest.sources.html_encoding import encoding_called
from ingest.sources.isolated import IsolatedReader, Stopped
from ingest.sources.result import ReadResult
from ingest.sources.sections import Page

_LONGEST_ID = 63
_ID_DIGITS = 6
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)
_OF_THE_SOURCE = frozenset({"missing-field", "invalid-field"})
"""Errors that the source's configuration has, not the page."""
_NO_TEXTS = frozenset(
    ".jpg .jpeg .png .gif .svg .webp .avif .ico .bmp .tif .tiff .mp3 .mp4 .webm .ogg .wav .avi .mov .zip .gz .tar .7z "
    ".rar .exe .dmg .apk .css .js .json .woff .woff2 .ttf .ics .vcf .rss .atom .kml .gpx".split()
)
"""Endings of addresses behind which nobody expects a text: not asked for when a page links to them."""


class PageKind(StrEnum):
    """Formats that are read; the values are endings of file names."""

    HTML = ".html"
    PDF = ".pdf"
    DOCX = ".docx"


_TYPES = {
    "text/html": PageKind.HTML,
    "application/xhtml+xml": PageKind.HTML,
    "application/pdf": PageKind.PDF,
    "application/x-pdf": PageKind.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": PageKind.DOCX,
}


def page_kind(content_type: str, address: str) -> PageKind | None:
    """The format that the server states; the address decides when it states none or only that there are bytes."""
    stated = content_type.partition(";")[0].strip().lower()
    if stated in ("", "application/octet-stream", "binary/octet-stream"):
        ending = _ending(address)
        return PageKind(ending) if ending in list(PageKind) else None if stated else PageKind.HTML
    return _TYPES.get(stated)


def may_be_text(address: str) -> bool:
    """Whether it is worth asking for what a link leads to."""
    return _ending(address) not in _NO_TEXTS


def may_have_links(address: str) -> bool:
    """Whether the address looks like a page rather than a document."""
    return may_be_text(address) and _ending(address) not in (PageKind.PDF, PageKind.DOCX)


class PageReader:
    """Reads one page after the other. `folder` is for temporary files, `child` the process that opens them."""

    def __init__(self, source: CrawlSource, child: IsolatedReader, folder: Path) -> None:
        self._source = source
        self._child = child
        self._folder = folder

    def signals(self, page: Fetched) -> PageSignals | Stopped:
        """What an HTML page says to crawlers."""
        return self._child.read(page_signals, page.body, page.address, _encoding(page), page.robots_tag)

    def text(self, page: Fetched, kind: PageKind, own: str) -> ReadResult:
        """The page as a text. `own`: the address that it goes by, and that citizens are sent to.

        What is wrong with a page is a warning: a website has more pages than texts, and one of them must not keep all
        others from being published. A wrong source remains an error.
        """
        outcome = self._parsed(page, kind)
        if isinstance(outcome, Stopped):
            result = outcome.as_result(page.address)
        elif isinstance(outcome, ReadResult):
            result = outcome
        else:
            fields = {"id": _id_of(own, self._source.id_prefix), **outcome.fields, "source_url": own}
            result = assemble(replace(outcome, fields=fields), self._source)
        findings = tuple(
            finding if finding.code in _OF_THE_SOURCE else replace(finding, severity=Severity.WARNING)
            for finding in result.findings
        )
        return replace(result, findings=findings)

    def _parsed(self, page: Fetched, kind: PageKind) -> Page | ReadResult | Stopped:
        path = self._folder / f"page{kind.value}"
        path.write_bytes(_in_utf8(page) if kind is PageKind.HTML else page.body)
        return self._child.read(_reader_of(kind), path, page.address)


def _reader_of(kind: PageKind) -> Parse:
    match kind:
        case PageKind.HTML:
            from ingest.sources.html_file import read_html_file

            return read_html_file
        case PageKind.PDF:
            from ingest.sources.pdf_file import read_pdf_file

            return read_pdf_file
        case PageKind.DOCX:
            from ingest.sources.docx_file import read_docx_file

            return read_docx_file


def _encoding(page: Fetched) -> str | None:
    """The encoding that the server states, which counts more than what the page says of itself.

    What is UTF-8 all the same is UTF-8: many servers state an encoding for pages that they know nothing about.
    """
    stated = _CHARSET.search(page.content_type)
    try:
        page.body.decode("utf-8")
    except UnicodeDecodeError:
        return encoding_called(stated.group(1)) if stated else None
    return "utf-8"


def _in_utf8(page: Fetched) -> bytes:
    """HTML as UTF-8 with its mark, if the server's word is needed to read it."""
    encoding = _encoding(page)
    if encoding is None or encoding == "utf-8":
        return page.body
    try:
        return page.body.decode(encoding, errors="replace").encode("utf-8-sig")
    except (LookupError, UnicodeError):
        return page.body


def _id_of(address: str, prefix: str | None) -> str:
    """Readable, the same at every crawl, and another one for every page: `hund-anmelden-3fa9c1`."""
    digest = hashlib.sha256(page_key(address).encode()).hexdigest()[:_ID_DIGITS]
    slug = slug_of(address) or slug_of(httpx.URL(address).host)
    before = "-".join(part.strip("-") for part in (prefix, slug) if part)
    return f"{before[: _LONGEST_ID - _ID_DIGITS - 1].rstrip('-')}-{digest}"


def _ending(address: str) -> str:
    return PurePosixPath(httpx.URL(address).path).suffix.lower()
