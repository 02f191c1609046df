"""What the layout of a PDF page is made of: rows of words, then lines and tables. Lengths in points."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.sources.pdf_words import Word

Row = tuple[Word, ...]
"""Words at the same height, from left to right; never empty."""


@dataclass(frozen=True, slots=True)
class Line:
    """Text at one height of one column."""

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    """Of most letters."""
    bold: bool
    """Whether most letters are."""
    first_word: float
    """Width of the first word."""
    column: tuple[float, float]
    """Left and right edge of all text in its column."""
    right: float
    """Where its lines are wrapped: the column's right edge, or nearer for a block of text that is narrower."""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; a cell may hold several lines, with line feeds between them."""

    page: int
    rows: tuple[tuple[str, ...], ...]


Block = Line | TableBlock


def text_rows(words: Iterable[Word]) -> list[Row]:
    """Groups words by height, from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        if rows and word.middle - rows[-1][0].middle < 0.5 * min(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [tuple(sorted(row, key=lambda word: word.x0)) for row in rows]


def row_text(row: Sequence[Word]) -> str:
    """With blanks where there are gaps, also within a line that changes its font."""
    text = ""
    for index, word in enumerate(row):
        gap = word.x0 - row[index - 1].x1 if index else 0.0
        text += f" {word.text}" if index and gap > 0.1 * word.size else word.text
    return text


def line_of(row: Row, page: int, column: tuple[float, float]) -> Line:
    letters = [(len(word.text), word) for word in row]
    total = sum(count for count, _ in letters)
    return Line(
        text=row_text(row),
        page=page,
        x0=row[0].x0,
        x1=max(word.x1 for word in row),
        top=min(word.top for word in row),
        bottom=max(word.bottom for word in row),
        size=max(letters, key=lambda item: item[0])[1].size,
        bold=sum(count for count, word in letters if word.bold) > 0.8 * total,
        first_word=row[0].x1 - row[0].x0,
        column=column,
        right=column[1],
    )


def block_texts(block: Block) -> Iterator[str]:
    """The lines of a block, of a table those of its cells."""
    if isinstance(block, Line):
        yield block.text
    else:
        yield from (line for row in block.rows for cell in row for line in cell.split("\n"))
