"""The passage: the unit that is embedded, found, cited and shown."""

import hashlib
from dataclasses import dataclass
from datetime import date

from app.index.modules import ModuleKind


@dataclass(frozen=True, slots=True)
class Chunk:
    """One FIM module of one service text (or a part of it, when it is long)."""

    id: str
    """Content hash, see `chunk_id`."""
    document_id: str
    service: str
    """Id of the service: the document's own, or that of the original which it translates or simplifies."""
    title: str
    module: ModuleKind
    heading: str
    position: int
    """Order within the document, from 0."""
    text: str
    """As the citizen may read it: Markdown, paragraphs and lists."""
    context: str
    """Title, synonyms and module heading; prepended for embedding and the lexical index only."""
    language: str
    variant: str
    office: str
    url: str | None
    online_service_url: str | None
    valid_from: date | None
    valid_until: date | None
    sentences: tuple[str, ...]
    """The text in quotable units: sentences and list items, Markdown marks removed."""

    def valid_on(self, day: date) -> bool:
        """Whether the text may be used on that day (both ends included)."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


def chunk_id(document_id: str, module: ModuleKind, position: int, text: str, language: str) -> str:
    """Same text at the same place, same id, forever: the first 20 hex digits of a SHA-256 over its fields."""
    fields = "\x1f".join((document_id, module.value, str(position), text, language))
    return hashlib.sha256(fields.encode()).hexdigest()[:20]
