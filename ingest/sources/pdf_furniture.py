"""Running headers, footers and page numbers: what a PDF repeats on its pages and what is no part of the text."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.sources.pdf_lines import Row, row_text, text_rows
from ingest.sources.pdf_words import PageWords

_ZONE = 0.13
"""Share of the page's height, above and below, where headers and footers stand."""
_FEWEST_PAGES = 2
_SHARE = 0.3
"""Of the pages: headers that differ on left and right pages stand on half of them."""
_HEIGHT_STEP = 4.0
"""Points within which a repeated line stands at the same height."""
_PAGE_NUMBER = re.compile(
    r"^(?:seite|page|blatt|s\.)?[\s–—-]*\d{1,4}(?:\s*(?:von|of|/)\s*\d{1,4})?[\s–—-]*$", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row in the zone of headers and footers; rows of a table are none, its header may repeat on each page."""

    page: int
    row: Row
    text: str
    outermost: bool
    """Whether it is the first row of its page, and above, or the last, and below."""


def without_furniture(pages: Sequence[PageWords]) -> list[PageWords]:
    """The pages without the rows that repeat at their edges; a single page loses only its page number."""
    edges = [edge for page in pages for edge in _edges(page)]
    body = _body_size(pages)
    places: dict[tuple[str, int], list[_Edge]] = defaultdict(list)
    for edge in edges:
        height = edge.row[0].top / _HEIGHT_STEP
        for step in (2 * int(height), 2 * int(height + 0.5) + 1):
            places[(_NUMBER.sub("#", edge.text), step)].append(edge)
    least = max(_FEWEST_PAGES, _SHARE * len(pages))
    removed: set[int] = set()
    for same in places.values():
        if len({edge.page for edge in same}) >= least and _repeats(same, body):
            removed.update(id(word) for edge in same for word in edge.row)
    for edge in edges:
        if edge.outermost and _PAGE_NUMBER.match(edge.text):
            removed.update(id(word) for word in edge.row)
    return [replace(page, words=tuple(word for word in page.words if id(word) not in removed)) for page in pages]


def _edges(page: PageWords) -> Iterator[_Edge]:
    rows = text_rows(word for word in page.words if not any(table.contains(word) for table in page.tables))
    for index, row in enumerate(rows):
        above = row[0].bottom < _ZONE * page.height
        below = row[0].top > (1 - _ZONE) * page.height
        if above or below:
            outermost = (above and index == 0) or (below and index == len(rows) - 1)
            yield _Edge(page.number, row, row_text(row), outermost)


def _repeats(same: Sequence[_Edge], body: float) -> bool:
    """Whether rows are the same, or the outermost and the same but for the page's number.

    "Anlage 1", "Anlage 2" in large letters are headings.
    """
    if len({edge.text for edge in same}) == 1:
        return True
    if not all(edge.outermost for edge in same) or any(edge.row[0].size > 1.1 * body for edge in same):
        return False
    offsets = [{int(number[:6]) - edge.page for number in _NUMBER.findall(edge.text)} for edge in same]
    return bool(set.intersection(*offsets))


def _body_size(pages: Sequence[PageWords]) -> float:
    letters: dict[float, int] = defaultdict(int)
    for page in pages:
        for word in page.words:
            letters[round(word.size * 2) / 2] += len(word.text)
    return max(letters, key=lambda size: letters[size], default=0.0)
