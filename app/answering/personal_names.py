"""Finds names and addresses of people: by the words that announce them and by the shape of a German street."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from app.answering.personal_spans import PersonalData, Span
from app.errors import ConfigurationError

_WORDS_FILE = Path(__file__).resolve().parent / "personal_words.yaml"

_CAPITAL = r"[A-ZÄÖÜ][\w'’.-]{0,30}"
_PARTICLE = r"(?:(?:von|van|de|der|zu|el|al|bin|Dr\.|Prof\.) ){0,3}"
_TWO_NAMES = r"[A-ZÄÖÜ][a-zäöüß'’-]{1,30} [A-ZÄÖÜ][a-zäöüß'’-]{1,30}"
_FULL_NAME = rf"{_PARTICLE}{_CAPITAL}(?: {_PARTICLE}{_CAPITAL}){{0,2}}"

_TITLE = re.compile(rf"\b(?:Herrn?|Frau|Familie|Mr\.?|Mrs\.?|Ms\.?|Mister)\s({_FULL_NAME})")
_NOT_TITLE_BEFORE = re.compile(
    r"(?i)(?:^|\W)(?:mein|dein|sein|ihr|unser|euer|eur|kein|ein|die|der|den|dem|das|jede|als|junge|alte)(?:e|er|en|em|es)?\s$"
)
"""Before "Frau", these show that it means a wife or a woman, not a title."""

_CALLED = re.compile(
    r"\b(?i:(?:mein|unser|ihr|sein) (?:voller |neuer |alter )?(?:nach|vor|familien)?name (?:ist|lautet)|name[:]|"
    r"ich hei(?:ß|ss)e|(?:sohn|tochter|kind|frau|mann|mutter|vater|baby) hei(?:ß|ss)t|namens|geborene|"
    r"my (?:full |last |first )?name(?: is|['’]s)|i am called)\s{0,2}((?:[^\W\d_][\w'’.-]{0,30} ?){1,3})"
)
_CALLED_BEFORE = re.compile(rf"({_FULL_NAME}),? (?i:ist )?(?i:mein name|heiße ich|heisse ich|is my name)\b")
_I_AM = re.compile(rf"\b(?i:ich bin|hier ist|hier schreibt|i am|i['’]m)\s({_TWO_NAMES})")
_RELATIVE = re.compile(
    r"\b(?i:mein|meine|meinen|meinem|meiner|unser|unsere|unseren|unserem|unserer|my)\s"
    r"(?i:mann|frau|sohn|tochter|kind|mutter|vater|bruder|schwester|oma|opa|nachbar|nachbarin|vermieter|vermieterin|"
    rf"son|daughter|husband|wife|mother|father)\s({_TWO_NAMES})"
)
_SIGNED = re.compile(
    rf"(?i:grü(?:ß|ss)e(?:n)?|\bmfg|\blg|\bregards)[,.]?\s(?i:ihre? |aus \w{{2,30}},? )?({_FULL_NAME})\s*$"
)
_PARTICLES = frozenset({"dr", "prof", "von", "van", "de", "der", "zu", "el", "al", "bin"})

_STREET_END = (
    r"(?:straße|strasse|str\.|weg|allee|gasse|platz|ring|ufer|damm|steig|pfad|chaussee|markt|hof|berg|tal|feld|park)"
)
_NUMBER = r"\s{0,2}\d{1,4}(?!\d)(?:\s?[a-zA-Z](?![\w]))?(?:\s?[-/]\s?\d{1,4})?"
_PLACE = r"(?:,?\s(?:in\s)?\d{5}(?:\s[A-ZÄÖÜ][\w.-]{1,40})?)?"
_ENDS_LIKE_STREET = re.compile(rf"(?i){_STREET_END}$")
_STREET = re.compile(
    rf"(?i)(?<!\w)(?:(?:[^\W\d_]{{2,30}}-){{0,3}}[^\W\d_]{{2,30}})?{_STREET_END}(?!\w)(?-i:{_NUMBER}{_PLACE})"
)
_STREET_TWO_WORDS = re.compile(
    rf"(?<!\w){_CAPITAL}\s(?i:straße|strasse|str\.|allee|weg|platz|gasse|ring|ufer)(?:{_NUMBER}{_PLACE})"
)
_STREET_PREPOSITION = re.compile(
    r"(?<!\w)(?i:am|an der|an den|im|in der|in den|auf der|auf dem|zum|zur|unter den|hinter der|vor dem)"
    rf"\s({_CAPITAL}){_NUMBER}{_PLACE}"
)
_LIVES = re.compile(
    r"(?i)(?:wohn\w{0,8}|adresse|anschrift|gemeldet|umgezogen|zieh\w{0,4}|gezogen|live|living|address|moved? to)\b"
    r".{0,25}$"
)


def find_names(text: str) -> Iterator[Span]:
    """Names after a title, an introduction, a family member or a closing formula."""
    for match in _TITLE.finditer(text):
        if not _NOT_TITLE_BEFORE.search(text[max(0, match.start() - 12) : match.start()]):
            yield from _name(match)
    for expression in (_CALLED, _I_AM, _RELATIVE, _SIGNED):
        for match in expression.finditer(text):
            yield from _name(match)
    for match in _CALLED_BEFORE.finditer(text):
        yield from _name(match, skip_leading=True)


def find_addresses(text: str) -> Iterator[Span]:
    """Streets with a house number, and the place after them."""
    for match in _STREET_TWO_WORDS.finditer(text):
        yield Span(match.start(), match.end(), PersonalData.ADDRESS)
    for match in _STREET.finditer(text):
        if re.split(r"[\s\d]", match.group().casefold(), maxsplit=1)[0] not in _words().no_streets:
            yield Span(match.start(), match.end(), PersonalData.ADDRESS)
    for match in _STREET_PREPOSITION.finditer(text):
        if match.group(1).casefold() in _words().no_streets or _ENDS_LIKE_STREET.search(match.group(1)):
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        named = match.group()[0].isupper() and before.strip()[-1:] not in {"", ".", "!", "?", ":"}
        if named or _LIVES.search(before):
            yield Span(match.start(), match.end(), PersonalData.ADDRESS)


def _name(match: re.Match[str], *, skip_leading: bool = False) -> Iterator[Span]:
    """The words of group 1 up to the first that cannot be part of a name; particles only count between names.

    With `skip_leading`, words such as "Hallo" may stand before the name.
    """
    start = end = match.start(1)
    for word in re.finditer(r"\S+", match.group(1)):
        bare = word.group().rstrip(".,'’-")
        folded = bare.casefold()
        if folded in _PARTICLES:
            continue
        if folded in _words().no_names:
            if skip_leading and end == start:
                start = end = match.start(1) + word.end()
                continue
            break
        end = match.start(1) + word.start() + len(bare)
        if bare != word.group():
            break
    if end > start:
        gap = match.string[start:end]
        yield Span(start + len(gap) - len(gap.lstrip()), end, PersonalData.NAME)


def _split(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    no_names: Annotated[frozenset[str], BeforeValidator(_split)]
    no_streets: Annotated[frozenset[str], BeforeValidator(_split)]


@lru_cache(maxsize=1)
def _words() -> _Words:
    try:
        return _Words.model_validate(yaml.safe_load(_WORDS_FILE.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"{_WORDS_FILE} is not valid: {error}") from error
