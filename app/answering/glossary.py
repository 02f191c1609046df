"""Foreign questions in German search words: "Combien coûte la carte d'identité ?" is "Was kostet Personalausweis".

A glossary is a file a language in `search_words/`: what a German term is called there, patterns separated by `|`, words
of a pattern by spaces, `*` for an open end ("паспорт*"). Little words are left out on both sides, accents do not count.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

_FOLDER = Path(__file__).parent / "search_words"
_OTHER_FILES = frozenset({"colloquial"})
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_APOSTROPHES = str.maketrans(dict.fromkeys("'’`´ʼ", " "))
_SAME = str.maketrans({"ı": "i", "ى": "ي", "ة": "ه", "ـ": None, "ґ": "г", "ё": "е", "œ": "oe", "æ": "ae", "ß": "ss"})
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Translated:
    """What a glossary makes of a question."""

    terms: tuple[tuple[str, str], ...]
    """Words of the question and the German term for them, in order; question words first."""
    unknown: tuple[str, ...]
    """Words that neither the glossary knows nor its list of little words, as they are written."""


@dataclass(frozen=True, slots=True)
class Pattern:
    words: tuple[str, ...]
    """Without accents; an open one ends with `*`."""
    german: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Glossary:
    """One language's terms."""

    patterns: Mapping[str, tuple[Pattern, ...]]
    """By the first two letters, the longest first."""
    little: frozenset[str]
    prefixes: tuple[str, ...]
    """Articles and conjunctions that are written together with the next word, as in Arabic."""

    def translate(self, text: str) -> Translated:
        """The German terms of a text, the longest patterns first; a word counts once."""
        words = [word for word in _words(text) if _plain(word) not in self.little]
        forms = [self._forms(_plain(word)) for word in words]
        asked: list[tuple[str, str]] = []
        named: list[tuple[str, str]] = []
        unknown: list[str] = []
        at = 0
        while at < len(words):
            pattern = self._longest(forms[at:])
            if pattern is None:
                unknown.append(words[at])
                at += 1
                continue
            said = " ".join(words[at : at + len(pattern.words)])
            (asked if pattern.asks else named).append((said, pattern.german))
            at += len(pattern.words)
        kept = {german: (said, german) for said, german in reversed((*asked, *named)) if german}
        return Translated(tuple(reversed(kept.values())), tuple(unknown))

    def _longest(self, forms: list[tuple[str, ...]]) -> Pattern | None:
        found = [
            pattern
            for form in forms[0]
            for pattern in self.patterns.get(form[:2], ())
            if len(pattern.words) <= len(forms)
            and all(
                any(_fits(word, own) for own in options) for word, options in zip(pattern.words, forms, strict=False)
            )
        ]
        return max(found, key=lambda p: (len(p.words), len("".join(p.words))), default=None)

    def _forms(self, word: str) -> tuple[str, ...]:
        """The word, and what is left of it without each prefix."""
        bare = (word.removeprefix(prefix) for prefix in self.prefixes if word.startswith(prefix))
        return (word, *(rest for rest in bare if len(rest) >= _SHORTEST_STEM))


@lru_cache(maxsize=1)
def glossary_languages() -> frozenset[str]:
    """Languages that have a glossary (ISO 639-1)."""
    return frozenset(path.stem for path in _FOLDER.glob("*.yaml")) - _OTHER_FILES


@lru_cache(maxsize=16)
def glossary(language: str) -> Glossary:
    """The glossary of one of `glossary_languages`. Raises OSError for another language."""
    raw = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    called = {text for group in ("asks", "names") for texts in raw[group].values() for text in texts.split("|")}
    little = frozenset(_plain(raw["little"]).split()) - {_plain(text).strip() for text in called}
    patterns: dict[str, list[Pattern]] = {}
    for group, asks in (("asks", True), ("names", False)):
        for german, texts in raw[group].items():
            for text in texts.split("|"):
                words = tuple(word for word in _plain(text).split() if word not in little) or tuple(
                    _plain(text).split()
                )
                patterns.setdefault(words[0][:2], []).append(Pattern(words, german, asks))
    return Glossary(
        {first: tuple(own) for first, own in patterns.items()}, little, tuple(_plain(raw.get("prefixes", "")).split())
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).translate(_APOSTROPHES))


def _plain(text: str) -> str:
    """Lower case without accents and other marks."""
    spread = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).casefold().translate(_SAME))
    return "".join(char for char in spread if not unicodedata.combining(char))


def _fits(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern
