"""Direction: before stays before, until stays until, and within a span stays within it."""

from collections.abc import Iterable

from app.answering.verification.drafted import Draft
from app.answering.verification.sentence import COMMA, Segment, Token

_REACH = 6
_ADVERBS = frozenset(("vorher", "zuvor", "nachher"))
"""Directions without a word that they lead to."""
_OF_NUMBERS = frozenset(("under", "over"))
"""Directions that limit only before a number: "unter 18", but not "unter der Telefonnummer"."""


def check_direction(draft: Draft) -> str | None:
    """A preposition of time, place or extent that leads to another word or figure than in the told sentences."""
    own = _directions(draft.segments, draft)
    theirs = _directions((passage.segment for passage in draft.told), draft)
    theirs_before = theirs | _directions((other for passage in draft.told for other in passage.before), draft)
    spoken = {token.concept for segment in draft.segments for token in segment.tokens if token.concept}
    known = {token.concept for passage in draft.told for token in passage.segment.tokens if token.concept}
    for direction, target in sorted(own - theirs_before):
        if target in known or not target:
            return f"direction not in the cited source: {direction} {target}".rstrip()
    denied = {
        token.concept
        for segment in draft.segments
        for clause in segment.clauses
        if clause.negated(draft.words)
        for token in clause.tokens
        if token.concept
    }
    own |= {(direction, target) for direction, target in theirs if direction == "without" and target in denied}
    for direction, target in sorted(theirs - own):
        if target in spoken or not target:
            return f"direction of the cited source is lost: {direction} {target}".rstrip()
    return None


def _directions(segments: Iterable[Segment], draft: Draft) -> frozenset[tuple[str, str]]:
    found = set()
    for segment in segments:
        for clause in segment.clauses:
            for position, token in enumerate(clause.tokens):
                direction = draft.words.directions.get(token.flat)
                if direction and not token.concept:
                    targets = _targets(clause.tokens[position + 1 :], draft)
                    if not targets and token.flat in _ADVERBS:
                        targets = [""]
                    found |= {
                        (direction, target) for target in targets if target.isdigit() or direction not in _OF_NUMBERS
                    }
    return frozenset(found)


def _targets(following: tuple[Token, ...], draft: Draft) -> list[str]:
    """What a preposition leads to: the next number, or the words up to the next noun."""
    targets: list[str] = []
    for token in following[:_REACH]:
        if token.number:
            return [*targets, token.flat]
        if not token.concept:
            if token.flat in draft.words.directions or token.flat in draft.words.finite or token is COMMA:
                break
            continue
        targets.append(token.concept)
        if token.noun or draft.words.language == "en":
            break
    return targets
