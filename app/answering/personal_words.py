"""The word lists by which names and addresses are found: `personal_words.yaml` and `first_names.yaml`."""

import re
import unicodedata
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from app.errors import ConfigurationError
from app.text.terms import fold

_ModelT = TypeVar("_ModelT", bound=BaseModel)
_FOLDER = Path(__file__).resolve().parent
_PLAIN_LETTERS = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ð": "d", "æ": "ae", "œ": "oe"})


def _phrases(value: Any) -> Any:
    return [entry.strip() for entry in value.split(",")] if isinstance(value, str) else value


def _folded(value: Any) -> Any:
    return [entry.strip().casefold() for entry in value.split(",")] if isinstance(value, str) else value


def _split(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


_Phrases = Annotated[frozenset[str], BeforeValidator(_phrases)]
_Folded = Annotated[frozenset[str], BeforeValidator(_folded)]
"""Words to compare case-folded words with, as opposed to `_Phrases`, which become expressions."""
_Split = Annotated[frozenset[str], BeforeValidator(_split)]


class PersonalWords(BaseModel):
    """What announces a name or an address, and what only looks like one; the file says what each list is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    titles: _Phrases
    name_titles: _Folded
    particles: _Folded
    introductions: _Phrases
    fillers: _Phrases
    presentations: _Phrases
    namings: _Phrases
    possessives: _Phrases
    people: _Phrases
    relatives: _Phrases
    labels: _Phrases
    roles: _Phrases
    bare_labels: _Phrases
    named_before: _Phrases
    closings: _Phrases
    no_names: _Folded
    no_surname_endings: _Folded
    no_first_endings: _Folded
    saints: _Folded
    institutions: _Folded
    namesakes: _Folded
    no_streets: _Folded
    street_endings: _Phrases

    @cached_property
    def announcing(self) -> frozenset[str]:
        """Single words, case-folded, that announce a name and are none."""
        phrases = self.closings | self.people | self.relatives | self.titles | self.labels | self.roles
        return frozenset(phrase.casefold() for phrase in phrases)


class FirstNames(BaseModel):
    """First names of many countries."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    certain: _Split
    after_cue: _Split


@lru_cache(maxsize=1)
def personal_words() -> PersonalWords:
    """The lists, read once. Raises ConfigurationError when the file is damaged."""
    return _read(PersonalWords, "personal_words.yaml")


def any_of(phrases: frozenset[str]) -> str:
    """A group that matches any of the phrases as whole words, the longest first, in any case."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    alternatives = "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in longest_first)
    return rf"(?i:(?<!\w)(?:{alternatives})(?!\w))"


def is_first_name(word: str, *, announced: bool = False) -> bool:
    """Whether every part of the word ("Anna-Lena") is a known first name, in any spelling of its letters.

    Names that are ordinary words, too, count when the word stands where a name is expected.
    """
    names = _announced_names() if announced else _certain_names()
    return all(_plain(part) in names for part in word.split("-"))


@lru_cache(maxsize=1)
def _certain_names() -> frozenset[str]:
    return frozenset(map(_plain, _first_names().certain))


@lru_cache(maxsize=1)
def _announced_names() -> frozenset[str]:
    return _certain_names() | frozenset(map(_plain, _first_names().after_cue))


@lru_cache(maxsize=1)
def _first_names() -> FirstNames:
    return _read(FirstNames, "first_names.yaml")


def _plain(name: str) -> str:
    """Folded, without accents."""
    marked = unicodedata.normalize("NFD", fold(name))
    return "".join(char for char in marked if not unicodedata.combining(char)).translate(_PLAIN_LETTERS)


def _read(model: type[_ModelT], name: str) -> _ModelT:
    path = _FOLDER / name
    try:
        return model.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"{path} is not valid: {error}") from error
