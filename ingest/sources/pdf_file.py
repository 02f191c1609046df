"""Reads one PDF as a `Page`. Runs in the child process of `isolated`: untrusted files are opened nowhere else."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from app.index.modules import kind_of_heading
from ingest.findings import Finding, Severity
from ingest.sources.pdf_active import active_parts
from ingest.sources.pdf_furniture import without_furniture
from ingest.sources.pdf_headings import is_numbered
from ingest.sources.pdf_layout import page_blocks
from ingest.sources.pdf_sections import sections_of
from ingest.sources.pdf_words import PageWords, page_words
from ingest.sources.plain import one_line
from ingest.sources.result import ReadResult, failed
from ingest.sources.sections import Page, Section

MAX_PAGES = 1000
"""A statute or leaflet has at most a few hundred; more is a book or an attack."""
_FEWEST_LETTERS = 50
"""Fewer on a page with a large image: it was scanned, and the letters are a stamp or the scanner's name."""
_IMAGE_SHARE = 0.35
_UNREADABLE_SHARE = 0.05
_ONLY_A_REFERENCE = re.compile(rb"\bobj\s+\d{1,10}\s+\d{1,5}\s+R\s+endobj")
"""No program writes that; looking up one that leads back to itself would never end."""
_HEAD_BYTES = 1024
_TAIL_BYTES = 4096
_LONGEST_TITLE = 200
_LONGEST_LETTERHEAD = 150
_NO_TITLE = re.compile(
    r"^(?:untitled|unbenannt|ohne titel|dokument\d*|document\d*|powerpoint.*|folie \d+)$"
    r"|^microsoft (?:word|excel|powerpoint)\b"
    r"|\.(?:docx?|pdf|odt|rtf|indd|xlsx?|tmp|qxd)$|^[\W\d_]*$|[/\\]",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"^([a-z]{2})(?:[-_]|$)", re.IGNORECASE)
_SAVE_AGAIN = "save it again with the program that made it"


class _DamagedError(Exception):
    pass


def read_pdf_file(path: Path, name: str) -> Page | ReadResult:
    """The text of a PDF with its headings, or the one finding that says why there is none.

    Raises MemoryError, which the parent turns into a finding.
    """
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(_HEAD_BYTES):
            return failed(name, 0, "wrong-format", "this is no PDF file", "give it its right ending")
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL_BYTES))
        if b"%%EOF" not in file.read():
            return _damaged(name, "its end is missing")
        file.seek(0)
        if _ONLY_A_REFERENCE.search(file.read()):
            return _damaged(name, "an object stands for nothing but another one, perhaps in a circle")
    try:
        with pdfplumber.open(path, unicode_norm="NFC", raise_unicode_errors=False) as pdf:
            count = _page_count(pdf)
            if count > MAX_PAGES:
                return failed(name, 0, "too-many-pages", f"it has {count} pages (at most {MAX_PAGES})", "split it")
            pages = tuple(_pages(pdf, count))
            active = active_parts(pdf)
            metadata = dict(pdf.metadata)
            language = resolve1(pdf.doc.catalog.get("Lang"))
    except _DamagedError as error:
        return _damaged(name, str(error))
    except Exception as error:  # noqa: BLE001 - a damaged file provokes anything in pdfminer
        cause = _cause(error)
        if isinstance(cause, PDFPasswordIncorrect):
            return failed(name, 0, "encrypted", "it needs a password", "save it without a password")
        return _damaged(name, f"{type(cause).__name__}: {cause}"[:200].rstrip(": "))
    page = _page(pages, name, metadata, language)
    if active and isinstance(page, Page):
        page = replace(page, findings=(*page.findings, _not_loaded(name, active)))
    return page


def _not_loaded(name: str, active: tuple[str, ...]) -> Finding:
    return Finding("active-content", Severity.WARNING, name, 0, f"not loaded: {', '.join(active)}",
                   "remove it, and write what citizens should know into the text")  # fmt: skip


def _page_count(pdf: PDF) -> int:
    """How many pages the file says it has."""
    tree = resolve1(pdf.doc.catalog.get("Pages"))
    count = resolve1(tree.get("Count")) if isinstance(tree, Mapping) else None
    if not isinstance(count, int):
        raise _DamagedError("it has no list of pages")
    return count


def _pages(pdf: PDF, count: int) -> Iterator[PageWords]:
    pages = pdf.pages
    if len(pages) < count:
        raise _DamagedError(f"only {len(pages)} of {count} pages can be found")
    for page in pages:
        try:
            yield page_words(page)
        except Exception as error:
            kind = type(_cause(error)).__name__
            raise _DamagedError(f"page {page.page_number} cannot be read ({kind})") from error
        page.close()


