"""HTML as Markdown sections. Only what stands in this file comes through, so the result holds no HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from ingest.sources.html_inline import escaped, link, paragraph, unescaped
from ingest.sources.html_tables import has_loose_text, is_layout, table_rows
from ingest.sources.sections import Section

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DROPPED = frozenset(
    "script style noscript template svg math iframe object embed applet canvas audio video map head title img picture "
    "input select textarea datalist option del s strike".split()
)
"""No text for citizens; what is struck through no longer holds."""
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul caption".split()
)
_LIST_ITEM = re.compile(r"(?:- |\d+\. )")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str
    level: int
    """0: one below the last heading."""
    line: int


def sections_of(root: HtmlElement, address: str | None = None) -> tuple[Section, ...]:
    """The text below an element, divided at its headings; `address` (of the page) makes links absolute.

    Paragraphs, lists and tables stay; links to web addresses stay as links, mail and phone links as text; emphasis
    goes. Sections without text stay, because others may belong to them.
    """
    sections: list[Section] = []
    heading, texts, level = _Heading("", 1, root.sourceline or 0), [], 1
    for block in _Writer(address).flow(root):
        if isinstance(block, str):
            texts.append(block)
            continue
        if heading.text or texts:
            sections.append(Section(heading.text, "\n\n".join(texts), heading.line, heading.level))
        level = block.level or level
        heading, texts = _Heading(block.text, block.level or min(level + 1, 6), block.line), []
    if heading.text or texts:
        sections.append(Section(heading.text, "\n\n".join(texts), heading.line, heading.level))
    return tuple(sections)


class _Writer:
    def __init__(self, address: str | None) -> None:
        self._address = address

    def flow(self, element: HtmlElement) -> Iterator[str | _Heading]:
        """Blocks of Markdown and headings, in the order of the page."""
        inline = [escaped(element.text)]
        for child in element:
            if _is_block(child):
                if text := paragraph(inline):
                    yield text
                inline.clear()
                yield from self._block(child)
            else:
                inline.append(self._inline(child))
            inline.append(escaped(child.tail))
        if text := paragraph(inline):
            yield text

    def _block(self, element: HtmlElement) -> Iterator[str | _Heading]:
        tag = element.tag
        if tag in HEADINGS or (tag == "summary" and not any(part.tag in HEADINGS for part in element.iter())):
            if text := " ".join(paragraph([self._inline(element)]).split()):
                yield _Heading(unescaped(text), HEADINGS.get(tag, 0), element.sourceline or 0)
        elif tag in ("ul", "ol", "menu", "dir"):
            yield from _some(self._list(element))
        elif tag == "dl" and not has_loose_text(element, ("dt", "dd")):
            yield from _some(self._definitions(element))
        elif tag == "table" and not is_layout(element):
            yield from self._table(element)
        elif tag == "pre":
            yield from _some(paragraph(["\n".join(map(escaped, element.text_content().splitlines()))]))
        else:
            yield from self.flow(element)

    def _inline(self, element: HtmlElement) -> str:
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED:
            return ""
        if tag == "br":
            return "\n"
        inner = [escaped(element.text)]
        for child in element:
            inner += [self._inline(child), escaped(child.tail)]
        text = "".join(inner)
        if tag in _BLOCKS:
            return f" {text} "
        if tag == "sup":
            return text.translate(_RAISED)
        if tag == "sub":
            return text.translate(_LOWERED)
        return link(text, element.get("href", "").strip(), self._address) if tag == "a" else text

    def _list(self, element: HtmlElement) -> str:
        start = element.get("start", "1")
        number = int(start) if re.fullmatch(r"\d{1,4}", start) else 1
        items: list[str] = []

        def add(text: str) -> None:
            mark = f"{number + len(items)}. " if element.tag == "ol" else "- "
            if text:
                items.append(mark + text.replace("\n", "\n" + " " * len(mark)))

        add(paragraph([escaped(element.text)]))
        for child in element:
            if child.tag in ("ul", "ol") and items:
                nested = self._list(child)
                items[-1] += "\n" + _indented(nested, items[-1]) if nested else ""
            elif isinstance(child.tag, str) and child.tag not in _DROPPED:
                add(self._item(child) if _is_block(child) else paragraph([self._inline(child)]))
            add(paragraph([escaped(child.tail)]))
        return _without_blank_ends("\n".join(items))

    def _item(self, element: HtmlElement) -> str:
        parts = [block if isinstance(block, str) else escaped(block.text) for block in self.flow(element)]
        text = ""
        for part in parts:
            tight = part.startswith(("- ", "1. "))
            text += ("\n" if tight else "\n\n") + part if text else part
        return text

    def _definitions(self, element: HtmlElement) -> str:
        """A list of "term: definition"."""
        lines: list[str] = []
        term = ""
        for child in element.iter("dt", "dd"):
            text = self._cell(child)
            if child.tag == "dt":
                if term:
                    lines.append(f"- {term}")
                term = text.rstrip(":")
            elif text:
                lines.append(f"- {term}: {text}" if term else f"- {text}")
                term = ""
        return "\n".join([*lines, f"- {term}"] if term else lines)

    def _table(self, table: HtmlElement) -> Iterator[str]:
        """A Markdown table; a row over the whole width becomes a paragraph before or between."""
        caption = table.find("caption")
        if caption is not None:
            yield from _some(self._cell(caption))
        lines: list[str] = []
        for row in table_rows(table):
            cells = [self._cell(cell).replace("|", "\\|") if cell is not None else "" for cell in row.cells]
            stated = list(dict.fromkeys(cell for cell in cells if cell))
            if not stated:
                continue
            if len(cells) == 1 or row.one_cell:
                if lines:
                    yield "\n".join(lines)
                    lines = []
                yield stated[0]
                continue
            if not lines:
                lines = [_row(cells if row.is_header else [""] * len(cells)), _row(["---"] * len(cells))]
                if row.is_header:
                    continue
            lines.append(_row(cells))
        if lines:
            yield "\n".join(lines)

    def _cell(self, element: HtmlElement) -> str:
        """Everything in an element on one line; the items of a list in it divided by semicolons."""
        parts = [block if isinstance(block, str) else escaped(block.text) for block in self.flow(element)]
        lines = [_LIST_ITEM.sub("", line.strip(), count=1) if _LIST_ITEM.match(line.strip()) else line.strip()
                 for part in parts for line in part.splitlines()]  # fmt: skip
        listed = any(_LIST_ITEM.match(part) for part in parts)
        return ("; " if listed else " ").join(line for line in lines if line)


def _is_block(element: HtmlElement) -> bool:
    """Whether an element begins a new paragraph, or holds something that does."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _DROPPED:
        return False
    return tag in _BLOCKS or any(part.tag in _BLOCKS for part in element.iterdescendants())


def _some(text: str) -> Iterator[str]:
    if text:
        yield text


def _indented(text: str, below: str) -> str:
    width = len(below) - len(below.lstrip("-0123456789. "))
    return "\n".join(" " * width + line for line in text.splitlines())


def _without_blank_ends(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
