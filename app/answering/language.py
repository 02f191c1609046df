"""The language of a question: German unless there is good reason to think otherwise."""

import re
import threading
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
"""Confidence (0 to 1) from which a very short text counts as not German."""
_CLEARLY_GERMAN = 0.8
"""Confidence in German that outweighs one single foreign word ("EC Card Zahlung")."""
_LIKELY, _MARGIN = 0.5, 0.25
"""Least confidence of another language, and its least lead over German, for longer texts."""
_SHORT_WORDS = 3
_lock = threading.Lock()


def answer_language(wanted: str | None, text: str) -> str:
    """The client's wish (`en`, `en-GB`) where it is a language code, else the language of the text."""
    code = _CODE.match(wanted.strip().casefold()) if wanted else None
    return code.group(1) if code else detect_language(text)


def detect_language(text: str) -> str:
    """ISO 639-1 code of the text: de, en, uk, ar, tr, ru or fr. Ambiguous and very short texts are German."""
    words = fold(_LABEL.sub(" ", text)).split()
    letters = " ".join(word for word in words if any(char.isalpha() for char in word))
    if not letters:
        return DEFAULT
    told, lead = _by_words(words)
    if lead > 1 or (lead == 1 and told == DEFAULT):
        return told
    confidence = _confidence(letters)
    german = confidence[DEFAULT]
    if lead == 1:
        return DEFAULT if german >= _CLEARLY_GERMAN else told
    best, value = max(confidence.items(), key=lambda entry: entry[1])
    if len(words) < _SHORT_WORDS and letters.isascii():
        return best if value >= _CLEAR else DEFAULT
    return best if value >= _LIKELY and value - german >= _MARGIN else DEFAULT


def warm_up() -> None:
    """Loads the tables of the languages in Latin letters (half a second); the others follow when needed."""
    _confidence("guten tag")


def _by_words(words: list[str]) -> tuple[str, int]:
    """The language with the most telltale words, and by how many it leads (0: no decision)."""
    counts = sorted(
        ((sum(word in telltale for word in words), language) for language, telltale in _telltale_words().items()),
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
