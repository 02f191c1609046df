"""Recognises statements that decide somebody's case, by patterns: the judge must not change its mind."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from app.answering.patterns import Regex
from app.answering.values import Origin, Statement
from app.errors import ConfigurationError

FILE = Path(__file__).with_name("hard_lines") / "verdicts.yaml"


class _Language(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    every: tuple[Regex, ...]
    own_words: tuple[Regex, ...]
    yes_no: Regex
    condition: Regex


@dataclass(frozen=True, slots=True)
class VerdictPatterns:
    """One language's expressions, compiled; see `hard_lines/verdicts.yaml`."""

    every: tuple[re.Pattern[str], ...]
    own_words: tuple[re.Pattern[str], ...]
    yes_no: re.Pattern[str]
    condition: re.Pattern[str]

    def found_in(self, statement: Statement) -> str | None:
        """The words of the statement that decide; None when it only tells a rule. Frames are not asked about."""
        text = unicodedata.normalize("NFC", statement.text).casefold()
        answer = self.yes_no.match(text) if statement.origin is not Origin.RULE else None
        if answer is not None:
            return answer.group()
        if self.condition.search(text):
            return None
        patterns = (*self.every, *self.own_words) if statement.origin is Origin.GENERATED else self.every
        return next((hit.group() for pattern in patterns if (hit := pattern.search(text))), None)


def verdict_in(statement: Statement) -> str | None:
    """What a statement decides, in its own words; None for fixed wording and for rules.

    The patterns of all languages are tried: a drafted sentence may be in another language than it should.
    """
    if statement.origin is Origin.FRAME:
        return None
    return next((words for patterns in verdict_patterns() if (words := patterns.found_in(statement))), None)


@lru_cache(maxsize=1)
def verdict_patterns(path: Path = FILE) -> tuple[VerdictPatterns, ...]:
    """The patterns of every language.

    Raises:
        ConfigurationError: the file is not valid.
    """
    try:
        languages = _FILE.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"{path} holds no patterns of verdicts: {error}") from error
    return tuple(
        VerdictPatterns(
            every=tuple(map(re.compile, language.every)),
            own_words=tuple(map(re.compile, language.own_words)),
            yes_no=re.compile(language.yes_no),
            condition=re.compile(language.condition),
        )
        for language in languages.values()
    )


_FILE = TypeAdapter(dict[str, _Language])
