"""The words that a town's German texts, titles, synonyms and example questions know, as they are written there."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from types import MappingProxyType
from weakref import WeakKeyDictionary

from app.answering.german_sound import sound
from app.index.generation import Generation
from app.text.terms import STOP_WORDS, fold, stem

_LANGUAGE = "de"
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3
_SELDOM = 10
_OPENS = re.compile(r"[.:!?;\n•–-]\s*$")
"""What stands before a word whose capital says nothing."""
_DOTS = str.maketrans("äöü", "aou")
_UMLAUT = re.compile("[äöüÄÖÜ]")


@dataclass(frozen=True, eq=False)
class TownWords:
    """Words of at least three letters, by their folded form."""

    written: Mapping[str, str]
    """The most frequent spelling of each, umlauts and capitals included."""
    counts: Mapping[str, int]
    alike: Mapping[str, tuple[str, ...]]
    """Folded words by their sound."""
    stems: frozenset[str]
    bare: Mapping[str, str]
    """Folded words that have an umlaut, by what is left of them without its dots."""
    nouns: frozenset[str]
    """Folded words that the texts write with a capital within a sentence, more than ten times as often as without."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> "TownWords":
        spellings: Counter[str] = Counter()
        within: Counter[tuple[str, bool]] = Counter()
        for text in texts:
            for match in _WORD.finditer(text):
                word = match.group()
                if len(word) >= _SHORTEST:
                    spellings[word] += 1
                    if match.start() and not _OPENS.search(text[max(0, match.start() - 4) : match.start()]):
                        within[fold(word), word[0].isupper()] += 1
        written: dict[str, str] = {}
        counts: dict[str, int] = {}
        for spelling, count in sorted(spellings.items(), key=lambda pair: (-pair[1], pair[0])):
            folded = fold(spelling)
            written.setdefault(folded, spelling)
            counts[folded] = counts.get(folded, 0) + count
        return cls(
            written=MappingProxyType(written),
            counts=MappingProxyType(counts),
            alike=by_sound(written),
            stems=frozenset(map(stem, written)),
            bare=without_dots(written),
            nouns=frozenset(
                word for word in counts if word not in STOP_WORDS and within[word, True] > _SELDOM * within[word, False]
            ),
        )


def without_dots(written: Mapping[str, str]) -> Mapping[str, str]:
    """Folded words by their letters without the dots of umlauts; of two that fall together the first one."""
    bare: dict[str, str] = {}
    for folded, word in written.items():
        if _UMLAUT.search(word):
            bare.setdefault(fold(word.lower().translate(_DOTS)), folded)
    return MappingProxyType(bare)


def by_sound(folded: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Folded words grouped by their sound."""
    groups: dict[str, list[str]] = {}
    for word in folded:
        groups.setdefault(sound(word), []).append(word)
    return MappingProxyType({code: tuple(words) for code, words in groups.items()})


def town_words(generation: Generation) -> TownWords:
    """The generation's words, collected once."""
    with _lock:
        found = _kept.get(generation)
        if found is None:
            found = _kept[generation] = TownWords.of(_texts(generation))
    return found


def _texts(generation: Generation) -> Iterable[str]:
    german = [
        chunk for chunk in generation.chunks if chunk.language == _LANGUAGE and chunk.variant in generation.variants
    ]
    documents = {chunk.document_id for chunk in german}
    yield from (text for chunk in german for text in (chunk.title, chunk.context, chunk.text))
    yield from (alias.text for alias in generation.aliases.aliases if alias.document_id in documents)


_lock = Lock()
_kept: WeakKeyDictionary[Generation, TownWords] = WeakKeyDictionary()
