"""Swaps: two nouns of a told sentence don't change places: "der Nachweis der Adresse" is no "Adresse der Nachweise"."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from app.answering.verification.drafted import Draft
from app.answering.verification.sentence import COMMA, Token

_CONTRACTED = {"im": "in", "ins": "in", "am": "an", "ans": "an", "beim": "bei", "zum": "zu", "zur": "zu"}
_OWNED = "of"
_OWNERS = frozenset("des der eines einer beider aller von vom".split())
_PREPOSITIONS = frozenset("in an auf aus bei mit nach vor zu fur gegen durch uber unter ab bis ohne wegen".split())
_ARTICLES = frozenset("der die das den dem ein eine einen einem".split())
_FIRM = _PREPOSITIONS | {_OWNED}
"""Places that a paraphrase does not give to another noun while it drops the one that stood there."""
_REACH = 4
"""Words between a preposition and its noun, at most."""


def check_swaps(draft: Draft) -> str | None:
    """Two nouns in each other's place, or one in the place of another that is dropped; other moves are paraphrases."""
    if draft.words.language != "de":
        return None
    spoken = dict(_places(token for segment in draft.segments for token in (*segment.tokens, COMMA)))
    for passage in draft.told:
        told = dict(_places(passage.segment.tokens))
        shared = [noun for noun in spoken if noun in told]
        for first, second in combinations(shared, 2):
            if told[first] != told[second] and (spoken[first], spoken[second]) == (told[second], told[first]):
                return f"swaps two words of the cited source: {first} {second}"
        for noun in shared:
            if (place := spoken[noun]) in _FIRM and told[noun] not in ("", place):
                dropped = [other for other, theirs in told.items() if theirs == place]
                if dropped and not spoken.keys() & set(dropped):
                    return f"puts a word in the place of another one: {noun} for {dropped[0]}"
    return None


def _places(tokens: Iterable[Token]) -> Iterator[tuple[str, str]]:
    """Each noun with what it stands behind: a preposition, another noun that it belongs to, or its article."""
    before: list[Token] = []
    for token in tokens:
        if token.noun and token.concept:
            yield token.concept, _place(before[-_REACH:])
        before.append(token)


def _place(before: Sequence[Token]) -> str:
    article = ""
    for position in range(len(before) - 1, -1, -1):
        token = before[position]
        if token is COMMA or token.noun:
            break
        word = _CONTRACTED.get(token.flat, token.flat)
        if word in _OWNERS and position and before[position - 1].noun:
            return _OWNED
        if word in _PREPOSITIONS:
            return word
        if word in _ARTICLES and not article:
            article = word
    return article
