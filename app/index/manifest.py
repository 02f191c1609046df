"""`manifest.json`: what a generation was made from, by whom, and how to check that it is whole."""

from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.errors import GenerationError
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
    evaluation: dict[str, Any] | None = None


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
