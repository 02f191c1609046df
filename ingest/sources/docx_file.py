"""Reads one Word file as a `Page`. Fit for a child process: untrusted files are opened nowhere else."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import lxml.html
from defusedxml.ElementTree import ParseError, fromstring
from lxml.html import HtmlElement

from app.index.modules import kind_of_heading
from ingest.findings import Finding, Severity
from ingest.sources.docx_package import PackageNotes, inspect_package
from ingest.sources.html_markdown import HEADINGS, sections_of
from ingest.sources.plain import one_line
from ingest.sources.result import NotReadableError, ReadResult, failed
from ingest.sources.sections import Page

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Titel'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Überschrift 1'] => h1:fresh
p[style-name='Überschrift 2'] => h2:fresh
p[style-name='Überschrift 3'] => h3:fresh
p[style-name='Überschrift 4'] => h4:fresh
strike => s
"""
"""Beside mammoth's own. Word itself stores English names; converters and old templates don't always."""
_LONGEST_BOLD_HEADING = 80
_CORE = "docProps/core.xml"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def read_docx_file(path: Path, name: str) -> Page | ReadResult:
    """The text of a Word file with its headings, or the finding that says why there is none.

    Tracked changes are read as if they had been accepted. Macros, embedded objects, pictures and everything outside
    of the file are never loaded.
    """
    try:
        notes = inspect_package(path)
    except NotReadableError as error:
        return ReadResult(name, None, (error.finding(name),))
    try:
        html = _html(path)
    except RecursionError:
        return failed(name, 0, "nested-too-deeply", "its parts stand inside each other hundreds of levels deep",
                      "copy its text into a new file")  # fmt: skip
    body = lxml.html.fragment_fromstring(html, create_parent="body")
    _mark_bold_headings(body)
    title, language = _properties(path)
    heading = next((text for text in (one_line(h1.text_content()) for h1 in body.iter("h1")) if text), "")
    fields = {"language": language} if language else {}
    return Page(name, heading or title, sections_of(body), fields, tuple(_findings(name, notes)))


def _html(path: Path) -> str:
    import mammoth

    no_pictures = mammoth.images.img_element(lambda image: {})
    with path.open("rb") as file:
        result = mammoth.convert_to_html(
            file,
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=no_pictures,
            ignore_empty_paragraphs=True,
        )
    return str(result.value)


def _mark_bold_headings(body: HtmlElement) -> None:
    """In a text without headings, short paragraphs that are bold as a whole become headings: many are written so.

    The one above everything is the title, unless it names a module.
    """
    if any(element.tag in HEADINGS for element in body.iter()):
        return
    marked = []
    for paragraph in body.findall("p"):
        text = one_line(paragraph.text_content())
        bold = one_line("".join(part.text_content() for part in paragraph.iterchildren("strong")))
        if text and text == bold and len(text) <= _LONGEST_BOLD_HEADING and not text.endswith((".", ",", ";")):
            paragraph.tag = "h2"
            marked.append(paragraph)
    first = next((element for element in body if one_line(element.text_content())), None)
    if len(marked) > 1 and first is marked[0] and kind_of_heading(one_line(first.text_content())) is None:
        first.tag = "h1"


def _properties(path: Path) -> tuple[str, str]:
    """Title and language (two letters) that the file states; empty when it doesn't."""
    try:
        with zipfile.ZipFile(path) as package:
            core = fromstring(package.read(_CORE), forbid_dtd=True)
    except (KeyError, ParseError, ValueError):
        return "", ""
    title, language = (one_line(core.findtext(f"{_DUBLIN_CORE}{field}") or "") for field in ("title", "language"))
    known = language[:2].lower() if language[:2].isalpha() and len(language.partition("-")[0]) == 2 else ""
    return title, known


def _findings(name: str, notes: PackageNotes) -> Iterator[Finding]:
    if notes.changes:
        yield Finding("tracked-changes", Severity.WARNING, name, 0,
                      f"{notes.changes} tracked changes were read as if accepted",
                      "accept or reject them in Word and save the file")  # fmt: skip
    if notes.comments:
        yield Finding("comments", Severity.WARNING, name, 0, f"{notes.comments} comments were left out",
                      "settle and delete them in Word and save the file")  # fmt: skip
    if notes.not_loaded:
        yield Finding("active-content", Severity.WARNING, name, 0, f"not loaded: {', '.join(notes.not_loaded)}",
                      "remove it, and write what citizens should know into the text")  # fmt: skip
