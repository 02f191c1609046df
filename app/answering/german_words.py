"""Words that are correct German, whatever the town's texts know: they are never taken for a misspelling."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from app.answering.town_words import by_sound
from app.text.terms import fold

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


@lru_cache(maxsize=1)
def german_words() -> GermanWords:
    """Read once a process, in half a second."""
    packed = (files("spellchecker") / "resources" / "de.json.gz").read_bytes()
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    common = {fold(word): word for word, count in sorted(counts.items(), key=lambda pair: pair[1]) if count > _RARE}
    return GermanWords(frozenset(map(fold, counts)), common, by_sound(common))
