"""Slips of the finger: which word somebody meant to type.

A candidate is one slip away: two letters swapped, one left out, typed twice or in passing, or its neighbour on the
keyboard. How likely the slip is counts, and how often the word occurs: the town's words before everyday ones. Long
words have few others beside them, so rarer ones count as well, and compounds of known words.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from app.answering.german_words import GermanWords, english_words
from app.answering.town_words import TownWords
from app.text.terms import fold, stem

_SHORTEST_TYPED, _SHORTEST = 4, 5
"""Letters of the shortest word that is looked at, and of the shortest that it may have been meant for."""
_LEAST = {5: 200, 6: 80}
"""How often film subtitles must have a word of so many letters; a longer one only has to be in their list."""
_LONG = 10
"""Letters from which on a word counts that film subtitles don't have, or one made of two."""
_LONG_ENOUGH = 8
"""Letters from which on the last one may be missing; a shorter word is rather spoken so: "wander" for "wandere"."""
_RARE = 20.0
_TOWN = 20_000.0
"""How many times in film subtitles a word counts for each time that the town's texts have it."""
_CLEARLY = 3.0
"""How many times likelier than the next one the word must be."""
_PART = 4
"""Letters of the shortest part of a compound that is looked at."""
_SURE, _LIKELY, _SELDOM = 1.0, 0.5, 0.05
_ROWS = ("qwertzuiopü", "asdfghjklöä", "yxcvbnm")
_LETTERS = "abcdefghijklmnopqrstuvwxyzäöüß"
_NEIGHBOURS = frozenset(
    pair for row in _ROWS for one, other in pairwise(row) for pair in ((one, other), (other, one))
) | frozenset(
    pair
    for upper, lower in pairwise(_ROWS)
    for at, one in enumerate(lower)
    for other in upper[at : at + 2]
    for pair in ((one, other), (other, one))
)
"""Letters side by side on a German keyboard, in a row or above one another."""


def sure_slip(written: str, town: TownWords, german: GermanWords) -> str | None:
    """The word that is one everyday slip away, as it is spelled: letters swapped or doubled, or a key beside the right.

    "fahern" is "fahren"; None when no word is clearly meant.
    """
    near = [(word, likelihood) for word, likelihood in _near(written) if likelihood == _SURE]
    return _likeliest(near, lambda word, _: _worth(word, town, german))


def any_slip(written: str, town: TownWords, german: GermanWords) -> str | None:
    """The same with a letter too many or too few, with a distant letter in a word of the town's, and in a compound."""
    near = list(_near(written))
    if meant := _likeliest(near, lambda word, likelihood: _worth(word, town, german, likelihood == _SELDOM)):
        return meant
    sure = [(word, likelihood) for word, likelihood in near if likelihood == _SURE and len(word) >= _LONG]
    return _likeliest(sure, lambda word, _: _worth_of_compound(word, town, german))


def _near(written: str) -> Iterator[tuple[str, float]]:
    """What one slip may have turned into a word, and how likely; nothing for a short or an English one."""
    typed = written.lower()
    if len(typed) >= _SHORTEST_TYPED and fold(typed) not in english_words():
        yield from ((word, likelihood) for word, likelihood in _one_slip_away(typed) if likelihood)


def _likeliest(
    near: Iterable[tuple[str, float]], worth: Callable[[str, float], tuple[float, str] | None]
) -> str | None:
    """The spelling of the candidate that is clearly likelier than any other; candidates that fold alike are one."""
    found: dict[str, tuple[float, str]] = {}
    for word, likelihood in near:
        if told := worth(word, likelihood):
            key, score = fold(word), likelihood * told[0]
            found[key] = max(found.get(key, (0.0, "")), (score, told[1]))
    ranked = sorted(found.values(), reverse=True)
    if not ranked:
        return None
    (best, meant), others = ranked[0], ranked[1:]
    rivals = [score for score, word in others if stem(fold(word)) != stem(fold(meant))]
    return meant if best >= _CLEARLY * max(rivals, default=0.0) else None


def _worth(word: str, town: TownWords, german: GermanWords, town_only: bool = False) -> tuple[float, str] | None:
    """How often a candidate occurs and how it is spelled; None for one that is no word or too rare for its length."""
    folded = fold(word)
    count = float(german.counts.get(folded, 0))
    if folded in town.written and len(folded) >= _SHORTEST:
        return count + _TOWN * town.counts[folded], town.written[folded]
    if town_only or len(word) < _SHORTEST:
        return None
    if count >= _LEAST.get(len(word), 1):
        return count, german.common[folded]
    return (_RARE, german.umlauts.get(folded, folded)) if len(word) >= _LONG and folded in german.known else None


def _worth_of_compound(word: str, town: TownWords, german: GermanWords) -> tuple[float, str] | None:
    """The same of a word that is made of two everyday ones or the town's: the rarer one counts."""

    def count(part: str) -> float:
        folded = fold(part)
        known = float(german.counts.get(folded, 0))
        return known + _TOWN * town.counts.get(folded, 0)

    cuts = [min(count(word[:cut]), count(word[cut:])) for cut in range(_PART, len(word) - _PART + 1)]
    best = max(cuts, default=0.0)
    return (best, word) if best > 0 else None


def _one_slip_away(typed: str) -> Iterator[tuple[str, float]]:
    """Every string that one slip may have turned into `typed`, and how likely that slip is; the first letter stays."""
    last = len(typed) - 1
    for at in range(1, len(typed)):
        head, letter, tail = typed[:at], typed[at], typed[at + 1 :]
        if at < last:
            yield head + tail[0] + letter + tail[1:], _SURE
        beside = {typed[at - 1], *tail[:1]}
        if letter in beside:
            yield head + tail, _SURE
        elif at < last:
            yield head + tail, _LIKELY if any(_neighbours(letter, near) for near in beside) else _SELDOM
        for other in _LETTERS:
            if other != letter:
                yield head + other + tail, _SURE if _neighbours(letter, other) else _of_other(letter, other, at == last)
            yield head + other + letter + tail, _LIKELY
    if len(typed) >= _LONG_ENOUGH:
        yield from ((typed + other, _LIKELY) for other in _LETTERS)


@lru_cache(maxsize=1024)
def _neighbours(one: str, other: str) -> bool:
    return (one, other) in _NEIGHBOURS


def _of_other(letter: str, other: str, ending: bool) -> float:
    """Of a letter in place of a distant one: rather another word where both are vowels, or where the word ends."""
    if ending or (letter in "aeiouäöü" and other in "aeiouäöü"):
        return 0.0
    return _SELDOM
