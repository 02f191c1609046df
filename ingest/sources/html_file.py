"""Reads one web page as a `Page`: its main content, divided at its headings. Fit for a child process."""

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from ingest.findings import Finding, Severity
from ingest.sources.html_active import active_parts, inside, instruction_in_comment, redirect_target
from ingest.sources.html_content import main_content
from ingest.sources.html_encoding import decode
from ingest.sources.html_fields import base_address, fields_of, foreign_base, title_of
from ingest.sources.html_markdown import sections_of
from ingest.sources.result import ReadResult, failed
from ingest.sources.sections import Page

_OTHER_FORMATS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "Word or ZIP",
    b"\xd0\xcf\x11\xe0": "Word 97",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DEEPEST = 400
"""Levels of elements; the worst content management systems have 60."""
_HIDDEN_CHARS = 20
"""Shorter hidden texts are icons and marks."""
_SHOWN_CHARS = 60


def read_html_file(path: Path, name: str) -> Page | ReadResult:
    """The page in a file. `name` is what findings call it; if that is a web address, links are relative to it."""
    return parse_html(path.read_bytes(), name)


def parse_html(data: bytes, name: str) -> Page | ReadResult:
    """The same for what stands in a file."""
    for beginning, what in _OTHER_FORMATS.items():
        if data.startswith(beginning):
            return failed(name, 0, "wrong-format", f"the file is {what}, not HTML", "give it its right ending")
    decoded = decode(data)
    text = decoded.text.replace("\0", "")
    if not text.strip():
        return failed(name, 0, "empty-file", "the page is empty", "save it again, or remove it")
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        page = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return failed(name, 0, "no-text", "there is no text in the page", "save it again, or remove it")
    _remove_controls(page)
    if _is_too_deep(page):
        return _too_deep(name)
    try:
        return _page(page, name, decoded.doubt)
    except RecursionError:
        return _too_deep(name)


def _remove_controls(page: HtmlElement) -> None:
    """They may come from entities, too (`&#1;`), and lxml refuses to move text with them."""
    for element in page.getroottree().getroot().iter():
        if element.text and _CONTROL.search(element.text):
            element.text = _CONTROL.sub("", element.text)
        if element.tail and _CONTROL.search(element.tail):
            element.tail = _CONTROL.sub("", element.tail)


def _is_too_deep(page: HtmlElement) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def _too_deep(name: str) -> ReadResult:
    return failed(name, 0, "nested-too-deeply", "its elements stand inside each other hundreds of levels deep",
                  "save the page again, or copy its text into a new one")  # fmt: skip


def _page(page: HtmlElement, name: str, doubt: str | None) -> Page:
    address = name if name.startswith(("http://", "https://")) else None
    fields, base = fields_of(page, address), base_address(page, address)
    findings = [*_about_page(name, page, address)]
    parts = active_parts(page)
    content, hidden = main_content(page)
    findings += _doubts(name, doubt, hidden)
    if acting := inside(parts, content):
        findings.append(_active(name, ", ".join(acting)))
    return Page(name, title_of(page, content), sections_of(content, base), fields, tuple(findings))


def _about_page(name: str, page: HtmlElement, address: str | None) -> Iterator[Finding]:
    """What is odd about the whole page, its text aside."""
    if target := redirect_target(page):
        yield _active(name, f"the page sends visitors on to '{target}'")
    if host := foreign_base(page, address):
        yield Finding("foreign-base", Severity.WARNING, name, 0, f"its links lead to {host}, another website",
                      "correct or remove the <base> of the page")  # fmt: skip
    if comment := instruction_in_comment(page):
        yield Finding("hidden-text", Severity.WARNING, name, 0,
                      f"a comment speaks to a language model, and was left out: “{_shown(comment)}”",
                      "remove it, and find out who wrote it")  # fmt: skip


def _active(name: str, what: str) -> Finding:
    return Finding("active-content", Severity.WARNING, name, 0, f"not loaded: {what}",
                   "remove it, and write what citizens should know into the text")  # fmt: skip


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return words[:_SHOWN_CHARS] + ("…" if len(words) > _SHOWN_CHARS else "")


def _doubts(name: str, doubt: str | None, hidden: tuple[str, ...]) -> Iterator[Finding]:
    if doubt:
        yield Finding("encoding-guessed", Severity.WARNING, name, 0, doubt, "save the page as UTF-8 and say so in it")
    longest = max(hidden, key=len, default="")
    if len(longest) >= _HIDDEN_CHARS:
        yield Finding("hidden-text", Severity.WARNING, name, 0, f"hidden text was left out: “{_shown(longest)}”",
                      "make it visible if citizens should know it, or remove it from the page")  # fmt: skip
