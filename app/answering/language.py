"""The language of a question: that of its conversation, or German, unless there is good reason to think otherwise."""

import re
import threading
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from app.answering.folding import fold
from app.errors import ConfigurationError

if TYPE_CHECKING:
    from lingua import LanguageDetector

DEFAULT = "de"
_WORDS_FILE = Path(__file__).resolve().parent / "language_words.yaml"
_CODE = re.compile(r"^([a-z]{2})(?:[-_].*)?$")
_LABEL = re.compile(r"\[[^\]]{1,30}\]")
_CLEAR = 0.65
"""Confidence (0 to 1) from which a very short text counts as not in the language at home."""
_CLEARLY_OWN = 0.8
"""Confidence in the language at home that outweighs one single foreign word ("EC Card Zahlung")."""
_LIKELY, _MARGIN = 0.5, 0.25
"""Least confidence of another language, and its least lead over the one at home, for longer texts."""
_SHORT_WORDS = 3
_CYRILLIC, _ARABIC = frozenset({"uk", "ru", "bg"}), frozenset({"ar", "fa"})
_OTHER_SCRIPTS = {
    "GREEK": "el", "HEBREW": "he", "GEORGIAN": "ka", "ARMENIAN": "hy", "DEVANAGARI": "hi", "ETHIOPIC": "ti",
    "THAI": "th", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh",
}  # fmt: skip
"""Scripts by the first word of their characters' Unicode names, with their most frequent language."""
_lock = threading.Lock()


def answer_language(wanted: str | None, text: str, conversation: str | None = None) -> str:
    """The client's wish (`en`, `en-GB`) where it is a language code, else the language of the text."""
    code = _CODE.match(wanted.strip().casefold()) if wanted else None
    return code.group(1) if code else detect_language(text, conversation)


def detect_language(text: str, conversation: str | None = None) -> str:
    """ISO 639-1 code of the text: de, en, uk, ar, tr, ru, fr, or one that the service doesn't speak (pl, ro, it, ...).

    A single word is in the language of the conversation so far, German names of documents included; ambiguous and very
    short texts are, too, or else German.
    """
    words = [word for word in fold(_LABEL.sub(" ", text)).split() if any(char.isalpha() for char in word)]
    letters = " ".join(words)
    script = _script(letters)
    if conversation and (not letters or (len(words) == 1 and script in ("LATIN", _script_of(conversation)))):
        return conversation
    if not letters:
        return DEFAULT
    home = conversation if conversation and _script_of(conversation) == script else DEFAULT
    if script in _OTHER_SCRIPTS:
        return _OTHER_SCRIPTS[script]
    told, lead = _by_words(words)
    if lead > 1 or (lead == 1 and told == home):
        return told
    confidence = _confidence(letters)
    own = confidence.get(home, 0.0)
    if lead == 1:
        return home if own >= _CLEARLY_OWN else told
    best, value = max(confidence.items(), key=lambda entry: entry[1])
    if len(words) < _SHORT_WORDS and letters.isascii():
        return best if value >= _CLEAR else home
    return best if value >= _LIKELY and value - own >= _MARGIN else home


def warm_up() -> None:
    """Loads the tables of the languages in Latin letters (half a second); the others follow when needed."""
    _confidence("guten tag")


def _script(letters: str) -> str:
    """First word of the Unicode name that most letters share: LATIN, CYRILLIC, ARABIC, ..."""
    names = [unicodedata.name(char, "").split(" ", 1)[0] for char in letters if char.isalpha()]
    return max(sorted(set(names)), key=names.count, default="LATIN")


def _script_of(language: str) -> str:
    if language in _CYRILLIC or language in _ARABIC:
        return "CYRILLIC" if language in _CYRILLIC else "ARABIC"
    return next((script for script, spoken in _OTHER_SCRIPTS.items() if spoken == language), "LATIN")


def _by_words(words: list[str]) -> tuple[str, int]:
    """The language with the most telltale words, and by how many it leads (0: no decision)."""
    counts = sorted(
        (
            (sum(word in telltale or not telltale.isdisjoint(word) for word in words), language)
            for language, telltale in _telltale_words().items()
        ),
        reverse=True,
    )
    return counts[0][1], counts[0][0] - counts[1][0]


def _confidence(text: str) -> dict[str, float]:
    with _lock:
        return {
            entry.language.iso_code_639_1.name.lower(): entry.value
            for entry in _detector().compute_language_confidence_values(text)
        }


@lru_cache(maxsize=1)
def _telltale_words() -> dict[str, frozenset[str]]:
    try:
        raw: dict[str, str] = yaml.safe_load(_WORDS_FILE.read_text(encoding="utf-8"))
        return {language: frozenset(fold(words).split()) for language, words in raw.items()}
    except (OSError, yaml.YAMLError, AttributeError, TypeError) as error:
        raise ConfigurationError(f"{_WORDS_FILE} must map languages to words: {error}") from error


@lru_cache(maxsize=1)
def _detector() -> "LanguageDetector":
    from lingua import Language, LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(
        Language.GERMAN,
        Language.ENGLISH,
        Language.UKRAINIAN,
        Language.ARABIC,
        Language.TURKISH,
        Language.RUSSIAN,
        Language.FRENCH,
    ).build()
