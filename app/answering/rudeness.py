"""Rude pieces of a German message, known by how they are built rather than by heart.

No list of insults is ever complete, so four forms are looked for: an address ("Ihr Sesselpupser,"), an outcry ("So ein
Mistladen!"), a reproach ("Ihr kriegt ja nix gebacken.") and a command to hurry or to speak ("Macht mal hinne:"). Each
may hold words that nobody listed. It is taken for rude only by a sign (`rudeness.yaml`: stems, first and last parts of
words that scold) or, for an address, by its place; and never with a figure, or a word that the town's texts have as a
noun: that may be what is asked about.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import ConfigurationError
from app.text.terms import STOP_WORDS

_FILE = Path(__file__).with_name("rudeness.yaml")
_LONGEST = 10
"""Words of the longest piece that is looked at."""
_LONGEST_ADDRESS = 6
_PLACES = frozenset("amt rathaus buergeramt buergerbuero stadt verwaltung stadtverwaltung buero behoerde".split())


class _File(BaseModel):
    """Regular expressions of folded words; see `rudeness.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: str
    last: str
    whole: str
    phrases: str
    asks: str
    verbs: str
    joins: str


@dataclass(frozen=True, slots=True)
class Rudeness:
    """The compiled forms."""

    sign: re.Pattern[str]
    """A whole word that scolds."""
    phrase: re.Pattern[str]
    """Several words that scold only together."""
    asks: re.Pattern[str]
    """A word that begins a question of its own."""
    verb: re.Pattern[str]
    joins: re.Pattern[str]

    def is_rude(self, words: list[str], topics: Container[str] | None) -> bool:
        """Whether a piece, given as folded words, scolds and says nothing else.

        `topics` are the town's nouns; where they are not known (None), every word may be one that isn't listed.
        """
        if not 0 < len(words) <= _LONGEST:
            return False
        said = " ".join(words)
        if self.phrase.fullmatch(said):
            return True
        if any(self._tells(word, topics) for word in words):
            return False
        if self.phrase.search(said):
            return True
        if any(self.asks.fullmatch(word) for word in words):
            return False
        return any(self.sign.fullmatch(word) for word in words) or self._is_address(words)

    def beginning_of_rude_end(self, words: list[str], begins: list[bool], topics: Container[str] | None) -> int | None:
        """The place of the word from which on a piece scolds, where its sentence has lost its mark; None for none.

        `begins` tells of each word whether it is written with a capital; a little word has one only where it begins.
        """
        for place in range(max(1, len(words) - _LONGEST), len(words) - 1):
            if begins[place] and words[place] in STOP_WORDS and self.is_rude(words[place:], topics):
                return place
        return None

    def _tells(self, word: str, topics: Container[str] | None) -> bool:
        """Whether a word may be what the message is about."""
        if word.isdigit() or word.startswith("@"):
            return True
        if word in _PLACES or self.sign.fullmatch(word):
            return False
        return word not in STOP_WORDS if topics is None else word in topics

    def _is_address(self, words: list[str]) -> bool:
        """ "Ihr", "du" or "Sie" before words of which none is a verb: "na ihr schnecken vom rathaus"."""
        while words and self.joins.fullmatch(words[0]):
            words = words[1:]
        called = words[1:]
        return (
            words[:1] in (["ihr"], ["du"])
            and 0 < len(called) < _LONGEST_ADDRESS
            and not any(self.verb.fullmatch(word) for word in called)
            and any(word not in STOP_WORDS for word in called)
        )


@lru_cache(maxsize=1)
def rudeness() -> Rudeness:
    """Read once a process.

    Raises:
        ConfigurationError: the file is not valid.
    """
    try:
        file = _File.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
        return Rudeness(
            sign=re.compile(rf"(?:{file.first})\w{{3,}}|\w*(?:{file.last})|{file.whole}"),
            phrase=re.compile(rf"\b(?:{file.phrases})\b"),
            asks=re.compile(file.asks),
            verb=re.compile(file.verbs),
            joins=re.compile(file.joins),
        )
    except (OSError, yaml.YAMLError, ValidationError, re.error) as error:
        raise ConfigurationError(f"{_FILE} is not valid: {error}") from error
