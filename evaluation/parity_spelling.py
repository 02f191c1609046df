"""Misspellings as people make them: one slip of the finger, no umlauts, no capitals, no punctuation. Seeded."""

import re
from random import Random

_WORD = re.compile(r"[^\W\d_]{5,}")
_PUNCTUATION = re.compile(r"(?<!\d)[.,;:!?](?=\s|$)|(?<=\d)[,;:!?](?=\s|$)")
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_BARE = str.maketrans("äöüÄÖÜ", "aouAOU")
_ROWS = ("qwertzuiopü", "asdfghjklöä", "yxcvbnm")
"""A German keyboard."""


def with_slip(text: str, seed: str) -> str:
    """One typing error within one word of at least five letters, never in its first; the text itself without such."""
    random = Random(seed)  # noqa: S311
    places = [match for match in _WORD.finditer(text) if not match.group().isupper()]
    if not places:
        return text
    match = random.choice(places)
    word = match.group()
    slips = [_swapped, _left_out, _doubled, _neighbour]
    random.shuffle(slips)
    changed = next(new for slip in slips if (new := slip(word, random)) != word)
    return f"{text[: match.start()]}{changed}{text[match.end() :]}"


def umlauts_spelled_out(text: str) -> str:
    """ "für" as "fuer", "Straße" as "Strasse"."""
    return text.translate(_SPELLED_OUT)


def umlauts_left_out(text: str) -> str:
    """ "für" as "fur"."""
    return text.translate(_BARE)


def without_punctuation(text: str) -> str:
    """Without marks after words; those within figures and at their ends ("1. Januar") stay."""
    return " ".join(_PUNCTUATION.sub("", text).split())


def _swapped(word: str, random: Random) -> str:
    at = random.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _left_out(word: str, random: Random) -> str:
    at = random.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, random: Random) -> str:
    at = random.randrange(1, len(word))
    return word[:at] + word[at] + word[at:]


def _neighbour(word: str, random: Random) -> str:
    at = random.randrange(1, len(word))
    row = next((row for row in _ROWS if word[at].lower() in row), None)
    if row is None:
        return word
    place = row.index(word[at].lower())
    near = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    return word[:at] + random.choice(near) + word[at + 1 :]
