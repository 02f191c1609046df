"""Shortened compounds: "Sonn- und Feiertage" are "Sonntage und Feiertage"."""

import re

from app.answering.verification.lexicon import Lexicon, flat

_SHORTENED = re.compile(r"\b([^\W\d_]{3,})-(?=,| und\b| oder\b| sowie\b| bzw\.)")
_WORD = re.compile(r"[^\W\d_]{5,}(?!-)\b")
_REACH = 60
"""Characters in which the whole compound follows."""


def without_ellipsis(text: str, words: Lexicon) -> str:
    """The text with every shortened compound in full, as far as `words.heads` knows how the next one ends."""
    if "-" not in text or not words.heads:
        return text
    return _SHORTENED.sub(lambda match: match.group(1) + (_head(text[match.end() :][:_REACH], words) or "-"), text)


def _head(following: str, words: Lexicon) -> str:
    """The ending of the next compound that ends in a known head; empty when none does."""
    for match in _WORD.finditer(following):
        word = match.group()
        for head in words.heads:
            start = flat(word).rfind(head)
            if start > 2 and len(word) - start - len(head) <= 2:
                return word[start:].casefold()
    return ""
