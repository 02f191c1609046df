"""`documents.jsonl`: a generation's texts as they were read, one JSON object a line, for other towns to take over.

Passages alone would not do: long modules are cut there, and license and reviewer are not among their fields.
"""

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from app.errors import KnowledgeError
from app.files import writing_atomically
from ingest.document import ServiceDocument

DOCUMENTS_FILE = "documents.jsonl"


def write_documents(folder: Path, documents: Iterable[ServiceDocument]) -> None:
    """Writes the file; the same documents give the same bytes."""
    with writing_atomically(folder / DOCUMENTS_FILE) as file:
        for document in documents:
            file.write(document.model_dump_json().encode() + b"\n")


def read_documents(folder: Path) -> tuple[ServiceDocument, ...]:
    """The texts in the order in which they were written.

    Raises:
        KnowledgeError: a line is no text as this version writes it, or two have the same id.
        FileNotFoundError: an earlier version built the generation.
    """
    documents: dict[str, ServiceDocument] = {}
    with (folder / DOCUMENTS_FILE).open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                document = ServiceDocument.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                place = ".".join(str(part) for part in first["loc"])
                raise KnowledgeError(
                    f"{DOCUMENTS_FILE}, line {number}: {place!r}: {first['msg']}. Another version of Amtslotse wrote "
                    "it: the town that it comes from should use the same one as you."
                ) from error
            if document.id in documents:
                raise KnowledgeError(f"{DOCUMENTS_FILE}, line {number}: there are two texts '{document.id}'.")
            documents[document.id] = document
    return tuple(documents.values())
