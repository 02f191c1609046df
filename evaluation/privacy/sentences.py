"""The labelled sentences: what identifies a person stands between `<kind>` and `</kind>`."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from app.answering.personal_spans import PersonalData, Span
from app.errors import KnowledgeError

HALVES = ("dev", "test")
_FOLDER = Path(__file__).resolve().parent
_MARK = re.compile(r"<(/?)(\w+)>")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its marks, and where the personal data stands in it."""

    language: str
    text: str
    spans: tuple[Span, ...]


def load_sentences(half: str) -> tuple[Sentence, ...]:
    """All sentences of a half. Raises KnowledgeError when a mark is not closed or names no kind."""
    path = _FOLDER / f"sentences_{half}.yaml"
    by_language: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(parse(language, marked) for language, texts in by_language.items() for marked in texts)


def parse(language: str, marked: str) -> Sentence:
    """A sentence from its text with marks. Raises KnowledgeError, see `load_sentences`."""
    text, spans, position = "", [], 0
    opened: tuple[int, PersonalData] | None = None
    for mark in _MARK.finditer(marked):
        text += marked[position : mark.start()]
        position = mark.end()
        try:
            kind = PersonalData(mark.group(2))
        except ValueError as error:
            raise KnowledgeError(f"'{marked}': <{mark.group(2)}> is no kind of personal data.") from error
        if mark.group(1):
            if opened is None or opened[1] is not kind:
                raise KnowledgeError(f"'{marked}': </{kind}> closes nothing; open it before.")
            spans.append(Span(opened[0], len(text), kind))
            opened = None
        else:
            opened = (len(text), kind)
    if opened is not None:
        raise KnowledgeError(f"'{marked}': <{opened[1]}> is not closed.")
    return Sentence(language, text + marked[position:], tuple(spans))
