"""Words that are correct German, whatever the town's texts know: they are never taken for a misspelling."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from app.answering.town_words import by_sound, without_dots
from app.text.terms import fold

_EVERYDAY_ENGLISH = 2_000
"""How often the list of 160,000 words counts one of the 13,000 most frequent."""
_RARE = 50
"""What the list gives every word that its film subtitles don't have."""


@dataclass(frozen=True, eq=False)
class GermanWords:
    """The German word list of pyspellchecker (MIT licence): some 340,000 inflected forms, compounds few."""

    known: frozenset[str]
    """Folded."""
    common: Mapping[str, str]
    """Lower-case spelling of the words in everyday use, by their folded form."""
    alike: Mapping[str, tuple[str, ...]]
    """Folded common words by their sound."""
    counts: Mapping[str, int]
    """How often film subtitles have a common word, by its folded form."""
    umlauts: Mapping[str, str]
    """Known words with an umlaut or ß, by their folded form; others are spelled as folded."""
    bare: Mapping[str, str]
    """Folded words that have an umlaut, by what is left of them without its dots: "fur" for "fuer"."""


@lru_cache(maxsize=1)
def german_words() -> GermanWords:
    """Read once a process, in half a second."""
    packed = (files("spellchecker") / "resources" / "de.json.gz").read_bytes()
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    everyday = sorted(((count, word) for word, count in counts.items() if count > _RARE), key=lambda pair: pair[0])
    folded_of = {word: fold(word) for word in counts}
    common = {folded_of[word]: word for _, word in everyday}
    known = {folded_of[word]: word for word in sorted(counts, key=counts.__getitem__)}
    umlauts = {folded: word for folded, word in reversed(known.items()) if folded != word}
    return GermanWords(
        known=frozenset(known),
        common=common,
        alike=by_sound(common),
        counts={folded_of[word]: count for count, word in everyday},
        umlauts=umlauts,
        bare=without_dots(umlauts),
    )


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Everyday English words (pyspellchecker's list), lower case: seldom a German word with a typing error."""
    packed = (files("spellchecker") / "resources" / "en.json.gz").read_bytes()
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    return frozenset(word for word, count in counts.items() if count > _EVERYDAY_ENGLISH)
