"""Joins the lines of a paragraph and mends words that were divided at line ends."""

import re
from collections import Counter
from collections.abc import Iterable

_SOFT = "\u00ad"
_HYPHENS = "-\u2010\u2011"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W_]+)*")
_DIVIDED = re.compile(rf"(\S*[^\W_])[{_HYPHENS}]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_LAST_PART = re.compile(r"[^\W\d_]+$")
_ADDRESS = re.compile(r"(?:://|www\.|@)\S*$")
_CONNECTORS = frozenset("und oder bzw sowie u o als bis noch and or".split())
"""After "Ein-" they begin the second half of "Ein- und Ausfahrt"; the hyphen stays, with a blank."""
_SHORTEST_SYLLABLES = 4
"""Capital letters before a hyphen: fewer are an abbreviation ("KFZ-ZULASSUNG"), more a divided word."""


class Vocabulary:
    """The words that a document itself uses inside lines: they decide whether a hyphen belongs to a word."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        for line in lines:
            words = _WORD.findall(line.replace(_SOFT, ""))
            if words and line.rstrip().endswith(tuple(_HYPHENS)):
                words.pop()
            self._counts.update(word.casefold() for word in words)

    def join(self, before: str, after: str) -> str:
        """Two lines of a paragraph as one, with one blank between them or a mended word."""
        before, after = before.rstrip(), after.lstrip()
        if before.endswith(_SOFT):
            return before[:-1] + after
        if _ADDRESS.search(before) and before.endswith(("/", *_HYPHENS)):
            return before + after
        divided = _DIVIDED.search(before)
        if divided is None or not after:
            return f"{before} {after}".strip()
        start, first = _LAST_PART.search(divided.group(1)), _FIRST_WORD.match(after)
        if start is None or first is None:
            return before + after
        if first.group().casefold() in _CONNECTORS:
            return f"{before} {after}"
        return (before if self._keeps_hyphen(start.group(), first.group()) else before[:-1]) + after

    def _keeps_hyphen(self, start: str, rest: str) -> bool:
        capitals = start.isupper() and rest.isupper() and len(rest) > 1
        if rest[0].isupper() and not capitals:
            return True
        together = self._counts[(start + rest).casefold()]
        hyphened = self._counts[f"{start}-{rest}".casefold()]
        if together != hyphened:
            return hyphened > together
        return capitals and len(start) < _SHORTEST_SYLLABLES
