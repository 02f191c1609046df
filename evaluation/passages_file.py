"""Pages and questions from published data sets: OMoS-QA (JSON lines) and SQuAD (JSON), told apart by their content."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.answering.language import detect_language
from app.errors import InvalidInputError
from app.text.units import split_sentences

_DETECTED_CHARS = 2000
"""How much of a SQuAD file its language is told from."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, or one paragraph of a SQuAD file."""

    id: str
    service: str
    """What a question is looking for: the same for all language versions of a page."""
    title: str
    sentences: tuple[str, ...]
    """Without the title: sentence n of an OMoS-QA context is `sentences[n - 1]`."""
    language: str


@dataclass(frozen=True, slots=True)
class PageQuestion:
    """A question and where its answer stands."""

    id: str
    text: str
    language: str
    service: str
    page: str | None
    """Id of the page that it was asked about; None when the file names a page without its text."""
    answerable: bool
    answers: tuple[int, ...] = ()
    """Sentence numbers as OMoS-QA counts them, 0 being the title; empty for SQuAD."""


@dataclass(frozen=True, slots=True)
class PassageData:
    """What some files hold together; a text that stands in several places is one page."""

    pages: tuple[Page, ...]
    questions: tuple[PageQuestion, ...]


def read_passages(paths: Sequence[Path]) -> PassageData:
    """Reads files of either format.

    Raises:
        InvalidInputError: a file is missing or not of a known format; the message names file and line or field.
    """
    pages: dict[tuple[str, str], Page] = {}
    taken: set[str] = set()
    questions: list[PageQuestion] = []
    for path in paths:
        for entry in _entries(path):
            page = pages.get((entry.language, entry.text))
            if page is None and entry.text:
                page = _page(entry, taken)
                taken.add(page.id)
                pages[entry.language, entry.text] = page
            questions += [
                PageQuestion(
                    id=asked.id,
                    text=asked.text,
                    language=entry.language,
                    service=page.service if page else entry.service,
                    page=page.id if page else None,
                    answerable=asked.answerable,
                    answers=asked.answers,
                )
                for asked in entry.questions
            ]
    return PassageData(tuple(pages.values()), tuple(questions))


@dataclass(frozen=True, slots=True)
class _Asked:
    id: str
    text: str
    answerable: bool
    answers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A text with its questions, as one place of a file has it; `text` is empty when the file only names it."""

    service: str
    title: str
    sentences: tuple[str, ...]
    text: str
    language: str
    questions: tuple[_Asked, ...]


class _OmosRow(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str
    question: str = Field(min_length=1)
    context: str = ""
    answers: tuple[int, ...] = ()
    language: str | None = None
    page: str | None = Field(None, alias="pageId")


class _SquadQuestion(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str
    question: str
    answers: tuple[dict[str, Any], ...] = ()
    is_impossible: bool = False


class _SquadParagraph(BaseModel):
    context: str = Field(min_length=1)
    qas: tuple[_SquadQuestion, ...] = ()


class _SquadArticle(BaseModel):
    title: str = ""
    paragraphs: tuple[_SquadParagraph, ...]


class _SquadFile(BaseModel):
    data: tuple[_SquadArticle, ...]


def _entries(path: Path) -> Iterator[_Entry]:
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInputError(f"{path} cannot be read as UTF-8 text ({error}): name another file.") from error
    try:
        whole = json.loads(content)
    except json.JSONDecodeError:
        whole = None
    if isinstance(whole, dict) and "data" in whole:
        return _squad_entries(path, whole)
    return _omos_entries(path, content)


def _omos_entries(path: Path, content: str) -> Iterator[_Entry]:
    for number, line in enumerate(content.split("\n"), start=1):  # not splitlines: JSON texts may hold U+2028
        if line.strip():
            yield _omos_entry(f"{path}, line {number}", line)


def _omos_entry(place: str, line: str) -> _Entry:
    try:
        row = _OmosRow.model_validate_json(line)
    except ValidationError as error:
        raise InvalidInputError(f"{place} is no OMoS-QA row: {_first(error)}.") from error
    title, *sentences = row.context.split("\n")
    if row.context and any(not 0 <= answer <= len(sentences) for answer in row.answers):
        raise InvalidInputError(f"{place}: an answer is no sentence of the context (0 to {len(sentences)}).")
    if not row.context and row.page is None:
        raise InvalidInputError(f"{place} has neither 'context' nor 'pageId': one of them is needed.")
    return _Entry(
        service=row.page or _digest(row.context),
        title=title,
        sentences=tuple(sentences),
        text=row.context,
        language=row.language or detect_language(row.context or row.question),
        questions=(_Asked(row.id, row.question, bool(row.answers), row.answers),),
    )


def _squad_entries(path: Path, whole: dict[str, Any]) -> Iterator[_Entry]:
    try:
        articles = _SquadFile.model_validate(whole).data
    except ValidationError as error:
        raise InvalidInputError(f"{path} is no SQuAD file: {_first(error)}.") from error
    paragraphs = [(article.title, paragraph) for article in articles for paragraph in article.paragraphs]
    language = detect_language(" ".join(paragraph.context for _, paragraph in paragraphs[:5])[:_DETECTED_CHARS])
    for title, paragraph in paragraphs:
        lines = paragraph.context.split("\n")
        yield _Entry(
            service=_digest(paragraph.context),
            title=title.replace("_", " "),
            sentences=tuple(sentence for line in lines for sentence in split_sentences(line)),
            text=paragraph.context,
            language=language,
            questions=tuple(
                _Asked(asked.id, asked.question, bool(asked.answers) and not asked.is_impossible)
                for asked in paragraph.qas
            ),
        )


def _page(entry: _Entry, taken: set[str]) -> Page:
    """Pages are told apart by language and, where one id has several texts, by number."""
    base = name = f"{entry.service}-{entry.language}"
    number = 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return Page(name, entry.service, entry.title, entry.sentences, entry.language)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]
