"""What a sentence is read into: tokens, clauses and segments."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from app.answering.verification.lexicon import Lexicon
from app.text.figures import Figure, figures


@lru_cache(maxsize=8192)
def figures_of(text: str) -> frozenset[Figure]:
    """The figures of a text; the same stretches are looked at by several checks."""
    return figures(text)


class ClauseKind(StrEnum):
    MAIN = "main"
    CONDITION = "condition"
    RELATIVE = "relative"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number in order."""

    flat: str
    concept: str
    """Empty for words without content of their own; numbers have their digits."""
    noun: bool
    """Capitalised within a sentence: a noun or name in German, a name in English."""

    @property
    def number(self) -> bool:
        return self.flat[:1].isdigit()


COMMA = Token(",", "", noun=False)
"""Stands between the parts of an enumeration."""


@dataclass(frozen=True)
class Clause:
    """A stretch of a sentence with at most one verb of its own, as far as that can be seen."""

    kind: ClauseKind
    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def concepts(self) -> frozenset[str]:
        return frozenset(token.concept for token in self.tokens if token.concept)

    def negated(self, words: Lexicon) -> bool:
        """Whether the clause says no: an odd number of negations."""
        denials = sum(token.flat in words.negations or token.flat in words.negative for token in self.tokens)
        return denials % 2 == 1


@dataclass(frozen=True)
class Segment:
    """A part of a sentence that says something of its own."""

    clauses: tuple[Clause, ...]
    aside: str = ""
    """What stood in brackets: may be told, need not."""

    @cached_property
    def text(self) -> str:
        return ", ".join(clause.text for clause in self.clauses)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(token for clause in self.clauses for token in clause.tokens)

    @cached_property
    def concepts(self) -> frozenset[str]:
        return frozenset(token.concept for token in self.tokens if token.concept)

    @cached_property
    def figures(self) -> frozenset[Figure]:
        return figures_of(self.text)
