"""Cells of tables in a PDF, from drawn lines or from words that stand below each other."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.sources.pdf_lines import Row, row_text, text_rows
from ingest.sources.pdf_words import RuledTable, Word

Cells = tuple[tuple[str, ...], ...]
Gap = tuple[float, float]

_LEADER = re.compile(r"[.·…_]{3,}$")
_ONLY_MARK = re.compile(r"^(?:[•‣◦▪●○■□✓➢*–—-]|§+ ?\d* ?[a-z]?|\(?(?:\d{1,3}|[a-z]{1,2})[.)]*(?:\d{1,2}\.?)*)$")


def ruled_cells(table: RuledTable, words: Sequence[Word]) -> Cells:
    """Texts of a table's cells, empty rows and columns left out; a cell over several rows is repeated in each."""
    rows: list[list[str]] = []
    above: list[tuple[float, str]] = []
    for boxes in table.cells:
        known = [box for box in boxes if box]
        middle = sum(box[1] for box in known) / len(known) + 1 if known else 0.0
        texts: list[str] = []
        for index, box in enumerate(boxes):
            if box is None:
                bottom, text = above[index] if index < len(above) else (0.0, "")
                texts.append(text if bottom > middle else "")
            else:
                texts.append(_text_in(box, words))
        above = [
            (box[3], text) if box else (above[index] if index < len(above) else (0.0, ""))
            for index, (box, text) in enumerate(zip(boxes, texts, strict=True))
        ]
        rows.append(texts)
    return _without_empty(rows)


def aligned_cells(rows: Sequence[Row], gaps: Sequence[Gap]) -> tuple[int, int, Cells] | None:
    """First row, row after the last, and cells of a table without drawn lines; None when the rows are no table.

    `gaps` are free of words in all rows. List marks before a text, and a single row with a gap, are no table.
    """
    split = [_at_gaps(row, gaps) for row in rows]
    full = [index for index, texts in enumerate(split) if texts[0] and any(texts[1:])]
    if len(full) < 2 or all(_ONLY_MARK.match(split[index][0]) for index in full):
        return None
    first, last = full[0], full[-1] + 1
    while first > 0 and _continues(split[first - 1], split[first]):
        first -= 1
    while last < len(split) and not split[last][0]:
        last += 1
    cells: list[list[str]] = []
    for texts in split[first:last]:
        if cells and (not texts[0] or _continues(cells[-1], texts)):
            cells[-1] = [f"{before}\n{text}".strip("\n") for before, text in zip(cells[-1], texts, strict=True)]
        else:
            cells.append(texts)
    return first, last, _without_empty(cells)


def _continues(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a label goes on in the next row: one of the two rows has no other cell, and the words belong together."""
    if any(before[1:]) and any(after[1:]):
        return False
    return bool(before[0]) and (after[0][:1].islower() or before[0].endswith(("-", "\u00ad", ",")))


def _at_gaps(row: Row, gaps: Sequence[Gap]) -> list[str]:
    edges = [float("-inf"), *((low + high) / 2 for low, high in gaps), float("inf")]
    return [
        _LEADER.sub("", row_text([word for word in row if low <= word.x0 < high])).strip()
        for low, high in pairwise(edges)
    ]


def _text_in(box: tuple[float, float, float, float], words: Sequence[Word]) -> str:
    x0, top, x1, bottom = box
    inside = [word for word in words if x0 <= (word.x0 + word.x1) / 2 < x1 and top <= word.middle < bottom]
    return "\n".join(row_text(row) for row in text_rows(inside))


def _without_empty(rows: Sequence[Sequence[str]]) -> Cells:
    width = max(map(len, rows), default=0)
    full = [[*row, *[""] * (width - len(row))] for row in rows if any(row)]
    used = [index for index in range(width) if any(row[index] for row in full)]
    return tuple(tuple(row[index] for index in used) for row in full)
