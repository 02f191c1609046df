"""The line of a source file on which a quoted sentence stands."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from ingest.document import Module

_MARKS = re.compile(r"[*_`]|^\s*(?:[-+*]|\d+[.)])\s+|^\s*#+\s*")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_FIRST_WORDS = (4, 3, 2)
"""How many words of the quote must stand on one line; fewer where the line ends after them."""


def line_of(folder: Path, name: str, module: Module, quote: str) -> int:
    """The line (from 1) of the quote's first words; the module's own place where that cannot be told.

    Only Markdown has lines that an editor can go to. In other formats `module.line` is a page or a line already.
    """
    if not name.endswith(".md"):
        return module.line
    path = folder / name
    try:
        written, shown = _lines(path, path.stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError):
        return module.line
    words = quote.split()
    for count in _FIRST_WORDS:
        start = " ".join(words[:count])
        found = [line for lines in (written, shown) if (line := lines.first_with(start, module.line))]
        if found:
            return min(found)
    return module.line


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines as one text, so that looking for words in thousands of them is quick."""

    text: str
    starts: tuple[int, ...]
    """Where each line begins in `text`."""

    def first_with(self, words: str, after: int) -> int:
        """Number (from 1) of the first line below line `after` that holds the words; 0 when none does."""
        if after >= len(self.starts):
            return 0
        place = self.text.find(words, self.starts[after])
        return bisect_right(self.starts, place) if place >= 0 else 0


@lru_cache(maxsize=4)
def _lines(path: Path, changed_ns: int) -> tuple[_Lines, _Lines]:
    """A file as it is written, and as it is quoted; read anew when it has changed."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return _joined(lines), _joined([_plain(line) for line in lines])


def _joined(lines: list[str]) -> _Lines:
    return _Lines("\n".join(lines), tuple(accumulate((len(line) + 1 for line in lines[:-1]), initial=0)))


def _plain(line: str) -> str:
    """The line as quoted: without marks, a table row's cells joined by colons."""
    text = _LINK.sub(r"\1", line.strip())
    if text.startswith("|"):
        text = ": ".join(cell.strip() for cell in text.strip("|").split("|"))
    return " ".join(_MARKS.sub("", text).split())
