"""Words of other languages in a form in which they can be compared: without accents, and by their stem."""

import re
import unicodedata
from collections.abc import Callable

import Stemmer

STEM = "~"
"""Begins a stem, so that none is taken for a word."""
_STEMMERS = {"ar": "arabic", "en": "english", "fr": "french", "ru": "russian", "tr": "turkish"}
"""Snowball's algorithms; there is none for Ukrainian."""
_MARKS_MATTER = frozenset({"ru", "tr"})
"""Where endings are told by letters that fold; elsewhere many people leave accents out, or write one for another."""
_SHORTEST_STEMMED = 4
"""Letters that a word needs for its other forms to count: stems of shorter ones stand for anything."""
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_APOSTROPHES = str.maketrans(dict.fromkeys("'’`´ʼ", " "))
_CYRILLIC_APOSTROPHE = re.compile(r"(?<=[а-яіїєґ])['’`´ʼ](?=[а-яіїєґ])", re.IGNORECASE)
_SAME = str.maketrans({"ı": "i", "ى": "ي", "ة": "ه", "ـ": None, "ґ": "г", "ё": "е", "œ": "oe", "æ": "ae", "ß": "ss"})


def foreign_words(text: str) -> list[str]:
    """The words as they are written, numbers included."""
    return _WORD.findall(joined(text))


def joined(text: str) -> str:
    """Apostrophes are part of a word in Ukrainian ("сім'я") and its end elsewhere ("l'école", "Almanya'da")."""
    return _CYRILLIC_APOSTROPHE.sub("", unicodedata.normalize("NFC", text)).translate(_APOSTROPHES)


def plain(text: str) -> str:
    """Lower case without accents and other marks."""
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_SAME))
    return "".join(char for char in spread if not unicodedata.combining(char))


def stemmer(language: str) -> Callable[[str], str]:
    """Gives a word's stem without accents, marked as such; short words and those without a stemmer as they are."""
    if language not in _STEMMERS:
        return plain
    snowball = Stemmer.Stemmer(_STEMMERS[language])

    def stem(word: str) -> str:
        written = unicodedata.normalize("NFC", word.casefold()) if language in _MARKS_MATTER else plain(word)
        return STEM + plain(snowball.stemWord(written)) if len(written) >= _SHORTEST_STEMMED else plain(word)

    return stem
