"""Gold questions: what citizens ask, and what a right answer must and must not contain."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from app.errors import ConfigurationError

Fact = tuple[str, ...]
"""Alternatives, any one of which is enough."""


class GoldKind(StrEnum):
    ANSWERABLE = "answerable"
    UNANSWERABLE = "unanswerable"
    STAFF = "staff"
    RULE = "rule"
    SMALL_TALK = "small_talk"
    EMERGENCY = "emergency"
    INJECTION = "injection"
    OUT_OF_SCOPE = "out_of_scope"


def _alternatives(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class GoldQuestion(BaseModel):
    """One question. `facts` must all be in the answer, none of `must_not` may be, one of `services` is cited."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    split: Literal["training", "dev", "held_out"]
    """Training and dev may be looked at and fitted on; held-out is for reporting only."""
    question: str
    language: str
    kind: GoldKind
    after: tuple[str, ...] = ()
    """Earlier questions of the same conversation."""
    at: datetime | None = None
    """Local time of asking, when the answer depends on it."""
    services: tuple[str, ...] = ()
    office: str | None = None
    facts: tuple[Annotated[Fact, BeforeValidator(_alternatives)], ...] = ()
    must_not: tuple[str, ...] = ()


_FILE = TypeAdapter(tuple[GoldQuestion, ...])


def read_gold(folder: Path, split: str | None = None) -> tuple[GoldQuestion, ...]:
    """All gold questions below a folder, or those of one split.

    Raises:
        ConfigurationError: no questions, a file that is not valid, or an id that stands twice.
    """
    questions: list[GoldQuestion] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            questions.extend(_FILE.validate_python(yaml.safe_load(path.read_text(encoding="utf-8"))))
        except (ValidationError, yaml.YAMLError) as error:
            raise ConfigurationError(f"{path} is not a valid gold file: {error}") from error
    ids = [question.id for question in questions]
    for duplicate in {entry for entry in ids if ids.count(entry) > 1}:
        raise ConfigurationError(f"{folder}: the id '{duplicate}' stands twice.")
    chosen = tuple(question for question in questions if split in (None, question.split))
    if not chosen:
        raise ConfigurationError(f"{folder} has no gold questions" + (f" of split '{split}'." if split else "."))
    return chosen
