"""`manifest.json`: what a generation was made from, by whom, and how to check that it is whole."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from app.errors import GenerationError
from app.files import write_atomically
from app.models.ports import EmbedderInfo

FORMAT = 1


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DocumentEntry(_Strict):
    """One published document."""

    id: str
    service: str
    title: str
    language: str
    owner: str
    reviewed_on: str
    content_hash: str
    """SHA-256 of the document's fields and modules."""
    chunks: int


class EmbeddingEntry(_Strict):
    """The embedder that made the vectors; the service refuses to read them with another one."""

    name: str
    revision: str
    dimension: int
    query_prompt: str
    passage_prompt: str

    @classmethod
    def of(cls, info: EmbedderInfo) -> "EmbeddingEntry":
        return cls(
            name=info.name,
            revision=info.revision,
            dimension=info.dimension,
            query_prompt=info.query_prompt,
            passage_prompt=info.passage_prompt,
        )


class GenerationState(StrEnum):
    """Whether a generation may become the active one; which one is active says the pointer alone."""

    CHECKING = "checking"
    """Built, the gold questions are being asked. A killed publisher leaves it so, and the next one deletes it."""
    READY = "ready"
    """Was active or may be, by publishing or by rolling back."""
    PENDING = "pending"
    """Waits for the approval of a second person."""
    REFUSED = "refused"
    """The publishing gate did not hold: kept to look at, never activated."""
    DRAFT = "draft"
    """Built to be tried out beside the active one, never activated."""


Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Reasons(_Strict):
    """Why a publisher went on where the gate would have stopped; None where nobody gave a reason."""

    warnings: Reason | None = None
    shrink: Reason | None = None
    """Far fewer texts than before."""
    regressions: Reason | None = None
    """Gold questions that were answered rightly and are not any more."""
    skipped_gold: Reason | None = None
    """The gold questions were not asked."""


class OverrideEntry(_Strict):
    """A warning that somebody let stand."""

    code: str
    file: str
    """As findings call it; `*` stands for anything."""
    reason: str
    by: str


class EvaluationEntry(_Strict):
    """What the gold questions said before the generation was activated; shares are shares of 1."""

    file: str
    """The answers, beside the manifest."""
    sha256: str
    report: str
    """The page for people, beside the manifest."""
    model: str
    """The language model; `none` when answers were quoted only."""
    questions: int
    right: float | None
    """Of the answerable questions; None without any."""
    right_refusals: float | None
    """Of the unanswerable questions; None without any."""
    invented: int
    """Figures that no cited source contains."""
    regressions: tuple[str, ...]
    """Ids of questions that the generation before answered rightly and this one doesn't."""


class ApprovalEntry(_Strict):
    """The second person's consent."""

    by: str
    at: datetime


class ImportEntry(_Strict):
    """Where a generation came from that another installation published."""

    signer: str
    """Public key (Ed25519, hexadecimal) of who exported it."""
    at: datetime
    by: str
    """Who imported it."""
    parent: str | None
    """The generation that it replaced there."""
    embedding: str
    """Name of the embedding model there; another one than `embedding` when its texts were embedded again."""


class Manifest(_Strict):
    """Everything about a generation except its texts and vectors."""

    format: int = FORMAT
    id: str
    tenant: str
    created_at: datetime
    created_by: str
    parent: str | None
    embedding: EmbeddingEntry
    chunker_version: str
    code_version: str
    chunk_count: int
    sentence_count: int
    documents: tuple[DocumentEntry, ...]
    files: dict[str, str]
    """SHA-256 of each file except the dense index, which Chroma may touch on opening."""
    quality: dict[str, int] = Field(default_factory=dict)
    """Number of findings by code that did not stop publishing."""
    evaluation: EvaluationEntry | None = None
    """None when the gold questions were not asked."""
    reasons: Reasons = Reasons()
    overridden: tuple[OverrideEntry, ...] = ()
    """Each once, however many findings it covers."""
    state: GenerationState = GenerationState.READY
    approval: ApprovalEntry | None = None
    """None when nobody had to approve, or has not yet."""
    imported_from: ImportEntry | None = None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes or replaces a generation's manifest, atomically."""
    write_atomically(folder / "manifest.json", manifest.model_dump_json(indent=2) + "\n")


def read_manifest(folder: Path) -> Manifest:
    """Reads a generation's manifest.

    Raises:
        GenerationError: missing, unreadable, or of another format version.
    """
    path = folder / "manifest.json"
    try:
        manifest = Manifest.model_validate_json(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise GenerationError(
            f"{folder} has no manifest.json: run `amtslotse knowledge publish`, or roll back to another generation."
        ) from error
    except (ValidationError, UnicodeDecodeError) as error:
        raise GenerationError(f"{path} is damaged: roll back to another generation or publish again.") from error
    if manifest.format != FORMAT:
        raise GenerationError(
            f"{path} has format {manifest.format}, this version reads {FORMAT}: publish the knowledge again."
        )
    return manifest
