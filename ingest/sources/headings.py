"""What a heading means: the FIM module it names, and how sure that is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz, process

from app.index.modules import HEADINGS, ModuleKind
from ingest.sources.plain import one_line

SURE = 0.8
"""A heading that is read with a lower confidence is reported, so that an editor can say what it means."""

_KNOWN = 1.0
_WORDING = 0.9
_STATUTE = 0.9
_FIM_FOR = 0.85
_ONE_WORD = 0.6
_SEVERAL_WORDS = 0.4
_UNKNOWN = 0.2
_ALIKE = 90.0
"""Of 100: one wrong letter in a heading of ten."""
_SHORTEST_ALIKE = 6
"""Shorter headings are compared as a whole: one other letter makes another word of them."""

_FOR = re.compile(r" (für|bei|zum|zur|beim|for|of) ")
_NUMBERING = re.compile(r"^(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z])[.)]|\d{1,2}(?:\.\d{1,2})+)\s+")
_MARKS = " \t:;.,!?…*_#–—-»«„“”\"'"
_STATUTE_HEADING = re.compile(r"^(?:§|art(?:\.|ikel)\s*\d|anlage\b|präambel\b)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading was read as. `kind` is None for a section to be left out."""

    kind: ModuleKind | None
    confidence: float
    """0 to 1. 1: a heading of FIM or one that `sources.yaml` maps; below `SURE`: a guess."""
    mapped: bool = False
    """Whether `sources.yaml` says so."""

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE


def meaning_of(heading: str, mapped: Mapping[str, ModuleKind | None]) -> Meaning:
    """The module that a heading names; `mapped` is the source's own table, which comes first.

    In `mapped`, `*` stands for any text: `§ *`. What names nothing is read as full text, with a low confidence.
    """
    if meaning := mapped_meaning(heading, mapped):
        return meaning
    key = _key(heading)
    table = _table()
    if key in table.exact:
        return table.exact[key]
    if _STATUTE_HEADING.match(key):
        return Meaning(ModuleKind.FULL_TEXT, _STATUTE)
    return _alike(key, table) or _extended(key, table) or _by_words(key, table)


def mapped_meaning(heading: str, mapped: Mapping[str, ModuleKind | None]) -> Meaning | None:
    """What the source's own table says about a heading; None when nothing."""
    key = _key(heading)
    for pattern, kind in mapped.items():
        if _matches(pattern, key):
            return Meaning(kind, _KNOWN, mapped=True)
    return None


class _Wordings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    wordings: tuple[str, ...]
    words: tuple[str, ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    skip: tuple[str, ...]
    modules: dict[ModuleKind, _Wordings]


@dataclass(frozen=True, slots=True)
class _Table:
    exact: Mapping[str, Meaning]
    words: tuple[tuple[ModuleKind, re.Pattern[str]], ...]


@cache
def _table() -> _Table:
    path = Path(__file__).with_name("headings.yaml")
    file = _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    exact = {_key(heading): Meaning(None, _WORDING) for heading in file.skip}
    for kind, table in file.modules.items():
        exact.update((_key(wording), Meaning(kind, _WORDING)) for wording in table.wordings)
    for headings in HEADINGS.values():
        exact.update((_key(name), Meaning(kind, _KNOWN)) for kind, names in headings.items() for name in names)
    words = tuple((kind, re.compile(rf"\b(?:{'|'.join(table.words)})")) for kind, table in file.modules.items())
    return _Table(exact, words)


def _key(heading: str) -> str:
    """A heading in lower case without numbering and marks around it."""
    return _NUMBERING.sub("", one_line(heading).casefold().replace("’", "'")).strip(_MARKS)


def _matches(pattern: str, key: str) -> bool:
    if "*" not in pattern:
        return _key(pattern) == key
    parts = (re.escape(" ".join(part.casefold().split())) for part in pattern.split("*"))
    return re.fullmatch(r"\s*.*".join(parts), key) is not None


def _alike(key: str, table: _Table) -> Meaning | None:
    """The known heading that differs by a letter or two: a typing error or an inflected form."""
    if len(key) < _SHORTEST_ALIKE:
        return None
    found = process.extractOne(key, table.exact.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if found is None:
        return None
    known, score, _ = found
    meaning = table.exact[known]
    return Meaning(meaning.kind, round(meaning.confidence * score / 100, 2)) if meaning.kind else None


def _extended(key: str, table: _Table) -> Meaning | None:
    """A heading of FIM that says what for: "Kosten für den Personalausweis"."""
    beginning, preposition, _ = _FOR.split(key, 1) if _FOR.search(key) else (key, "", "")
    meaning = table.exact.get(beginning) if preposition else None
    return Meaning(meaning.kind, _FIM_FOR) if meaning and meaning.kind and meaning.confidence == _KNOWN else None


def _by_words(key: str, table: _Table) -> Meaning:
    """By telling words somewhere in the heading; of several modules, the one named first."""
    hits = sorted((match.start(), kind) for kind, pattern in table.words if (match := pattern.search(key)))
    if not hits:
        return Meaning(ModuleKind.FULL_TEXT, _UNKNOWN)
    return Meaning(hits[0][1], _ONE_WORD if len(hits) == 1 else _SEVERAL_WORDS)
