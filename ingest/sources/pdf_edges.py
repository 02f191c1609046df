"""Where the lines of a PDF are wrapped: tells breaks that the width made from those that the author made."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ingest.sources.pdf_lines import Block, Line

_FEWEST_RUN = 4
"""Lines from which a right edge can be told."""
_FULL = 0.85
"""Share of the width that the middle line of wrapped text fills."""


def with_edges(blocks: Sequence[Block]) -> Iterator[Block]:
    """Finds the right edge of text that is set narrower than its column: lines near below each other, mostly full."""
    for _, group in groupby(blocks, _Neighbours()):
        run = list(group)
        lines = [block for block in run if isinstance(block, Line)]
        if len(lines) < _FEWEST_RUN:
            yield from run
            continue
        left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
        full = statistics.median(line.x1 - left for line in lines) >= _FULL * (right - left)
        yield from (replace(line, right=right) if full else line for line in lines)


class _Neighbours:
    """Numbers blocks so that lines of the same print that follow each other closely get the same number."""

    def __init__(self) -> None:
        self._number = 0
        self._last: Block | None = None

    def __call__(self, block: Block) -> int:
        last, self._last = self._last, block
        near = (
            isinstance(block, Line)
            and isinstance(last, Line)
            and block.column == last.column
            and 0 < block.top - last.top < 2 * block.size
            and abs(block.size - last.size) < 0.5
        )
        self._number += not near
        return self._number
