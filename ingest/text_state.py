"""A text as a generation has it, and as the next one would have it, in one shape so that they can be compared."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import GenerationError
from app.index.aliases import ALIASES_FILE
from app.index.chunk import Chunk
from app.index.manifest import Manifest
from app.index.store import read_chunks
from ingest.chunking import chunk_document
from ingest.document import ServiceDocument

FIELDS = (
    "title", "synonyms", "example_questions", "language", "variant", "translation_of", "office", "owner",
    "reviewed_on", "valid_from", "valid_until", "online_service_url", "source_url",
)  # fmt: skip
"""What a generation keeps of the front matter; licence, reviewer and LeiKa key it doesn't."""


@dataclass(frozen=True, slots=True)
class TextState:
    """One text."""

    id: str
    title: str
    fields: Mapping[str, str | None]
    """One value for each of FIELDS; lists joined by commas."""
    chunks: tuple[Chunk, ...]
    """In the order of the text."""


def states_of_source(documents: Iterable[ServiceDocument]) -> dict[str, TextState]:
    """The texts as the next generation would have them, by id."""
    known = {document.id: document for document in documents}
    named = (document.named_like(known.get(document.service, document)) for document in known.values())
    return {document.id: _state_of(document) for document in named}


def states_of_generation(folder: Path, manifest: Manifest) -> dict[str, TextState]:
    """The texts of a generation, by id. Raises GenerationError when it cannot be read."""
    chunks: dict[str, list[Chunk]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    questions: dict[str, list[str]] = defaultdict(list)
    try:
        for chunk in read_chunks(folder):
            chunks[chunk.document_id].append(chunk)
        for document_id, text, is_question in json.loads((folder / ALIASES_FILE).read_text("utf-8")):
            (questions if is_question else names)[document_id].append(text)
    except (OSError, ValueError) as error:
        raise GenerationError(f"{folder} cannot be read ({error}): publish again or roll back.") from error
    states = {}
    for entry in manifest.documents:
        first = next(iter(chunks[entry.id]), None)
        fields = {
            "title": entry.title,
            "synonyms": ", ".join(names[entry.id][1:]),  # the first is the title
            "example_questions": ", ".join(questions[entry.id]),
            "language": entry.language,
            "variant": first.variant if first else None,
            "translation_of": entry.service if entry.service != entry.id else None,
            "office": first.office if first else None,
            "owner": entry.owner,
            "reviewed_on": entry.reviewed_on,
            "valid_from": first.valid_from.isoformat() if first and first.valid_from else None,
            "valid_until": first.valid_until.isoformat() if first and first.valid_until else None,
            "online_service_url": first.online_service_url if first else None,
            "source_url": first.url if first else None,
        }
        states[entry.id] = TextState(entry.id, entry.title, fields, tuple(chunks[entry.id]))
    return states


def _state_of(document: ServiceDocument) -> TextState:
    values = document.model_dump(mode="json", include=set(FIELDS))
    fields = {name: ", ".join(value) if isinstance(value, list) else value for name, value in values.items()}
    return TextState(document.id, document.title, fields, chunk_document(document))
