"""The words by which a frame is known: `frames.yaml`, compiled; and names behind the words that introduce them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from app.errors import ConfigurationError
from app.text.terms import STOP_WORDS, fold

_FILE = Path(__file__).with_name("frames.yaml")
_NEVER = r"(?!)"
_LABEL, _NAME = "[Name]", "@name"
_NAME_LABEL = re.compile(r"\[Name\]")
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*(?<![.])")
_REST_OF_NAME = re.compile(
    r"\[Name\](?:-\w+| (?![A-Z][a-z]* [a-z])(?:[^\W\d_a-z]|(?:al|el|ibn|ben)-)[\w-]+(?=[.,!?]|$))"
)
"""A part of a double name that masking left over."""
_NAME_BEFORE = re.compile(
    r"(?:^|(?<=[.,!?] ))(?P<name>(?:[^\W\d_][\w'’-]{0,30} ){1,5})(?=(?:ist )?[Mm]ein [Nn]ame\b|hier(?:[.,!:]|$))"
)
"""A name before the words that introduce it: "Li Wei mein Name", "Li Wei hier."."""
_ASKING = frozenset(
    """was wie wo wann wer welche welchem welchen welcher welches wieso wofuer woher wohin muss muessen soll sollte
    wird werden gibt gehts jede jeden jeder when where which who what how why""".split()
)
"""Little words without which a question is another."""
_PARTICLES = frozenset("von van de der zu el al bin ibn da di do dos la le den ter".split())
_LONGEST_NAME = 5
_EDGES = " ,;:–—-.!"
_APOSTROPHES = re.compile(r"['’`´]")
_WORD = re.compile(r"@name|[^\W_]+")
_GENDERED = re.compile(r"(?<=[a-zäöüß]{3})(?:[*:_]|/-?)in(?:nen)?\b|(?<=[a-zäöüß]{3})In(?:nen)?\b")
_LONGEST = 12
"""Words of the longest piece that is looked at: a frame is short."""


def without_gender_marks(text: str) -> str:
    """ "Bürger*innen", "Bürger:in" and "BürgerInnen" as "Bürger"."""
    return _GENDERED.sub("", text)


def folded_words(text: str) -> list[str]:
    """The folded words of a piece of a message; a masked name is one."""
    labelled = _NAME_LABEL.sub(f" {_NAME} ", without_gender_marks(text))
    return _WORD.findall(fold(_APOSTROPHES.sub("", labelled)))


@dataclass(frozen=True, slots=True)
class FrameWords:
    """The patterns of one language; see `frames.yaml`."""

    marks: tuple[re.Pattern[str], ...]
    """Of who asks; with rudeness; with asking to be told; with courtesy."""
    known: re.Pattern[str]
    """Marks and companions."""
    little: frozenset[str]
    """Little words that ask nothing, companions as well."""
    who: re.Pattern[str]
    tells_who: re.Pattern[str]
    named: re.Pattern[str]
    called: re.Pattern[str]
    signed: re.Pattern[str]
    begins: re.Pattern[str]
    anywhere: re.Pattern[str]
    vocative: re.Pattern[str]
    told: re.Pattern[str]

    def with_names_masked(self, text: str) -> str:
        """The message with the names masked that masking missed, behind words that introduce somebody."""
        text = _NAME_BEFORE.sub(_labelled, _REST_OF_NAME.sub(_LABEL, text))
        for expression, least in ((self.named, 1), (self.called, 2), (self.signed, 1)):
            for match in reversed(list(expression.finditer(text))):
                end = _name_end(text, match.end(), least)
                if end is not None and (expression is not self.signed or not text[end:].strip(_EDGES)):
                    text = f"{text[: match.end()]} {_LABEL}{text[end:]}"
        return text

    def says_nothing(self, word: str) -> bool:
        """Whether a folded word is a mark, a companion or a little word."""
        return word in self.little or self.known.fullmatch(word) is not None

    def is_told(self, text: str) -> bool:
        """Whether the piece tells the age or the origin of the one who asks and nothing else."""
        words = folded_words(text)
        if not 0 < len(words) <= _LONGEST:
            return False
        rest, found = self.told.subn(" ", " ".join(words))
        return found > 0 and all(self.says_nothing(word) for word in rest.split())

    def is_frame(self, text: str, level: int, own: frozenset[str]) -> bool:
        """Whether the piece has a mark of the first `level` kinds and no word besides that says anything."""
        words = folded_words(text)
        if not 0 < len(words) <= _LONGEST:
            return False
        folded = " ".join(words)
        if level > 1 and self.vocative.fullmatch(folded):
            return True
        who = [word for word in words if self.who.fullmatch(word)]
        if who and not self.tells_who.search(folded):
            return False
        marked = any(self.marks[level - 1].fullmatch(word) for word in words)
        return marked and all(word in own or self.says_nothing(word) for word in words)


def _labelled(match: re.Match[str]) -> str:
    words = match["name"].split()
    named = all(word[:1].isupper() or word.split("-")[0] in _PARTICLES for word in words)
    return f"{_LABEL} " if named and fold(words[0]) not in STOP_WORDS else match.group()


def _name_end(text: str, start: int, least: int) -> int | None:
    """Where a name ends that begins there: words with capitals (or in a script without them), and particles between."""
    found, end = 0, None
    for match in _NAME_WORD.finditer(text, start):
        word = match.group()
        if text[start : match.start()].strip() if end is None else text[end : match.start()].strip():
            break
        if word.lower() in _PARTICLES and word.islower():
            continue
        if not any(part[:1] == part[:1].upper() for part in word.split("-")) or fold(word) in STOP_WORDS:
            break
        found, end = found + 1, match.end()
        if found == _LONGEST_NAME:
            break
    return end if found >= least else None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    who: str
    tells_who: str
    named: str = _NEVER
    called: str = _NEVER
    signed: str = _NEVER
    rude: str
    asks: str
    polite: str
    with_: Annotated[str, Field(alias="with")]
    begins: str = _NEVER
    anywhere: str = _NEVER
    vocative: str = _NEVER
    told: str = _NEVER
    places: str = _NEVER
    peoples: str = _NEVER


@lru_cache(maxsize=1)
def frame_words() -> dict[str, FrameWords]:
    try:
        raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
        files = TypeAdapter(dict[str, _File]).validate_python(raw)
        return {language: _compiled(file) for language, file in files.items()}
    except (OSError, yaml.YAMLError, ValidationError, re.error) as error:
        raise ConfigurationError(f"{_FILE} is not valid: {error}") from error


def _compiled(file: _File) -> FrameWords:
    lists = [fold(_alternatives(words)) for words in (file.who, file.rude, file.asks, file.polite, file.with_)]
    return FrameWords(
        marks=tuple(re.compile(f"(?:{'|'.join(lists[:count])})") for count in range(1, len(lists))),
        known=re.compile(f"(?:{'|'.join(lists)})"),
        little=STOP_WORDS - _ASKING,
        who=re.compile(f"(?:{lists[0]})"),
        tells_who=re.compile(fold(file.tells_who)),
        named=re.compile(rf"\b(?:{_alternatives(file.named)})(?=\s)", re.IGNORECASE),
        called=re.compile(rf"\b(?:{_alternatives(file.called)})(?=\s)", re.IGNORECASE),
        signed=re.compile(rf"(?:{_alternatives(file.signed)})(?=\s)", re.IGNORECASE),
        begins=re.compile(rf"(?<=\S)\s(?=(?:{_alternatives(file.begins)}))", re.IGNORECASE),
        anywhere=re.compile(rf"\b(?:{_alternatives(file.anywhere)})(?!\w)", re.IGNORECASE),
        vocative=re.compile(_alternatives(file.vocative)),
        told=re.compile(rf"\b(?:{_told(file)})\b"),
    )


def _told(file: _File) -> str:
    """What tells somebody's age or origin; @place and @people stand for the language's lists."""
    lists = {"@place": file.places, "@people": file.peoples}
    text = _alternatives(file.told)
    for name, words in lists.items():
        text = text.replace(name, f"(?:{_alternatives(words)})")
    return fold(text)


def _alternatives(folded_lines: str) -> str:
    """YAML folds the lines of a list with spaces; those before a bar are none of the pattern's."""
    return folded_lines.replace(" |", "|")
