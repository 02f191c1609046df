"""Paragraphs, lists and tables in Markdown from the lines of a PDF."""

import re
from collections.abc import Sequence

from ingest.sources.hyphens import Vocabulary
from ingest.sources.pdf_headings import MARK, BodyStyle, broken_on_purpose, same_column
from ingest.sources.pdf_lines import Block, Line, TableBlock

_PARAGRAPH_GAP = 1.35
"""Times the usual distance of lines: more begins a paragraph."""
_INDENT = 4.0
"""Points."""
_ENDS = (".", "!", "?", ":", ";")
_BULLETS = tuple("•‣◦▪●○■□✓➢")
"""Marks that nothing else in a text begins with, unlike dashes and numbers."""
_ENTRY = re.compile(r"^[^.]{2,60}: \S|(?:€|Euro|EUR|Uhr)$")
"""A line such as "Reisepass: 70,00 Euro" says a fact of its own."""
_MARK_OF_MARKDOWN = re.compile(r"^(?=[#>+=]|(?:-{3,}|\*{3,}|_{3,})$)")
_LIST = re.compile(r"(?:- |\d{1,3}\. )")


def markdown_of(blocks: Sequence[Block], body: BodyStyle, words: Vocabulary) -> str:
    """The text of a section, lines joined to paragraphs, with a blank line between them."""
    text = _Text(body, words)
    for block in blocks:
        if isinstance(block, TableBlock):
            text.add_table(block)
        else:
            text.add_line(block)
    return text.markdown()


class _Text:
    """A section's text while its lines come in."""

    def __init__(self, body: BodyStyle, words: Vocabulary) -> None:
        self._body = body
        self._words = words
        self._parts: list[str] = []
        self._paragraph = ""
        self._previous: Line | None = None
        self._item: Line | None = None
        """First line of the list item that is being read."""
        self._rows: list[tuple[str, ...]] = []
        """Of the table that is being read: it may go on at the top of the next page."""
        self._rows_page = 0

    def markdown(self) -> str:
        self._end_paragraph()
        self._end_table()
        text = ""
        for index, part in enumerate(self._parts):
            tight = index and _LIST.match(part) and _LIST.match(self._parts[index - 1])
            text += ("\n" if tight else "\n\n" if index else "") + part
        return text

    def add_table(self, table: TableBlock) -> None:
        self._end_paragraph()
        rows = self._rows
        if rows and (self._rows_page == table.page or len(rows[0]) != len(table.rows[0])):
            self._end_table()
        rows.extend(table.rows[1:] if rows and table.rows[0] == rows[0] else table.rows)
        self._rows_page = table.page
        self._item = self._previous = None

    def add_line(self, line: Line) -> None:
        self._end_table()
        previous = self._previous
        if _starts_item(line, previous, self._item, self._body):
            self._end_paragraph()
            self._item, self._paragraph = line, _item_text(line.text)
        elif previous is None or _starts_paragraph(previous, line, self._item, self._body):
            self._end_paragraph()
            self._item, self._paragraph = None, _MARK_OF_MARKDOWN.sub(r"\\", line.text)
        elif self._item is None and _keeps_break(previous, line):
            self._paragraph += f"\n{line.text}"
        else:
            head, line_end, last = self._paragraph.rpartition("\n")
            self._paragraph = head + line_end + self._words.join(last, line.text)
        self._previous = line

    def _end_paragraph(self) -> None:
        if self._paragraph:
            self._parts.append(self._paragraph)
        self._paragraph = ""

    def _end_table(self) -> None:
        if self._rows:
            self._parts.append(_table(self._rows, self._words))
        self._rows.clear()


def _starts_item(line: Line, previous: Line | None, item: Line | None, body: BodyStyle) -> bool:
    """A mark begins an item, unless it only happens to stand at the beginning of a wrapped line."""
    mark = MARK.match(line.text)
    if mark is None:
        return False
    if previous is None or (item is not None and abs(item.x0 - line.x0) < _INDENT):
        return True
    if not same_column(previous, line) or mark["bullet"] in _BULLETS:
        return True
    return (
        previous.text.endswith(_ENDS)
        or line.top - previous.top > _PARAGRAPH_GAP * body.pitch
        or abs(line.x0 - previous.x0) > _INDENT
        or broken_on_purpose(previous, line)
    )


def _starts_paragraph(previous: Line, line: Line, item: Line | None, body: BodyStyle) -> bool:
    if not same_column(previous, line):
        return previous.text.endswith(_ENDS)
    if line.top - previous.top > _PARAGRAPH_GAP * max(body.pitch, 1.2 * min(previous.size, line.size)):
        return True
    if item is not None:
        return line.x0 <= item.x0 + 2 and broken_on_purpose(previous, line)
    if abs(line.size - previous.size) > 1:
        return True
    ended = previous.text.endswith(_ENDS) or bool(_ENTRY.search(previous.text))
    indented = line.x0 > previous.x0 + _INDENT and previous.x0 < line.column[0] + _INDENT
    return ended and (broken_on_purpose(previous, line) or indented)


def _keeps_break(previous: Line, line: Line) -> bool:
    """Short lines below each other, as in an address."""
    return same_column(previous, line) and broken_on_purpose(previous, line) and not previous.text.endswith("-")


def _item_text(text: str) -> str:
    """A list item in Markdown; "(1)" of a statute stays text."""
    mark = MARK.match(text)
    assert mark is not None
    rest = text[mark.end() :]
    if mark["bullet"]:
        return f"- {rest}"
    if mark["number"]:
        return f"{mark['number']}. {rest}"
    return text if mark["absatz"] else f"- {text}"


def _table(rows: Sequence[tuple[str, ...]], words: Vocabulary) -> str:
    """A Markdown table whose header is the first row."""
    texts = [[_cell(cell, words) for cell in row] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in texts]
    return "\n".join([lines[0], f"|{' --- |' * len(texts[0])}", *lines[1:]])


def _cell(text: str, words: Vocabulary) -> str:
    joined = ""
    for line in text.split("\n"):
        joined = words.join(joined, line) if joined else line
    return joined.replace("|", "\\|")
