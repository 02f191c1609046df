"""What a background job leaves on the disk, and what that says about it."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import psutil
from pydantic import BaseModel, ConfigDict, ValidationError

_M = TypeVar("_M", bound=BaseModel)
_MOST_SAID = 20_000
"""Characters of a command's output that a page shows."""


class JobKind(StrEnum):
    """What a job does."""

    PUBLISH = "publish"
    """Builds, examines and activates a generation."""
    EFFECT = "effect"
    """What publishing would change, and which gold answers."""
    DRAFT = "draft"
    """Builds a generation to be tried out, without activating it."""


class JobState(StrEnum):
    """How far a job is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    """The process is gone and nobody knows how it ended: the server was stopped, or the machine."""


class JobRecord(BaseModel):
    """`job.json`: what was started."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    kind: JobKind
    tenant: str
    by: str
    """Display name of whoever started it."""
    started_at: datetime
    options: tuple[str, ...] = ()
    process: int
    process_born: float


class Ended(BaseModel):
    """`ended.json`: the exit status."""

    code: int
    at: datetime


class Step(BaseModel):
    """A part of the work, as the command counts it."""

    name: str
    done: int
    total: int


class Progress(BaseModel):
    """`progress.json`, written by the command: see `ingest.progress_file`."""

    model_config = ConfigDict(extra="ignore")

    steps: tuple[Step, ...] = ()
    outcome: str | None = None
    """published, pending, unchanged, refused, built; None as long as it is not decided."""
    generation: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is now."""

    folder: Path
    record: JobRecord
    state: JobState
    progress: Progress
    ended_at: datetime | None = None

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def running(self) -> bool:
        return self.state is JobState.RUNNING

    @property
    def generation(self) -> str | None:
        """The generation that came out of it, or that it was refused with."""
        return self.progress.generation

    @property
    def said(self) -> str:
        """What the command said to its operator, for whoever helps; in English."""
        parts = (_text(self.folder / "errors.txt"), "" if self.record.kind is JobKind.EFFECT else self.output)
        return "\n".join(part.strip() for part in parts if part.strip())

    @property
    def output(self) -> str:
        return _text(self.folder / "output.txt")

    def result(self) -> dict[str, Any] | None:
        """What an EFFECT job found, as `knowledge diff --json` writes it; None without."""
        try:
            found = json.loads((self.folder / "output.txt").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None


def read_job(folder: Path, watched: Collection[str]) -> Job:
    """The job in a folder; `watched` are those whose end this process will still write down."""
    record = JobRecord.model_validate_json((folder / "job.json").read_bytes())
    progress = _model(folder / "progress.json", Progress) or Progress()
    ended = _model(folder / "ended.json", Ended)
    if ended is not None:
        state = JobState.DONE if ended.code == 0 else JobState.FAILED
    elif record.id in watched or _lives(record):
        state = JobState.RUNNING
    elif progress.outcome is not None:
        state = JobState.FAILED if progress.outcome == "refused" else JobState.DONE
    else:
        state = JobState.INTERRUPTED
    if state in (JobState.FAILED, JobState.INTERRUPTED) and (folder / "cancelled").exists():
        state = JobState.CANCELLED
    return Job(folder, record, state, progress, ended.at if ended else None)


def _lives(record: JobRecord) -> bool:
    try:
        process = psutil.Process(record.process)
        return process.create_time() == record.process_born and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _model(path: Path, kind: type[_M]) -> _M | None:
    try:
        return kind.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")[-_MOST_SAID:]
    except OSError:
        return ""
