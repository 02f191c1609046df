"""What a claim or a title is about: its words as concepts, compounds taken apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.text.terms import Vocabulary
from ingest.checks.claim_words import HEADS, ClaimWords
from ingest.checks.claims import Claim

_LINK_LETTERS = 3
_SHORTEST_NAME = 12
"""Letters of a word that is a compound most likely, though its parts are unknown: "Restmüllsack"."""
_SHORTEST_COMPOUND = 8
_SHORTEST_BASE = 6


@dataclass(frozen=True, slots=True)
class Subject:
    """What a claim is about."""

    concepts: frozenset[str]
    """Of all words that say of what, and the conditions."""
    names: frozenset[str]
    """The long compounds among the words, whole: few other services speak of such a thing."""


class Subjects:
    """Finds the concepts of flat words; compounds are taken apart as far as their parts are among the known words."""

    def __init__(self, words: ClaimWords, known: Iterable[str]) -> None:
        parts = HEADS | set(known)
        parts |= {word.removesuffix(ending) for word in parts for ending in ("e", "en") if len(word) >= _SHORTEST_BASE}
        self._words = words
        self._vocabulary = Vocabulary(frozenset(parts))
        self._concepts: dict[str, tuple[str, ...]] = {}

    def of(self, claim: Claim) -> Subject:
        """The subject of a claim."""
        names = frozenset(word for word in claim.words if self._is_name(word))
        return Subject(self.concepts(claim.words) | set(claim.conditions), names)

    def concepts(self, words: Iterable[str]) -> frozenset[str]:
        """One name for all forms and synonyms of each word; none for words that say nothing."""
        return frozenset(concept for word in words for concept in self._of_word(word) if concept)

    def _of_word(self, word: str) -> tuple[str, ...]:
        if word not in self._concepts:
            self._concepts[word] = self._found(word)
        return self._concepts[word]

    def _found(self, word: str) -> tuple[str, ...]:
        if word.isdecimal():
            return (word.lstrip("0"),)
        whole = self._words.concept(word)
        if not whole:
            return ()
        parts = self._vocabulary.parts(word)
        if sum(map(len, parts)) < len(word) - _LINK_LETTERS or len(parts) < 2:
            return (whole,)
        return tuple(self._words.concept(part) for part in parts)

    def _is_name(self, word: str) -> bool:
        if len(word) < _SHORTEST_COMPOUND or not self._words.concept(word):
            return False
        return len(word) >= _SHORTEST_NAME or len(self._of_word(word)) > 1
