"""Statements that people wrote for the drafting model to learn from, as pairs that should pass."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import InvalidInputError
from app.index.modules import ModuleKind
from evaluation.verification.pairs import Pair, evidence_of, said_before

PAGES = Path(__file__).parents[1] / "training" / "drafting"


class _Section(BaseModel):
    model_config = ConfigDict(extra="ignore")
    kind: ModuleKind
    sentences: dict[str, str]


class _Said(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)
    says: str
    sources: tuple[str, ...]


class _Question(BaseModel):
    model_config = ConfigDict(extra="ignore")
    ask: str
    evidence: tuple[str, ...] = ()
    answer: tuple[_Said, ...] = ()


class _Page(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: str
    title: str
    language: str = "de"
    sections: tuple[_Section, ...]
    questions: tuple[_Question, ...]


def read_written(path: Path) -> tuple[Pair, ...]:
    """All written statements of a file; the evidence is what its question names, numbered by section.

    Raises InvalidInputError for a file that has another form.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        pages = [_Page.model_validate(_renamed(page)) for page in raw]
    except (OSError, yaml.YAMLError, ValidationError, TypeError, KeyError) as error:
        raise InvalidInputError(f"{path} holds no drafting pages: {error}") from error
    return tuple(pair for page in pages for pair in _pairs(page))


def _renamed(page: dict[str, Any]) -> dict[str, Any]:
    """`from` is a keyword, so it becomes `sources`."""
    questions = [
        {**asked, "answer": [{"says": said["says"], "sources": said["from"]} for said in asked.get("answer") or ()]}
        for asked in page["questions"]
    ]
    return {**page, "questions": questions}


def _pairs(page: _Page) -> Iterator[Pair]:
    for asked_number, asked in enumerate(page.questions, start=1):
        named = [
            (number, section.kind, [text for key, text in section.sentences.items() if key in asked.evidence])
            for number, section in enumerate(page.sections, start=1)
        ]
        evidence = tuple(
            sentence
            for number, kind, texts in named
            for sentence in evidence_of(number, kind, texts, page=page.id, title=page.title, language=page.language)
        )
        numbers = {key: number for number, section in enumerate(page.sections, start=1) for key in section.sentences}
        for position, said in enumerate(asked.answer):
            citations = "".join(f" [{number}]" for number in sorted({numbers[key] for key in said.sources}))
            yield Pair(
                f"{page.id}-{asked_number}-{position + 1}",
                evidence,
                asked.ask,
                f"{said.says}{citations}",
                None,
                said_before([before.says for before in asked.answer[:position]]),
            )
