"""Patterns as data: the YAML files in `screen_patterns/`, validated and compiled once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from app.answering.values import Status
from app.errors import ConfigurationError

FOLDER = Path(__file__).resolve().parent / "screen_patterns"


class Match(StrEnum):
    """How much of the message a category's patterns must cover before it applies."""

    ANYWHERE = "anywhere"
    """One pattern in one sentence is enough."""
    WHOLE = "whole"
    """Nothing is left of the message once all patterns and `fillers` are taken out."""
    NO_QUESTION = "no_question"
    """One pattern is enough, unless what is left looks like a real question (see `question`)."""


def _compiles(source: str) -> str:
    try:
        re.compile(source)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return source


_SHARED = re.compile(r"<([a-z_]+)>")
Regex = Annotated[str, AfterValidator(_compiles)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PatternEntry(_Strict):
    """One expression, searched in every sentence of the folded message (see `app.answering.folding`)."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    language: str = Field(pattern=r"^[a-z]{2}$")
    regex: Regex
    also: Regex | None = None
    """The sentence counts only when this, too, is found in it, before or after `regex`."""
    unless: Regex | None = None
    """The sentence does not count when this is found in it."""
    wording: str | None = None
    """Catalog key, when it differs from the category's."""


class CategoryFile(_Strict):
    """One file: what the message is when its patterns apply, and how the walk ends then."""

    version: int = Field(ge=1)
    order: int
    """Categories are tried in ascending order; the first that applies gives the verdict."""
    verdict: Status
    wording: str
    match: Match = Match.ANYWHERE
    unless_anywhere: Regex | None = None
    """The category does not apply when this is found anywhere in the message."""
    fillers: Regex | None = None
    question: Regex | None = None
    words: dict[str, Regex] = Field(default_factory=dict)
    """Alternatives that several patterns share: `<benefit>` in a pattern stands for `words.benefit`."""
    patterns: tuple[PatternEntry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _known_words(self) -> Self:
        ids = [entry.id for entry in self.patterns]
        if len(ids) != len(set(ids)):
            raise ValueError("two patterns have the same id; rename one")
        for entry in self.patterns:
            for name in _SHARED.findall(entry.regex + (entry.also or "") + (entry.unless or "")):
                if name not in self.words:
                    raise ValueError(f"pattern '{entry.id}' uses <{name}>, which is not among 'words'")
        return self

    def expanded(self, source: str) -> str:
        """The expression with its shared words filled in."""
        return _SHARED.sub(lambda match: f"(?:{self.words[match.group(1)]})", source)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled entry."""

    signal: str
    """`category@version/id`, as the record keeps it."""
    language: str
    regex: re.Pattern[str]
    also: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    wording: str

    def found_in(self, sentence: str) -> bool:
        """Whether one folded sentence counts for this pattern."""
        return (
            self.regex.search(sentence) is not None
            and (self.also is None or self.also.search(sentence) is not None)
            and (self.unless is None or self.unless.search(sentence) is None)
        )


@dataclass(frozen=True, slots=True)
class Category:
    """A compiled file, its patterns in the order of the file: the first that fires chooses the wording."""

    name: str
    order: int
    verdict: Status
    match: Match
    unless_anywhere: re.Pattern[str] | None
    fillers: re.Pattern[str] | None
    question: re.Pattern[str] | None
    patterns: tuple[Pattern, ...]

    def fired(self, folded: str) -> tuple[Pattern, ...]:
        """The patterns by which the message belongs to this category; empty when it does not."""
        if self.unless_anywhere and self.unless_anywhere.search(folded):
            return ()
        sentences = folded.split("\n")
        hits = tuple(pattern for pattern in self.patterns if any(map(pattern.found_in, sentences)))
        if not hits or self.match is Match.ANYWHERE:
            return hits
        rest = self._remainder(folded, hits)
        if self.match is Match.WHOLE:
            return () if rest else hits
        asks = self.question is not None and self.question.search(rest) is not None
        return () if asks else hits

    def hinted(self, folded: str) -> bool:
        """Whether one of its expressions occurs at all, whatever else the patterns ask for: a cue, no verdict."""
        return any(pattern.regex.search(folded) for pattern in self.patterns)

    def _remainder(self, folded: str, hits: tuple[Pattern, ...]) -> str:
        rest = folded
        for pattern in hits:
            rest = pattern.regex.sub(" ", rest)
        if self.fillers:
            rest = self.fillers.sub(" ", rest)
        return " ".join(rest.replace("?", " ").split()) if self.match is Match.WHOLE else rest


@lru_cache(maxsize=1)
def categories() -> tuple[Category, ...]:
    """All categories in the order in which they are tried."""
    return load_categories(FOLDER)


def load_categories(folder: Path) -> tuple[Category, ...]:
    """Reads and compiles every `*.yaml` in a folder.

    Raises:
        ConfigurationError: a file is not valid; the message names file and field.
    """
    loaded = [_compiled(path.stem, _read(path)) for path in sorted(folder.glob("*.yaml"))]
    return tuple(sorted(loaded, key=lambda category: category.order))


def _read(path: Path) -> CategoryFile:
    try:
        raw: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return CategoryFile.model_validate(raw)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path} is not readable YAML in UTF-8: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ConfigurationError(f"{path}: {place}: {first['msg']}") from error


def _compiled(name: str, source: CategoryFile) -> Category:
    def patterns() -> Iterator[Pattern]:
        for entry in source.patterns:
            yield Pattern(
                signal=f"{name}@{source.version}/{entry.id}",
                language=entry.language,
                regex=re.compile(source.expanded(entry.regex)),
                also=_optional(source.expanded(entry.also or "")),
                unless=_optional(source.expanded(entry.unless or "")),
                wording=entry.wording or source.wording,
            )

    return Category(
        name=name,
        order=source.order,
        verdict=source.verdict,
        match=source.match,
        unless_anywhere=_optional(source.unless_anywhere),
        fillers=_optional(source.fillers),
        question=_optional(source.question),
        patterns=tuple(patterns()),
    )


def _optional(source: str | None) -> re.Pattern[str] | None:
    return re.compile(source) if source else None
