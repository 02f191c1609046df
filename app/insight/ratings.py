"""How answers were rated, by the texts that they cited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, ColumnElement, Connection, FromClause, select, type_coerce

from app.database.connection import Database
from app.database.tables import answer_records, feedback, marks
from app.database.timestamps import to_timestamp
from app.index.generation import Generation

_r = answer_records.c


@dataclass(frozen=True, slots=True)
class TextRating:
    """What citizens and staff said about answers that cited a text; answers of today's wording or an earlier one."""

    helpful: int = 0
    """By citizens; with what staff marked right."""
    unhelpful: int = 0
    """By citizens; with what staff marked wrong."""
    answer_ids: tuple[str, ...] = ()
    """The unhelpful ones."""


def ratings_by_text(
    database: Database, tenant: str, since: datetime, generation: Generation
) -> Mapping[str, TextRating]:
    """By id of the text; answers from passages that the generation no longer has count for no text."""
    texts = {chunk.id: chunk.document_id for chunk in generation.chunks}
    ratings: dict[str, TextRating] = {}
    with database.reading() as connection:
        said = [*_said(connection, tenant, since, feedback, feedback.c.helpful)]
        said += _said(connection, tenant, since, marks, marks.c.right)
    for answer_id, good, sources in said:
        for text in sorted({texts[source["chunk_id"]] for source in sources or () if source["chunk_id"] in texts}):
            before = ratings.get(text, TextRating())
            ratings[text] = TextRating(
                before.helpful + good, before.unhelpful + (not good), before.answer_ids + (() if good else (answer_id,))
            )
    return ratings


def _said(
    connection: Connection, tenant: str, since: datetime, table: FromClause, good: ColumnElement[bool]
) -> list[tuple[str, bool, list[dict[str, str]] | None]]:
    """Answer, verdict and the sources of the answer; the database takes them out of the long payload."""
    sources = type_coerce(_r.payload, JSON)["answer", "sources"].as_json()
    query = (
        select(_r.id, good, sources)
        .join_from(table, answer_records, (_r.tenant == table.c.tenant) & (_r.id == table.c.answer_id))
        .where(table.c.tenant == tenant, table.c.at >= to_timestamp(since), _r.payload.is_not(None))
        .order_by(_r.sequence)
    )
    return [(row[0], bool(row[1]), row[2]) for row in connection.execute(query)]
