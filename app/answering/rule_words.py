"""`rule_words.yaml`, validated and compiled: what the rules listen for."""

import re
from datetime import time
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from app.errors import ConfigurationError

_FILE = Path(__file__).resolve().parent / "rule_words.yaml"


def _compiled(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return re.compile(value)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
    return value


Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class HoursWords(_Strict):
    """How people ask when something is open."""

    noun: Pattern
    verb: tuple[Pattern, ...]
    unless: Pattern
    when: Pattern
    yes_no: Pattern
    closed: Pattern
    open: Pattern
    change: Pattern
    """Doors that open or close at a time, where `closed` and `open` also say how they stand."""
    elliptical: Pattern
    """A question that says nothing but "bis wann"."""
    moment: Pattern
    """What shows that a time is asked for or named."""
    visit: Pattern
    """Words for coming, and for somebody being there; matched against single words too."""
    elsewhere: Pattern
    """What asks for place or person instead."""


class ContactWords(_Strict):
    """How people ask where an office is and how to reach it."""

    address: tuple[Pattern, ...]
    phone: tuple[Pattern, ...]
    email: tuple[Pattern, ...]
    website: tuple[Pattern, ...]
    all: tuple[Pattern, ...]
    unless: Pattern


class PartWords(_Strict):
    """A part of the day and the hours that it covers."""

    words: str
    start: time = Field(alias="from")
    end: time = Field(alias="to")


class DayWords(_Strict):
    """How people name days. Plain strings are parts of larger expressions, see `app.answering.asked_day`."""

    now: Pattern
    still: Pattern
    today: Pattern
    tomorrow: Pattern
    after_tomorrow: Pattern
    weekend: Pattern
    holidays: Pattern
    next: str
    this: str
    weekdays: Annotated[tuple[str, ...], Field(min_length=7, max_length=7)]
    months: Annotated[tuple[str, ...], Field(min_length=12, max_length=12)]
    parts: dict[str, PartWords]


class OtherTownWords(_Strict):
    """How people name another town as the place that they ask about."""

    names: str
    """Folded, one word each."""
    inside: str
    """What stands before the name of a place that something holds in."""
    there: Pattern


class RuleWords(_Strict):
    """The whole file."""

    hours: HoursWords
    contact: ContactWords
    default_office: Pattern
    function_words: str
    days: DayWords
    other_towns: OtherTownWords

    def is_function_word(self, word: str) -> bool:
        """Whether the word says nothing about what place is meant."""
        return word in self.function_words.split()


@lru_cache(maxsize=1)
def rule_words() -> RuleWords:
    """The words, read once per process.

    Raises:
        ConfigurationError: the file is not valid; the message names the field.
    """
    try:
        return RuleWords.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{_FILE} is not readable YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigurationError(f"{_FILE}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
