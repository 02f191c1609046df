"""The one spelling in which screening and rules look for words: lower case, no umlauts, one sentence a line."""

import re
import unicodedata

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "\u0307": None})
_ARABIC_ORNAMENT = re.compile(r"[\u0640\u064b-\u0652\u0670]")
"""Stretching and vowel marks: a word is the same with and without them."""
_APOSTROPHES = re.compile(r"['’`´]")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3})[.](?=\s|$)|[!\n…]|(?<=\?)")
_JOINT = re.compile(r"(?<!\d)[.:,/-]|[.:,/-](?!\d)")
"""A mark that stands between two digits belongs to a date, time or number; elsewhere it separates words."""
_OTHER = re.compile(r"[^\w\s.:,/?%-]|_")


def fold(text: str) -> str:
    """The text for pattern matching: folded words separated by one space, sentences by a line break.

    A question mark stays at the end of its line, so a pattern may ask for it; `.` in a pattern never crosses
    into the next sentence.
    """
    folded = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    folded = _ARABIC_ORNAMENT.sub("", _APOSTROPHES.sub("", folded))
    lines = (_words(line) for line in _SENTENCE_END.sub("\n", folded).split("\n"))
    return "\n".join(line for line in lines if line and line != "?")


def _words(line: str) -> str:
    spaced = _OTHER.sub(" ", _JOINT.sub(" ", line))
    return " ".join(spaced.replace("?", " ?").split())
