"""Matching words: the same concept, or one that is part of the other's compound."""

from collections.abc import Sequence

from app.answering.verification.sentence import Token

CONJUNCTIONS = frozenset(("und", "oder", "sowie", "and", "or", ","))
_SHORTEST_PART = 4
_SHORTEST_REST = 3
_NO_PARTS = frozenset("aus auf ein mit nach vor ver ent miss unter uber hin her los weg fest frei wieder nicht".split())
"""Beginnings that make another word instead of a compound."""


def matches(concept: str, pool: frozenset[str]) -> bool:
    """Whether a concept, or a compound that begins or ends with it, is in the pool."""
    return concept in pool or any(part_of(concept, other) for other in pool)


def told_by(word: str, spoken: frozenset[str]) -> bool:
    """Whether a concept of the evidence, or a part of its compound, was spoken."""
    return word in spoken or any(part_of(other, word) for other in spoken)


def part_of(part: str, compound: str) -> bool:
    """Whether a compound begins or ends with the part; "abmeld" is no compound of "meld", nor "verein" of "ein"."""
    rest = len(compound) - len(part)
    if len(part) < _SHORTEST_PART or rest < _SHORTEST_REST:
        return False
    if compound.startswith(part):
        return True
    return rest > _SHORTEST_REST and compound.endswith(part) and compound[:rest] not in _NO_PARTS


def split_at(tokens: Sequence[Token], marks: frozenset[str]) -> list[list[Token]]:
    """The stretches between these words."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.flat in marks:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