def _cause(error: Exception) -> BaseException:
    """What a library wrapped. Raises it when memory ran out: that says nothing about the file's structure."""
    inner = error.args[0] if isinstance(error, PdfminerException) and error.args else error
    if isinstance(inner, MemoryError):
        raise inner
    return inner if isinstance(inner, BaseException) else error


def _page(
    pages: tuple[PageWords, ...], name: str, metadata: Mapping[str, object], language: object
) -> Page | ReadResult:
    scanned = [page for page in pages if page.letters < _FEWEST_LETTERS and page.image_share >= _IMAGE_SHARE]
    if not any(page.letters for page in pages if page not in scanned):
        if scanned:
            return failed(
                name, 0, "scanned-file", "all pages are images without text",
                "run text recognition (OCR) over it, or use the file that it was printed from",
            )  # fmt: skip
        if any(page.unreadable for page in pages):
            return failed(name, 0, "unreadable-text", "its fonts don't say which letters they are", _PRINT_AGAIN)
        return failed(name, 0, "no-text", "it contains no text", "remove it, or save it again with its text")
    blocks = [block for page in without_furniture(pages) for block in page_blocks(page)]
    sections = sections_of(blocks)
    title, sections = _title(sections, metadata, name)
    fields = {}
    if match := _LANGUAGE.match(_text(language)):
        fields["language"] = match[1].lower()
    return Page(name, title, sections, fields, tuple(_findings(pages, scanned, name)))


_PRINT_AGAIN = "export it again with embedded, mapped fonts (for example as PDF/A)"


def _findings(pages: tuple[PageWords, ...], scanned: list[PageWords], name: str) -> Iterator[Finding]:
    def warning(page: PageWords, code: str, message: str, fix: str) -> Finding:
        return Finding(code, Severity.WARNING, name, page.number, message, fix)

    for page in pages:
        if page in scanned:
            yield warning(page, "scanned-page", f"page {page.number} is an image without text",
                          "run text recognition (OCR) over the file: this page's text is missing")  # fmt: skip
        if page.unreadable > _UNREADABLE_SHARE * (page.letters + page.unreadable):
            yield warning(page, "unreadable-text", f"letters of page {page.number} cannot be read", _PRINT_AGAIN)
        if page.hidden:
            yield warning(page, "hidden-text", f"page {page.number} has invisible text: '{one_line(page.hidden)[:80]}'",
                          "it was left out: check where the file comes from")  # fmt: skip


def _title(sections: tuple[Section, ...], metadata: Mapping[str, object], name: str) -> tuple[str, tuple[Section, ...]]:
    """The title on the first page, or the file's own; else the file's name. Its section has no heading any more."""
    stated = one_line(_text(metadata.get("Title")))
    sane = 3 <= len(stated) <= _LONGEST_TITLE and not _NO_TITLE.search(stated)
    same = next((section for section in sections if sane and _same(stated, section.heading)), None)
    shown = same or _shown_title(sections)
    if shown is not None and (same or not sane or shown.level == 1):
        return shown.heading, _without_heading(sections, shown)
    return stated if sane else Path(name).stem.replace("_", " ").replace("-", " "), sections


def _shown_title(sections: tuple[Section, ...]) -> Section | None:
    """The heading above all others on the first page, with no more than a letterhead before it."""
    before = ""
    for section in sections:
        if section.heading:
            alone = sum(1 for other in sections if other.heading and other.level <= section.level) == 1
            named = kind_of_heading(section.heading) is None and not is_numbered(section.heading)
            return section if alone and named and section.place == 1 and len(before) <= _LONGEST_LETTERHEAD else None
        before += section.text
    return None


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _without_heading(sections: tuple[Section, ...], title: Section) -> tuple[Section, ...]:
    """The text below the title stands under no heading."""
    changed = (Section("", item.text, item.place) if item is title else item for item in sections)
    return tuple(section for section in changed if section.heading or section.text)


def _text(value: object) -> str:
    """A PDF string, which is bytes in UTF-16 or Latin-1."""
    if isinstance(value, bytes):
        return value.decode("utf-16" if value[:2] in (b"\xfe\xff", b"\xff\xfe") else "latin-1", errors="replace")
    return value if isinstance(value, str) else ""


def _damaged(name: str, why: str) -> ReadResult:
    return failed(name, 0, "damaged-file", f"the file is damaged: {why}", f"get it once more, or {_SAVE_AGAIN}")
