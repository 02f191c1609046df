"""The words of a PDF page as they stand on paper, and its ruled tables. Lengths in points (1/72 inch)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber.page import Page
from pdfplumber.utils.text import extract_words

_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_GLYPH_WITHOUT_LETTER = re.compile(r"\(cid:\d+\)|[\ue000-\uefff\ufffd]")
_SYMBOL_BULLET = str.maketrans({"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf02d": "–"})
"""Bullets of the fonts Symbol and Wingdings, as word processors write them."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_GAP_RATIO = 0.15
"""A gap of this share of the font size divides words: a blank has about 0.25, tight kerning up to 0.08."""
_SMALLEST_SIZE = 2.0
"""Smaller print cannot be read on paper."""
_WHITE = 0.97
_FEWEST_EDGES = 4
_LARGEST_RULED_EDGES = 5000
"""Maps and drawings have more; looking for tables in them would take minutes."""


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a gap, in one font."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table with drawn lines; `cells` are boxes (x0, top, x1, bottom), None where a cell is merged with another."""

    x0: float
    top: float
    x1: float
    bottom: float
    cells: tuple[tuple[tuple[float, float, float, float] | None, ...], ...]

    def contains(self, word: Word) -> bool:
        middle = (word.x0 + word.x1) / 2
        return self.x0 - 1 <= middle <= self.x1 + 1 and self.top - 1 <= word.middle <= self.bottom + 1


@dataclass(frozen=True, slots=True)
class PageWords:
    """What can be read on one page."""

    number: int
    """From 1."""
    height: float
    words: tuple[Word, ...]
    tables: tuple[RuledTable, ...]
    image_share: float
    """Share of the page that its largest image covers, 0 to 1."""
    unreadable: int
    """Glyphs whose font doesn't say which letters they are; left out of `words`."""
    hidden: str
    """Text that nobody sees on paper (white, tiny), left out of `words`."""

    @property
    def letters(self) -> int:
        return sum(len(word.text) for word in self.words)


def page_words(page: Page) -> PageWords:
    """Reads one page. Rotated text (stamps, "Entwurf" across the page) and text beyond the edges is left out."""
    found = extract_words(
        list(_visible(page)),
        x_tolerance_ratio=_GAP_RATIO,
        y_tolerance=2,
        extra_attrs=["fontname", "size", "non_stroking_color"],
    )
    dark = [rect for rect in page.rects if rect.get("fill") and not _is_white(rect.get("non_stroking_color"))]
    hidden = [raw for raw in found if _is_hidden(raw, dark, page.images)]
    hidden_ids = {id(raw) for raw in hidden}
    words: list[Word] = []
    unreadable = 0
    for raw in found:
        if id(raw) in hidden_ids:
            continue
        text, missing = _GLYPH_WITHOUT_LETTER.subn("", str(raw["text"]).translate(_SYMBOL_BULLET))
        unreadable += missing
        if text.strip():
            words.append(_word(raw, text))
    return PageWords(
        number=page.page_number,
        height=float(page.height),
        words=_with_superscripts(words),
        tables=_ruled_tables(page),
        image_share=_largest_image(page),
        unreadable=unreadable,
        hidden=" ".join(str(raw["text"]) for raw in hidden),
    )


def _visible(page: Page) -> Iterator[dict[str, Any]]:
    """Letters on the page that are not rotated; those printed twice at one place, to look bold, come once."""
    x0, top, x1, bottom = page.bbox
    seen: set[tuple[object, ...]] = set()
    for char in page.chars:
        across, down = char["x0"], (char["top"] + char["bottom"]) / 2
        if not char["upright"] or not (x0 <= across <= x1 and top <= down <= bottom):
            continue
        same = {
            (char["text"], int(across + shift_x), int(down + shift_y), shift_x, shift_y)
            for shift_x in (0, 0.5)
            for shift_y in (0, 0.5)
        }
        if seen.isdisjoint(same):
            yield char
        seen |= same


def _word(raw: Mapping[str, Any], text: str) -> Word:
    size = float(raw["size"])
    bold = bool(_BOLD.search(str(raw["fontname"]).partition("+")[2] or str(raw["fontname"])))
    return Word(text, float(raw["x0"]), float(raw["x1"]), float(raw["top"]), float(raw["bottom"]), size, bold)


def _is_white(colour: object) -> bool:
    """White in grey, RGB (all 1) or CMYK (all 0)."""
    if not isinstance(colour, tuple | list) or not all(isinstance(part, int | float) for part in colour):
        return False
    return all(part <= 1 - _WHITE for part in colour) if len(colour) == 4 else all(part >= _WHITE for part in colour)


def _is_hidden(raw: Mapping[str, Any], dark: Sequence[Mapping[str, Any]], images: Sequence[Mapping[str, Any]]) -> bool:
    if float(raw["size"]) < _SMALLEST_SIZE:
        return True
    if not _is_white(raw["non_stroking_color"]):
        return False
    return not any(
        box["x0"] - 1 <= raw["x0"] and raw["x1"] <= box["x1"] + 1 and box["top"] - 2 <= raw["top"] <= box["bottom"]
        for box in (*dark, *images)
    )


def _with_superscripts(words: Sequence[Word]) -> tuple[Word, ...]:
    """Small raised digits directly after a word become ¹²³, so that "22,80" with a footnote isn't read as "22,801"."""
    changed = list(words)
    for index, (before, word) in enumerate(pairwise(words), start=1):
        if (
            word.text.strip("(),").isdecimal()
            and word.size < 0.8 * before.size
            and word.bottom < before.bottom - 0.05 * before.size
            and word.x0 >= before.x0
            and word.x0 - before.x1 < 0.3 * before.size
            and word.top < before.bottom
        ):
            changed[index] = Word(
                word.text.translate(_SUPERSCRIPTS), word.x0, word.x1, before.top, before.bottom, before.size, word.bold
            )
    return tuple(changed)


def _ruled_tables(page: Page) -> tuple[RuledTable, ...]:
    """Tables with at least two rows and two columns; a box around a paragraph is none."""
    edges = len(page.lines) + len(page.rects) + len(page.curves)
    if not _FEWEST_EDGES <= edges <= _LARGEST_RULED_EDGES:
        return ()
    tables = []
    for table in page.find_tables():
        cells = tuple(tuple(row.cells) for row in table.rows)
        if len(cells) >= 2 and max(map(len, cells)) >= 2:
            tables.append(RuledTable(*table.bbox, cells))
    return tuple(tables)


def _largest_image(page: Page) -> float:
    area = float(page.width) * float(page.height)
    shares = (abs(float(image["x1"] - image["x0"]) * float(image["bottom"] - image["top"])) for image in page.images)
    return min(1.0, max(shares, default=0.0) / area) if area else 0.0
