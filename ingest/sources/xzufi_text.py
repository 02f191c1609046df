"""Texts of XZuFi: limited HTML, escaped, in CDATA or as elements, becomes Markdown without any HTML."""

import html
import re

import lxml.html
import nh3
from lxml import etree

from ingest.sources.html_markdown import sections_of
from ingest.sources.plain import one_line, plain

_TAGS = frozenset(
    "p br h1 h2 h3 h4 h5 h6 b strong i em sup sub ul ol li a table caption thead tbody tfoot tr th td".split()
)
"""Those of the standard, and tables, which deliveries hold all the same."""
_SCHEMES = {"http", "https", "mailto", "tel"}
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ESCAPED_TAG = re.compile(r"&lt;/?[a-zA-Z]")


def markdown_of(element: etree._Element) -> str:
    """The text of an element such as `inhalt` or `beschreibung`."""
    return html_to_markdown(_source(element))


def text_of(element: etree._Element | None) -> str:
    """The same on one line and without marks, for names and titles."""
    if element is None:
        return ""
    source = _source(element)
    return one_line(html.unescape(nh3.clean(source, tags=set())) if _TAG.search(source) else html.unescape(source))


def html_to_markdown(source: str) -> str:
    """Markdown of limited HTML, or of plain text with line ends. Unknown elements go, their text stays."""
    if _ESCAPED_TAG.search(source) and not _TAG.search(source):
        source = html.unescape(source)
    if not _TAG.search(source):
        return _from_plain(html.unescape(source))
    clean = nh3.clean(source, tags=set(_TAGS), attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=None)
    try:
        sections = sections_of(lxml.html.fragment_fromstring(clean, create_parent="div"))
    except (etree.LxmlError, RecursionError):
        return _from_plain(html.unescape(nh3.clean(source, tags=set())))
    parts = ((f"### {section.heading}" if section.heading else "", section.text) for section in sections)
    return plain("\n\n".join(part for pair in parts for part in pair if part)).strip()


def _source(element: etree._Element) -> str:
    """What stands in an element: its text, or the HTML of its children without their namespaces."""
    if not len(element):
        return element.text or ""
    parts = [html.escape(element.text or "", quote=False)]
    for child in element.iterdescendants():
        if isinstance(child.tag, str):
            child.tag = child.tag.rpartition("}")[2].rpartition(":")[2]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts)


def _from_plain(text: str) -> str:
    """Plain text keeps its paragraphs; what looks like Markdown in it is text."""
    paragraphs = re.split(r"\n\s*\n", plain(text).strip())
    escaped = "".join(
        f"<p>{html.escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in paragraphs if part
    )
    if not escaped:
        return ""
    sections = sections_of(lxml.html.fragment_fromstring(escaped, create_parent="div"))
    return plain("\n\n".join(section.text for section in sections if section.text)).strip()
