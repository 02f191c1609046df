"""One slip of the finger: which everyday word somebody meant to type."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.answering.german_words import GermanWords, english_words
from app.answering.town_words import TownWords

_SHORTEST, _EVERYDAY = 5, 200
"""Letters of the shortest word that is looked at, and how often film subtitles have an everyday word."""
_VOWELS = frozenset("aeiou")


def with_letters_swapped(folded: str, town: TownWords, german: GermanWords) -> str | None:
    """The word that two neighbouring letters in the wrong order were meant to be: "fahern" is "fahren".

    The town's before another everyday one, then the more frequent; the first letter is right.
    """
    if len(folded) < _SHORTEST or folded in english_words():
        return None
    swapped = {folded[:at] + folded[at + 1] + folded[at] + folded[at + 2 :] for at in range(1, len(folded) - 1)}
    found = [word for word in sorted(swapped) if word in town.written or german.counts.get(word, 0) >= _EVERYDAY]
    best = max(found, key=lambda word: (word in town.written, german.counts.get(word, 0)), default=None)
    return (town.written.get(best) or german.common[best]) if best else None


def slip_of_the_finger(folded: str, town: TownWords, german: GermanWords) -> str | None:
    """The everyday word, or the town's, that begins and ends the same and is one slip away: "koostet" is "kostet".

    Another ending is mostly no slip: "wander" is spoken for "wandere".
    """
    if len(folded) < _SHORTEST or folded in english_words():
        return None
    found = {
        word
        for words in (german.common, town.written)
        for word, _, _ in process.extract(folded, words.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
        if (word[0], word[-1]) == (folded[0], folded[-1])
        and (word in town.written or german.counts[word] >= _EVERYDAY)
        and not _other_vowel(folded, word)
    }

    def likely(word: str) -> tuple[bool, bool, int, int, str]:
        return (word in town.written, sorted(word) == sorted(folded), len(word), german.counts.get(word, 0), word)

    best = max(found, key=likely, default=None)
    return (town.written.get(best) or german.common[best]) if best else None


def _other_vowel(folded: str, word: str) -> bool:
    """Whether one vowel stands for another: rather another word ("wander", "wunder") than a slip."""
    if len(folded) != len(word) or sorted(folded) == sorted(word):
        return False
    return all(one in _VOWELS and other in _VOWELS for one, other in zip(folded, word, strict=True) if one != other)
