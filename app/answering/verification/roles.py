"""Roles: an adjective stays with its noun, and what belongs to something stays with it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.answering.verification.drafted import Draft
from app.answering.verification.sentence import Token

_GENITIVES = frozenset("des der eines einer ihres ihrer".split())
_REACH = 8


def check_roles(draft: Draft) -> str | None:
    """Two words that the told sentences have, but not for each other: "der letzte Antrag" from "die letzte Rente"."""
    if draft.words.language != "de":
        return None
    told = [clause.tokens for passage in draft.told for clause in passage.segment.clauses]
    told += [clause.tokens for passage in draft.told for segment in passage.before for clause in segment.clauses]
    known = {token.concept for tokens in told for token in tokens if token.noun}
    together = {pair for tokens in told for pair in _near(tokens)}
    for segment in draft.segments:
        for clause in segment.clauses:
            for first, second in _bound(clause.tokens):
                if first in {word for word, _ in together} and second in known and (first, second) not in together:
                    return f"puts together what the cited source does not: {first} {second}"
    return None


def _bound(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Adjective and noun side by side; a noun and its genitive."""
    for first, second in pairwise(tokens):
        if second.noun and first.concept and not first.noun and not first.number and first.flat.endswith(_ADJECTIVE):
            yield first.concept, second.concept
    for first, link, second in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if first.noun and second.noun and link.flat in _GENITIVES:
            yield first.concept, second.concept


def _near(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Every content word with the words within reach of it, in either order."""
    for position, token in enumerate(tokens):
        for other in tokens[max(0, position - _REACH) : position + _REACH + 1]:
            if token.concept and other.concept and other is not token:
                yield token.concept, other.concept


_ADJECTIVE = ("e", "en", "er", "es", "em")
