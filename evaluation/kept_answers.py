"""`evaluation.json`: the gold answers of a generation, kept so that the next one is compared without asking again."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import GenerationError
from app.index.generation import Generation
from app.index.manifest import read_manifest
from evaluation.gold_answer import GoldAnswer
from evaluation.gold_file import GoldQuestion
from evaluation.report import GoldEnvironment, GoldReport

EVALUATION_FILE = "evaluation.json"


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class KeptAnswer(_Kept):
    """An answer to exactly one wording of a gold question and of what is expected."""

    question_sha256: str
    answer: GoldAnswer


class KeptAnswers(_Kept):
    """All answers of one run. Gold questions are written by the town, so there is nothing of citizens in them."""

    schema_version: Literal[1] = 1
    asked_on: date
    """In the town's time zone: on another day other texts may be valid."""
    environment: GoldEnvironment
    answers: tuple[KeptAnswer, ...]

    @classmethod
    def of(cls, report: GoldReport, questions: Sequence[GoldQuestion], asked_on: date) -> "KeptAnswers":
        """What a report holds; `questions` are those that were asked."""
        digests = {question.id: question_sha256(question) for question in questions}
        kept = tuple(KeptAnswer(question_sha256=digests[answer.id], answer=answer) for answer in report.answers)
        return cls(asked_on=asked_on, environment=report.environment, answers=kept)

    def to_json(self) -> str:
        """One line, with a final line break."""
        return self.model_dump_json() + "\n"

    def reusable(
        self, questions: Sequence[GoldQuestion], environment: GoldEnvironment, generation: Generation, day: date
    ) -> tuple[GoldAnswer, ...]:
        """The answers that asking again would give again: same question, same models and code, same valid texts."""
        if self.environment != environment or _valid(generation, self.asked_on) != _valid(generation, day):
            return ()
        return self.to(questions)

    def to(self, questions: Sequence[GoldQuestion]) -> tuple[GoldAnswer, ...]:
        """The answers to those of the questions that have not been changed since, whatever gave them."""
        wanted = {question_sha256(question) for question in questions}
        return tuple(kept.answer for kept in self.answers if kept.question_sha256 in wanted)


def read_kept(folder: Path) -> KeptAnswers | None:
    """The answers kept with a generation; None without any, or when the file is not the one that its manifest names."""
    try:
        entry = read_manifest(folder).evaluation
        content = (folder / entry.file).read_bytes() if entry else b""
    except (GenerationError, OSError):
        return None
    if entry is None or hashlib.sha256(content).hexdigest() != entry.sha256:
        return None
    try:
        return KeptAnswers.model_validate_json(content)
    except ValidationError:  # of another release
        return None


def read_cached(file: Path) -> KeptAnswers | None:
    """Answers that `write_atomically` put into a file of their own; None when it is missing or of another release."""
    try:
        return KeptAnswers.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None


def question_sha256(question: GoldQuestion) -> str:
    """Digest of everything that a gold file says about a question, hexadecimal."""
    return hashlib.sha256(question.model_dump_json().encode()).hexdigest()


def _valid(generation: Generation, day: date) -> frozenset[str]:
    return frozenset(chunk.id for chunk in generation.chunks if chunk.valid_on(day))
