"""Gold questions: what citizens ask, and what a right answer must and must not contain."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from app.errors import ConfigurationError

Fact = tuple[str, ...]
"""Alternatives, any one of which is enough."""


class GoldKind(StrEnum):
    """How the service should deal with a question."""

    ANSWERABLE = "answerable"
    UNANSWERABLE = "unanswerable"
    STAFF = "staff"
    RULE = "rule"
    SMALL_TALK = "small_talk"
    EMERGENCY = "emergency"
    INJECTION = "injection"
    OUT_OF_SCOPE = "out_of_scope"


class GoldForm(StrEnum):
    """How a question is asked, or what makes it special; reports have a row for each."""

    STANDARD = "standard"
    COLLOQUIAL = "colloquial"
    MISSPELT = "misspelt"
    KEYWORDS = "keywords"
    FOLLOW_UP = "follow_up"
    TRAP = "trap"
    """Invites a neighbouring answer: state law for the town's statute, last year's fee, another town."""
    STAFF = "staff"
    EMERGENCY = "emergency"
    SMALL_TALK = "small_talk"
    INJECTION = "injection"
    RULE = "rule"
    LANGUAGE = "language"
    """Asked in another language than German."""


def _alternatives(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class GoldQuestion(BaseModel):
    """One question. `facts` must all be in the answer, none of `must_not` may be, one of `services` is cited.

    In a file, `kind` may also name a form: `kind: colloquial` is a colloquial question that is answerable when it
    has services or facts, and unanswerable when it has neither.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    split: Literal["training", "dev", "held_out"]
    """Training and dev may be looked at and fitted on; held-out is for reporting only."""
    question: str
    language: Annotated[str, Field(pattern="^[a-z]{2}$")]
    """ISO 639-1."""
    kind: GoldKind
    form: GoldForm | None = None
    after: tuple[str, ...] = ()
    """Earlier questions of the same conversation."""
    at: datetime | None = None
    """Local time of asking, when the answer depends on it."""
    services: tuple[str, ...] = ()
    office: str | None = None
    facts: tuple[Annotated[Fact, BeforeValidator(_alternatives)], ...] = ()
    must_not: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _kind_that_names_a_form(cls, value: object) -> object:
        if not isinstance(value, dict) or value.get("kind") not in set(GoldForm):
            return value
        fields = {"form": value["kind"], **value}
        if value["kind"] not in set(GoldKind):
            known = value.get("services") or value.get("facts")
            fields["kind"] = GoldKind.ANSWERABLE if known else GoldKind.UNANSWERABLE
        return fields

    @property
    def asked_as(self) -> GoldForm | None:
        """The form, told from the other fields where the file doesn't name one; None when they don't tell."""
        if self.form is None and self.after:
            return GoldForm.FOLLOW_UP
        if self.form is None and self.language != "de":
            return GoldForm.LANGUAGE
        return self.form


_FILE = TypeAdapter(tuple[GoldQuestion, ...])


def read_gold(folder: Path, split: str | None = None) -> tuple[GoldQuestion, ...]:
    """All gold questions below a folder, or those of one split.

    Raises:
        ConfigurationError: no questions, a file that is not valid, or an id that stands twice.
    """
    chosen = tuple(
        question for question in read_gold_files(sorted(folder.glob("*.yaml"))) if split in (None, question.split)
    )
    if not chosen:
        raise ConfigurationError(f"{folder} has no gold questions" + (f" of split '{split}'." if split else "."))
    return chosen


def read_gold_files(paths: Sequence[Path]) -> tuple[GoldQuestion, ...]:
    """The gold questions of some files, in the order of the files; none when there are no files.

    Raises:
        ConfigurationError: a file that is not valid, or an id that stands twice.
    """
    questions: list[GoldQuestion] = []
    for path in paths:
        try:
            raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            questions.extend(_FILE.validate_python(raw))
        except (OSError, UnicodeDecodeError, ValidationError, yaml.YAMLError) as error:
            raise ConfigurationError(f"{path} is not a valid gold file: {error}") from error
    ids = Counter(question.id for question in questions)
    for duplicate, count in ids.items():
        if count > 1:
            raise ConfigurationError(f"{paths[0].parent}: the id '{duplicate}' stands twice.")
    return tuple(questions)
