"""The pairs of statement and evidence: pages of invented facts, each with statements that they carry or don't."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from app.answering.values import EvidenceSentence, Origin, Statement
from app.errors import InvalidInputError
from app.index.chunk import Chunk, chunk_id
from app.index.modules import ModuleKind, heading_of

HERE = Path(__file__).parent


class Kind(StrEnum):
    """In which way a statement was corrupted."""

    FIGURE = "figure"
    POLARITY = "polarity"
    SUBJECT = "subject"
    MODALITY = "modality"
    SCOPE = "scope"
    TIME = "time"
    CONDITION = "condition"
    UNSUPPORTED = "unsupported"
    CITATION = "citation"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Pair:
    """One statement with the evidence that it was drafted from."""

    id: str
    evidence: tuple[EvidenceSentence, ...]
    question: str
    statement: str
    """With its citations."""
    kind: Kind | None
    """None for a statement that the evidence carries."""
    said: tuple[Statement, ...] = ()
    """What the answer said before."""

    @property
    def good(self) -> bool:
        return self.kind is None


class _Passage(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: ModuleKind
    sentences: tuple[str, ...]


class _Good(BaseModel):
    model_config = ConfigDict(extra="forbid")
    style: Literal["near", "addressed", "yes_no"]
    ask: str
    says: str


class _Corrupted(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: Kind
    ask: str
    says: str


class _Page(BaseModel):
    model_config = ConfigDict(extra="forbid")
    page: str
    title: str
    language: str = "de"
    passages: tuple[_Passage, ...]
    """Numbered from 1 in order; every sentence is evidence."""
    good: tuple[_Good, ...]
    corrupted: tuple[_Corrupted, ...]


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """All pairs of a file. Raises InvalidInputError for a file that has another form."""
    try:
        pages = [_Page.model_validate(page) for page in yaml.safe_load(path.read_text(encoding="utf-8"))]
    except (OSError, yaml.YAMLError, ValidationError, TypeError) as error:
        raise InvalidInputError(f"{path} holds no verification pairs: {error}") from error
    return tuple(pair for page in pages for pair in _pairs(page))


def _pairs(page: _Page) -> Iterator[Pair]:
    numbered = enumerate(page.passages, start=1)
    evidence = tuple(
        sentence
        for number, passage in numbered
        for sentence in evidence_of(
            number, passage.kind, passage.sentences, page=page.page, title=page.title, language=page.language
        )
    )
    for number, good in enumerate(page.good, start=1):
        yield Pair(f"{page.page}-good-{number}", evidence, good.ask, good.says, None)
    for number, corrupted in enumerate(page.corrupted, start=1):
        yield Pair(f"{page.page}-{corrupted.kind}-{number}", evidence, corrupted.ask, corrupted.says, corrupted.kind)


def evidence_of(
    number: int, kind: ModuleKind, sentences: Sequence[str], *, page: str, title: str, language: str
) -> tuple[EvidenceSentence, ...]:
    """The sentences of one passage as evidence, all under one citation number."""
    text = "\n".join(sentences)
    heading = heading_of(kind, language)
    chunk = Chunk(
        id=chunk_id(page, kind, number, text, language),
        document_id=page,
        service=page,
        title=title,
        module=kind,
        heading=heading,
        position=number,
        text=text,
        context=f"{title}: {heading}",
        language=language,
        variant="standard",
        office="",
        url=None,
        online_service_url=None,
        valid_from=None,
        valid_until=None,
        sentences=tuple(sentences),
    )
    return tuple(
        EvidenceSentence(number=number, chunk=chunk, position=position, text=sentence, score=1.0)
        for position, sentence in enumerate(sentences)
    )


def said_before(texts: Sequence[str]) -> tuple[Statement, ...]:
    """Earlier statements of the same answer."""
    return tuple(Statement(text=text, citations=(), origin=Origin.GENERATED) for text in texts)
