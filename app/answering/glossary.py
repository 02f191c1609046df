"""Foreign questions in German search words: "Combien coûte la carte d'identité ?" is "Was kostet Personalausweis".

A glossary is a file a language in `search_words/`; all know the same German terms. It says what a term is called there:
patterns separated by `|`, words of a pattern by spaces, `*` for an open end ("паспорт*"); a closed word stands for all
forms with its stem. Up to two other words may lie between those of a pattern; little words and accents do not count.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from app.answering.foreign_words import STEM, foreign_words, joined, plain, stemmer

_FOLDER = Path(__file__).parent / "search_words"
_OTHER_FILES = frozenset({"colloquial"})
_SHORTEST_REST = 2
"""Letters that must be left of a word without its prefix."""
_WIDEST_GAP = 2
"""Telling words that may lie between two of a pattern."""
_LEAST_TELLING = 2
"""Words that a pattern must keep without its little ones: "en vie" is not "vie"."""


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
    """Without accents: open ones end with `*`, stems begin with `~`."""
    optional: frozenset[str]
    """Little words among them, which may be missing."""
    german: str
    asks: bool


@dataclass(frozen=True, slots=True)
class _Match:
    pattern: Pattern
    places: tuple[int, ...]
    """Which words of the question stand for those of the pattern, ascending."""

    @property
    def rank(self) -> tuple[int, int, int, int, int]:
        """The most words first, then the fewest left out, the closest together, the most letters, the earliest."""
        found, words = self.places, self.pattern.words
        return -len(found), len(words) - len(found), found[-1] - found[0], -len("".join(words)), found[0]


@dataclass(frozen=True, slots=True)
class Glossary:
    """One language's terms."""

    patterns: Mapping[str, tuple[Pattern, ...]]
    """By the first two letters of their first word."""
    little: frozenset[str]
    prefixes: tuple[str, ...]
    """Articles and conjunctions that are written together with the next word, as in Arabic."""
    stem: Callable[[str], str]

    def translate(self, text: str) -> Translated:
        """The German terms of a text, the longest patterns before shorter ones; a word counts once."""
        words = foreign_words(text)
        forms = [self._forms(word) for word in words]
        little = [not self.little.isdisjoint(own) for own in forms]
        taken: set[int] = set()
        kept: list[_Match] = []
        for match in sorted(self._matches(forms, little), key=lambda found: found.rank):
            if taken.isdisjoint(match.places):
                taken.update(match.places)
                kept.append(match)
        kept.sort(key=lambda match: (not match.pattern.asks, match.places))
        terms: dict[str, str] = {}
        for match in kept:
            terms.setdefault(match.pattern.german, " ".join(words[place] for place in match.places))
        unknown = tuple(word for place, word in enumerate(words) if place not in taken and not little[place])
        return Translated(tuple((said, german) for german, said in terms.items()), unknown)

    def _matches(self, forms: Sequence[frozenset[str]], little: Sequence[bool]) -> Iterator[_Match]:
        for start, options in enumerate(forms):
            for begin in {_beginning(form) for form in options}:
                for pattern in self.patterns.get(begin, ()):
                    places = _places(pattern, forms, little, start)
                    if places:
                        yield _Match(pattern, places)

    def _forms(self, word: str) -> frozenset[str]:
        """How the word may stand in a pattern: as it is or by its stem, with and without a prefix."""
        whole = plain(word)
        bare = {whole.removeprefix(prefix) for prefix in self.prefixes}
        written = {word, *(rest for rest in bare if rest != whole and len(rest) >= _SHORTEST_REST)}
        return frozenset(form for one in written for form in (plain(one), self.stem(one)))


@lru_cache(maxsize=1)
def glossary_languages() -> frozenset[str]:
    """Languages that have a glossary (ISO 639-1)."""
    return frozenset(path.stem for path in _FOLDER.glob("*.yaml")) - _OTHER_FILES


@lru_cache(maxsize=16)
def glossary(language: str) -> Glossary:
    """The glossary of one of `glossary_languages`. Raises OSError for another language."""
    raw = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    stem = stemmer(language)
    called = {text for group in ("asks", "names") for texts in raw[group].values() for text in texts.split("|")}
    little = frozenset(map(plain, foreign_words(raw["little"]))) - {plain(text).strip() for text in called}
    patterns: dict[str, list[Pattern]] = {}
    for group, asks in (("asks", True), ("names", False)):
        for german, texts in raw[group].items():
            for text in texts.split("|"):
                pattern = _pattern(joined(text).split(), german, asks, little, stem)
                patterns.setdefault(_beginning(pattern.words[0]), []).append(pattern)
    prefixes = tuple(plain(raw.get("prefixes", "")).split())
    return Glossary({first: tuple(own) for first, own in patterns.items()}, little, prefixes, stem)


def _pattern(
    written: list[str], german: str, asks: bool, little: frozenset[str], stem: Callable[[str], str]
) -> Pattern:
    """Little words at its beginning are left out, others are optional, unless one word alone would be left."""
    small = [plain(word) in little for word in written]
    if small.count(False) < _LEAST_TELLING:
        small = [False] * len(written)
    words = [plain(word) if word.endswith("*") else stem(word) for word in written]
    first = small.index(False)
    optional = frozenset(word for word, is_small in zip(words, small, strict=True) if is_small)
    return Pattern(tuple(words[first:]), optional, german, asks)


def _places(pattern: Pattern, forms: Sequence[frozenset[str]], little: Sequence[bool], start: int) -> tuple[int, ...]:
    """Where the pattern's words stand, the first at `start`; empty when one that is not optional is missing."""
    places: list[int] = []
    for word in pattern.words:
        near = _near(little, places[-1] + 1) if places else range(start, start + 1)
        place = next((place for place in near if _fits(word, forms[place])), None)
        if place is not None:
            places.append(place)
        elif word not in pattern.optional:
            return ()
    return tuple(places)


def _near(little: Sequence[bool], begin: int) -> range:
    """Places from one on as far as a pattern's next word may be: little words between don't count."""
    skipped = 0
    for place in range(begin, len(little)):
        skipped += not little[place]
        if skipped > _WIDEST_GAP + 1:
            return range(begin, place)
    return range(begin, len(little))


def _fits(pattern: str, forms: frozenset[str]) -> bool:
    return any(form.startswith(pattern[:-1]) for form in forms) if pattern.endswith("*") else pattern in forms


def _beginning(form: str) -> str:
    return form.removeprefix(STEM)[:2]
