"""Where a fact stands in its text, and the words around a figure that change what it says."""

import re
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of the text, `end` excluded."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """What stands there."""
        return text[self.start : self.end]


NOWHERE = Span(0, 0)
"""Span of a fact that was not read in a text."""


class Limit(StrEnum):
    """How a figure is meant that is not exact; the value is the word that German notation uses."""

    ABOUT = "etwa"
    AT_MOST = "bis zu"
    AT_LEAST = "ab"
    OVER = "über"
    UNDER = "unter"


_WINDOW = 48
"""Characters that are looked at before a figure: room for the longest phrase that belongs to it."""
_WORDS = {
    Limit.ABOUT: r"etwa|circa|ca\.|zirka|rund|ungefähr|about|around|approximately|roughly|approx\.",
    Limit.AT_MOST: (
        r"bis(?: zu)?|höchstens|maximal|längstens|max\.|nicht (?:über|mehr als)|up to|at most|no more than|"
        r"a maximum of|maximum|not (?:over|more than)"
    ),
    Limit.AT_LEAST: r"ab|mindestens|wenigstens|mind\.|nicht unter|from|at least|a minimum of|minimum",
    Limit.OVER: r"über|mehr als|over|more than|above",
    Limit.UNDER: r"unter|weniger als|under|less than|below",
}
_LIMIT = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{limit.name}>{words})" for limit, words in _WORDS.items()) + r")\s\Z", re.IGNORECASE
)


def before(pattern: re.Pattern[str], text: str, start: int) -> re.Match[str] | None:
    """A match that ends where a figure begins (`pattern` must end in `\\Z`); its places count from `text`'s start.

    Looks at a window only, so that all figures of a text together take linear time.
    """
    return pattern.search(text, max(0, start - _WINDOW), start)


def limit_before(text: str, start: int) -> tuple[Limit | None, int]:
    """The limit that stands before a figure and where the two begin together."""
    match = before(_LIMIT, text, start)
    if match is None:
        return None, start
    return Limit[match.lastgroup or ""], match.start()
