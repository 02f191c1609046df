"""`decision_words.yaml`, and the little pattern language that editors of rules write: words with `*`, `_` and `{n}`."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import ConfigurationError
from app.text.number_words import NUMBER_WORDS
from app.text.terms import fold

_FILE = Path(__file__).resolve().parent / "decision_words.yaml"
_ONE = ("ein", "eine", "einen", "einem", "einer", "one", "a", "an", "eins")
_NUMBERS = {fold(word): value for word, value in NUMBER_WORDS.items()} | dict.fromkeys(_ONE, 1)
_DIGITS = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_COUNT = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_COUNT_FROM_TWO = "|".join(sorted((re.escape(word) for word in _NUMBERS if word not in _ONE), key=len, reverse=True))
_BEFORE_NOUN = rf"(?:{_DIGITS}|(?:{_COUNT})(?!\w))"
_AT_END = rf"(?:{_DIGITS}|(?:{_COUNT_FROM_TWO})(?!\w))"
"""Without "ein": "ich bin ein" is no age."""
_THOUSANDS = r"(?: ?(?:tausend|tsd|k)(?!\w))?"
_MARK = "\x00"
Kind = Literal["costs", "deadline", "documents", "dates", "office"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DaysWords(_Strict):
    """Words for a day, or for a unit of time, with its length or distance in days."""

    words: tuple[str, ...]
    days: int


class LetterWords(_Strict):
    before: tuple[str, ...]
    """What shows that a single letter is meant as one."""


class StreetWords(_Strict):
    ends: tuple[str, ...]
    """How street names end, folded."""
    none: tuple[str, ...]
    """Words that end so and are no streets."""


class DecisionWords(_Strict):
    """The whole file."""

    kinds: dict[Kind, tuple[str, ...]]
    excludes: dict[Kind, tuple[str, ...]]
    idle: tuple[str, ...]
    letters: LetterWords
    streets: StreetWords
    relative_days: tuple[DaysWords, ...]
    units: tuple[DaysWords, ...]


@lru_cache(maxsize=1)
def decision_words() -> DecisionWords:
    """The words, read once per process.

    Raises:
        ConfigurationError: the file is not valid; the message names the field.
    """
    try:
        return DecisionWords.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"{_FILE} is not valid: {error}") from error


@lru_cache(maxsize=4096)
def word_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Matches any of the words or phrases in a folded text (nothing for none); each `{n}` is a group of its own."""
    if not words:
        return re.compile(r"(?!)")
    return re.compile("|".join(_phrase(text) for text in words))


def number_of(text: str) -> str:
    """The number that `{n}` matched, as digits: "70.000" and "70 tausend" give "70000", "22,50" gives "22.50"."""
    match = re.fullmatch(rf"({_BEFORE_NOUN})({_THOUSANDS})", text)
    assert match is not None
    bare, factor = match.group(1), 1000 if match.group(2) else 1
    if bare in _NUMBERS:
        return str(_NUMBERS[bare] * factor)
    bare = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", bare).replace(",", ".")
    if factor == 1:
        return bare
    return f"{float(bare) * factor:.0f}"


def _phrase(text: str) -> str:
    words = fold(text.replace("{n}", _MARK)).split()
    last = words[-2:-1] if words[-1] == "$" else words[-1:]
    parts: list[str] = []
    for word in words:
        if word == "_":
            parts.append(r"(?:\w+ ){0,2}")
        elif word == _MARK:
            number = _AT_END if last == [_MARK] else _BEFORE_NOUN
            parts.append(rf"({number}{_THOUSANDS}) ?")
        elif word == "$":
            parts.append(r"(?=\s*(?:[?\n]|$)) ?")
        else:
            parts.append(re.escape(word).replace(r"\*", r"\w*") + " ")
    joined = "".join(parts).removesuffix(" ?").removesuffix(" ")
    return rf"(?<![\w.,])(?:{joined})(?!\w)"
