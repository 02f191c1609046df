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
from app.text.terms import fold, stem

_LANGUAGE = "de"
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3


@dataclass(frozen=True, eq=False)
class TownWords:
    """Words of at least three letters, by their folded form."""

    written: Mapping[str, str]
    """The most frequent spelling of each, umlauts and capitals included."""
    counts: Mapping[str, int]
    alike: Mapping[str, tuple[str, ...]]
    """Folded words by their sound."""
    stems: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "TownWords":
        spellings = Counter(word for text in texts for word in _WORD.findall(text) if len(word) >= _SHORTEST)
        written: dict[str, str] = {}
        counts: dict[str, int] = {}
        for spelling, count in sorted(spellings.items(), key=lambda pair: (-pair[1], pair[0])):
            folded = fold(spelling)
            written.setdefault(folded, spelling)
            counts[folded] = counts.get(folded, 0) + count
        return cls(
            MappingProxyType(written), MappingProxyType(counts), by_sound(written), frozenset(map(stem, written))
        )


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
