"""Reading order of a PDF page: columns one after the other, words below each other as tables, the rest as lines.

Rows of words are grouped into bands that share a vertical gap. Both sides filled with running text make columns;
short texts make a table.
"""

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.sources.pdf_edges import with_edges
from ingest.sources.pdf_lines import Block, Row, TableBlock, line_of, row_text, text_rows
from ingest.sources.pdf_tables import Gap, aligned_cells, ruled_cells
from ingest.sources.pdf_words import PageWords, RuledTable, Word

_GUTTER = 9.0
"""Narrowest gap between columns; gaps in justified text are smaller, or not below each other."""
_GUTTER_RATIO = 1.1
"""The same as a share of the font size."""
_FEWEST_LINES = 3
"""Of a column."""
_FILLED = 0.6
"""Share of a column's width that its middle line fills when it holds running text."""
_NARROWEST = 0.2
"""Column, as a share of the text's width."""
_MOST_HEADING_ROWS = 3
"""Of a heading below columns."""
_APART = 1.5
"""Times the usual distance of rows: more is a gap between blocks."""
_DOTS = re.compile(r"[.·…_]{4,}$")


@dataclass(frozen=True, slots=True)
class _Item:
    """A row of words, or a ruled table."""

    row: Row
    table: RuledTable | None
    x0: float
    x1: float
    top: float


def page_blocks(page: PageWords) -> tuple[Block, ...]:
    """Everything on a page, in reading order."""
    inside = [[word for word in page.words if table.contains(word)] for table in page.tables]
    taken = {id(word) for words in inside for word in words}
    items = [_item(row) for row in text_rows(word for word in page.words if id(word) not in taken)]
    cells = {}
    for table, words in zip(page.tables, inside, strict=True):
        texts = ruled_cells(table, words)
        if texts and len(texts[0]) > 1:
            cells[table] = TableBlock(page.number, texts)
            items.append(_Item((), table, table.x0, table.x1, table.top))
        else:
            items += [_item(row) for row in text_rows(words)]
    return tuple(with_edges(list(_read(sorted(items, key=lambda item: item.top), page.number, cells))))


def _item(row: Row) -> _Item:
    return _Item(row, None, row[0].x0, max(word.x1 for word in row), min(word.top for word in row))


def _read(items: Sequence[_Item], page: int, cells: dict[RuledTable, TableBlock]) -> Iterator[Block]:
    if not items:
        return
    column = (min(item.x0 for item in items), max(item.x1 for item in items))
    start = 0
    while start < len(items):
        end, gaps = _band(items, start, column)
        if gaps and _are_columns(_split(items[start:end], gaps), column[1] - column[0]):
            end = _end_of_columns(items, start, end, gaps[-1])
            for part in _split(items[start:end], gaps):
                yield from _read(part, page, cells)
            start = end
            continue
        band = items[start:end]
        start = end
        rows = [item.row for item in band]
        found = aligned_cells(rows, gaps) if gaps and all(rows) else None
        first, last, texts = found or (len(band), len(band), ())
        for index, item in enumerate(band):
            if index == first and texts:
                yield TableBlock(page, texts)
            if item.table:
                yield cells[item.table]
            elif not first <= index < last:
                yield line_of(item.row, page, column)


def _band(items: Sequence[_Item], start: int, column: Gap) -> tuple[int, list[Gap]]:
    """End of the longest run from `start` with gaps in common, and those gaps that have text on both sides.

    A row that reaches over a gap proves it; the run ends before a row that closes the last proven gap, and before
    the first row that proves one: what stands above it is text of its own.
    """
    free = [(column[0] - 1, column[1] + 1)]
    proven: list[Gap] = []
    end = start
    while end < len(items):
        remaining = _cut(free, items[end])
        kept = [gap for gap in remaining if any(low <= gap[0] and gap[1] <= high for low, high in proven)]
        new = [gap for gap in _cut([(column[0] - 1, column[1] + 1)], items[end]) if _reaches_over(items[end], gap)]
        if not remaining or (proven and not kept) or (end > start and new and not proven):
            break
        free = remaining
        proven = kept or new
        end += 1
    end = max(end, start + 1)
    return end, [gap for gap in free if any(_reaches_over(item, gap) for item in items[start:end])]


def _end_of_columns(items: Sequence[_Item], start: int, end: int, gap: Gap) -> int:
    """Without the heading of full-width text that follows: a few short rows that stand apart below all columns."""
    last = max(index for index in range(start, end) if items[index].x1 > gap[1])
    usual = statistics.median(after.top - before.top for before, after in pairwise(items[start : last + 1]))
    if end == len(items):
        return end
    for index in range(max(last + 1, end - _MOST_HEADING_ROWS), end):
        if items[index].top - items[index - 1].top > _APART * usual:
            return index
    return end


def _reaches_over(item: _Item, gap: Gap) -> bool:
    return item.x0 < gap[0] and item.x1 > gap[1]


def _cut(free: Sequence[Gap], item: _Item) -> list[Gap]:
    """What an item leaves of free intervals, without those too narrow for a gutter. Dot leaders count as free."""
    wide = max(_GUTTER, _GUTTER_RATIO * statistics.median(word.size for word in item.row)) if item.row else _GUTTER
    spans = [span for word in item.row if (span := _span(word))] or [(item.x0, item.x1)]
    for x0, x1 in spans:
        halves = [half for low, high in free for half in ((low, min(high, x0)), (max(low, x1), high))]
        free = [half for half in halves if half[1] - half[0] >= wide]
    return list(free)


def _span(word: Word) -> Gap | None:
    """Where a word stands without the dots of a leader; None for nothing but dots."""
    dots = _DOTS.search(word.text)
    if dots is None:
        return word.x0, word.x1
    share = dots.start() / len(word.text)
    return (word.x0, word.x0 + share * (word.x1 - word.x0)) if share else None


def _split(band: Sequence[_Item], gaps: Sequence[Gap]) -> list[list[_Item]]:
    """The band's items, column by column."""
    edges = [float("-inf"), *((low + high) / 2 for low, high in gaps), float("inf")]
    columns: list[list[_Item]] = []
    for low, high in pairwise(edges):
        column = []
        for item in band:
            if item.table:
                if low <= item.x0 < high:
                    column.append(item)
            elif words := tuple(word for word in item.row if low <= word.x0 < high):
                column.append(_item(words))
        columns.append(column)
    return columns


def _are_columns(columns: Sequence[Sequence[_Item]], width: float) -> bool:
    """Whether all hold running text: enough lines that are mostly full and have several words."""
    for column in columns:
        widths = [item.x1 - item.x0 for item in column if item.row]
        if len(widths) < _FEWEST_LINES or max(widths) < _NARROWEST * width:
            return False
        if statistics.median(widths) < _FILLED * max(widths):
            return False
        if statistics.median(row_text(item.row).count(" ") for item in column if item.row) < 1:
            return False
    return True
