"""How rare the words of a question are in a collection of pages: by stems, and by four-letter pieces.

Pieces find what stems miss: compounds ("Ausweis" in "Personalausweis"), typos, and languages without a stemmer.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log

import Stemmer

from app.text.terms import fold

_WORD = re.compile(r"\w+")
_STEMMERS = {"de": "german", "en": "english", "fr": "french", "ar": "arabic", "ru": "russian", "tr": "turkish"}
_PIECE = 4
_PREFIX = 5
"""Letters kept of a word in a language without a stemmer, such as Ukrainian."""


@dataclass(frozen=True, slots=True, eq=False)
class WordRarity:
    """Inverse page frequencies, log((pages + 1) / (pages with it + 0.5))."""

    pages: int
    stem_pages: dict[str, int]
    piece_pages: dict[str, int]

    @classmethod
    def of(cls, pages: Iterable[tuple[str, str]]) -> "WordRarity":
        """Counts (text, language) pages."""
        stem_pages: Counter[str] = Counter()
        piece_pages: Counter[str] = Counter()
        count = 0
        for text, language in pages:
            count += 1
            stem_pages.update(stems(text, language))
            piece_pages.update(pieces(text))
        return cls(count, dict(stem_pages), dict(piece_pages))

    def of_stem(self, stem: str) -> float:
        return log((self.pages + 1) / (self.stem_pages.get(stem, 0) + 0.5))

    def of_piece(self, piece: str) -> float:
        return log((self.pages + 1) / (self.piece_pages.get(piece, 0) + 0.5))


def stems(text: str, language: str) -> frozenset[str]:
    """The word stems of a text; one-letter words are left out."""
    words = [word for word in _WORD.findall(text.lower()) if len(word) > 1]
    stemmer = _stemmer(language)
    return frozenset(stemmer.stemWords(words) if stemmer else (word[:_PREFIX] for word in words))


def pieces(text: str) -> frozenset[str]:
    """All four-letter pieces of the folded words, word ends marked."""
    return frozenset(
        marked[start : start + _PIECE]
        for word in _WORD.findall(fold(text))
        for marked in (f"#{word}#",)
        for start in range(max(1, len(marked) - _PIECE + 1))
    )


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    name = _STEMMERS.get(language)
    return Stemmer.Stemmer(name) if name else None
