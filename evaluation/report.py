"""The report of a gold run as a file: all figures, all answers, and what they were made with."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from app.answering.environment import environment_of
from app.answering.service import AnsweringService
from app.errors import InvalidInputError
from evaluation.gold_answer import GoldAnswer
from evaluation.report_figures import (
    GoldFigures,
    GroupFigures,
    StageFigures,
    by_form,
    by_language,
    by_module,
    by_stage,
    gold_figures,
)


class GoldEnvironment(BaseModel):
    """What besides the questions and the knowledge decides the answers; hashes are SHA-256, hexadecimal."""

    model_config = ConfigDict(extra="ignore", frozen=True, protected_namespaces=())

    code: str
    weights: str
    """Digest of the learned weights' file."""
    model: str
    """`none` when answers are quoted only."""
    model_file: str | None
    model_sha256: str | None
    model_adapter: str | None = None
    """File name of the LoRA adapter."""
    model_adapter_sha256: str | None = None
    evidence_model: str | None = None
    """Version of the model that finds the sentences that answer."""
    embedder: str
    embedder_revision: str
    processor: str


class SplitReport(BaseModel):
    """The figures of one split."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    split: str
    figures: GoldFigures
    languages: tuple[GroupFigures, ...]
    modules: tuple[GroupFigures, ...]
    forms: tuple[GroupFigures, ...]
    stages: tuple[StageFigures, ...]


class GoldReport(BaseModel):
    """One run. Answers stand in the order of split and id, whatever order the files have."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: Literal[1] = 1
    created_at: datetime
    command: str
    tenant: str
    generation: str
    environment: GoldEnvironment
    splits: tuple[SplitReport, ...]
    answers: tuple[GoldAnswer, ...]

    def to_json(self) -> str:
        """Indented, with a final line break: made to be compared line by line."""
        return self.model_dump_json(indent=2) + "\n"


def gold_report(
    answers: Sequence[GoldAnswer], service: AnsweringService, tenant: str, command: str, created_at: datetime
) -> GoldReport:
    """The report of answers that `service` has just given."""
    ordered = tuple(sorted(answers, key=lambda answer: (answer.split, answer.id)))
    splits = sorted({answer.split for answer in ordered})
    return GoldReport(
        created_at=created_at.astimezone(UTC).replace(microsecond=0),
        command=command,
        tenant=tenant,
        generation=service.generations.active(tenant).id,
        environment=GoldEnvironment.model_validate(environment_of(service.pipeline)),
        splits=tuple(split_report(name, [answer for answer in ordered if answer.split == name]) for name in splits),
        answers=ordered,
    )


def split_report(name: str, answers: Sequence[GoldAnswer]) -> SplitReport:
    """All tables of one split's answers, of which there is at least one."""
    return SplitReport(
        split=name,
        figures=gold_figures(answers),
        languages=by_language(answers),
        modules=by_module(answers),
        forms=by_form(answers),
        stages=by_stage(answers),
    )


def read_report(path: Path) -> GoldReport:
    """A report that `to_json` wrote.

    Raises:
        InvalidInputError: no such file, or not a report of this version.
    """
    try:
        return GoldReport.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InvalidInputError(f"{path} cannot be read ({error.strerror}): name a report of --json.") from error
    except ValidationError as error:
        raise InvalidInputError(
            f"{path} is no gold report of this version: make one with `amtslotse evaluate gold --json FILE`."
        ) from error
