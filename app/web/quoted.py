"""A source as HTML, with the sentences that an answer quotes from it marked: what the widget does in the browser."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import nh3
from lxml import html
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "a",
    "br",
    "code",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
_LEAVES = ("p", "li", "td", "th")
_Text = tuple[html.HtmlElement, str, str]
"""An element, whether the text is its `text` or its `tail`, and the text."""
_HEADING = re.compile(r"^#{1,6}\s+(.*)$", re.MULTILINE)


def source_html(text: str, sentences: Iterable[str]) -> Markup:
    """The Markdown of a passage; `sentences` are marked wherever they stand in one paragraph or list item of it."""
    root = html.fragment_fromstring(_clean(text), create_parent="div")
    for sentence in sentences:
        words = sentence.split()
        if words:
            _mark(root, re.compile(r"\s+".join(re.escape(word) for word in words)))
    inner = "".join(html.tostring(child, encoding="unicode") for child in root)
    return Markup(inner)  # noqa: S704 - cleaned by nh3, and what was added since is text


def _clean(text: str) -> str:
    without_headings = _HEADING.sub(r"**\1**", text)
    return nh3.clean(_markdown().render(without_headings), tags=_TAGS, attributes={"a": {"href"}}, link_rel="noopener")


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")


def _mark(root: html.HtmlElement, wanted: re.Pattern[str]) -> None:
    for leaf in list(root.iter(*_LEAVES)):
        texts = list(_texts(leaf))
        found = wanted.search("".join(text for _, _, text in texts))
        if found:
            _mark_range(texts, found.start(), found.end())


def _texts(element: html.HtmlElement) -> Iterator[_Text]:
    """Every text in an element, in order."""
    if element.text:
        yield element, "text", element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child, "tail", child.tail


def _mark_range(texts: list[_Text], start: int, end: int) -> None:
    """Puts what stands between two offsets of the texts together into `mark` elements, one a text."""
    offset = 0
    for owner, kind, text in texts:
        first, last = max(start - offset, 0), min(end - offset, len(text))
        offset += len(text)
        if first >= last:
            continue
        mark = html.Element("mark")
        mark.text, mark.tail = text[first:last], text[last:]
        if kind == "text":
            owner.text = text[:first]
            owner.insert(0, mark)
        else:
            owner.tail = text[:first]
            around = owner.getparent()
            around.insert(around.index(owner) + 1, mark)
