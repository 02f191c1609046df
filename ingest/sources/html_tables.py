"""Rows of an HTML table, with cells that span several rows or columns repeated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

_WIDEST = 50
_HIGHEST = 500
"""More columns or rows than a cell may span: more is a mistake or an attack."""
_LONGEST_CELL = 1500
"""Characters; a cell with more text is a column of a page's layout."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; every row of a table has as many cells."""

    cells: tuple[HtmlElement | None, ...]
    """A cell that spans rows stands in each of them; one that spans columns in the first, None in the others."""
    is_header: bool
    one_cell: bool
    """Whether a single cell spans the whole width."""


def is_layout(table: HtmlElement) -> bool:
    """Whether a table only arranges parts of a page, or is none: it holds headings, other tables, or whole texts."""
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.iterdescendants("table", "h1", "h2", "h3", "h4", "h5", "h6"), None) is not None:
        return True
    if has_loose_text(table, ("td", "th", "caption")) or any(len(row) > _WIDEST for row in table.iterdescendants("tr")):
        return True
    return any(len(cell.text_content()) > _LONGEST_CELL for cell in table.iterdescendants("td", "th"))


def has_loose_text(element: HtmlElement, holders: Sequence[str]) -> bool:
    """Whether there is text inside an element, but in none of the elements that are to hold it."""
    if (element.text or "").strip():
        return True
    return any(
        (child.tail or "").strip()
        or (isinstance(child.tag, str) and child.tag not in holders and has_loose_text(child, holders))
        for child in element
    )


def table_rows(table: HtmlElement) -> Iterator[Row]:
    """The rows in their order."""
    grid: list[list[HtmlElement | None]] = []
    sources: list[list[HtmlElement]] = []
    reaching: dict[int, tuple[HtmlElement, int]] = {}
    """Column -> cell that reaches down into the next row, and for how many rows."""
    for row in table.iterdescendants("tr"):
        cells: list[HtmlElement | None] = []
        own = [cell for cell in row if cell.tag in ("td", "th")]
        for cell in own:
            _fill_from_above(cells, reaching)
            if len(cells) >= _WIDEST:
                break
            for offset in range(_span(cell, "colspan", _WIDEST)):
                if (rows := _span(cell, "rowspan", _HIGHEST)) > 1 and offset == 0:
                    reaching[len(cells)] = (cell, rows - 1)
                cells.append(cell if offset == 0 else None)
        _fill_from_above(cells, reaching)
        grid.append(cells[:_WIDEST])
        sources.append(own)
    width = max(map(len, grid), default=0)
    for cells, own in zip(grid, sources, strict=True):
        yield Row(
            cells=tuple(cells + [None] * (width - len(cells))),
            is_header=bool(own) and all(cell.tag == "th" for cell in own),
            one_cell=len(own) == 1 and len(cells) > 1 and all(cell is None for cell in cells[1:]),
        )


def _fill_from_above(cells: list[HtmlElement | None], reaching: dict[int, tuple[HtmlElement, int]]) -> None:
    while (above := reaching.get(len(cells))) is not None:
        cell, rows = above
        if rows > 1:
            reaching[len(cells)] = (cell, rows - 1)
        else:
            del reaching[len(cells)]
        cells.append(cell)


def _span(cell: HtmlElement, name: str, most: int) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), most) if value.isascii() and value.isdecimal() and len(value) < 6 else 1
