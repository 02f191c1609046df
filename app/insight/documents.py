"""The published texts as their owners know them."""

from dataclasses import dataclass
from datetime import date

from app.index.generation import Generation


@dataclass(frozen=True, slots=True)
class PublishedText:
    """A text of a generation."""

    id: str
    title: str
    owner: str
    language: str
    reviewed_on: date
    valid_until: date | None
    url: str | None


def published_texts(generation: Generation) -> dict[str, PublishedText]:
    """All texts by id, in the order of the manifest."""
    texts = {}
    for entry in generation.manifest.documents:
        first = generation.chunks[generation.rows_of(entry.id)[0]] if entry.chunks else None
        texts[entry.id] = PublishedText(
            id=entry.id,
            title=entry.title,
            owner=entry.owner,
            language=entry.language,
            reviewed_on=date.fromisoformat(entry.reviewed_on),
            valid_until=first.valid_until if first else None,
            url=first.url if first else None,
        )
    return texts
