"""Keeps the searchable rows in step with the log: in the same transaction, when a record comes and when it goes."""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Row, insert, update

from app.database.tables import answer_index

_i = answer_index.c


def index_record(connection: Connection, row: Row[Any], payload: Mapping[str, JsonValue]) -> None:
    """Adds the row of a record that was just appended; `row` is that of the log."""
    question = _question(payload)
    connection.execute(
        insert(answer_index).values(
            tenant=row.tenant,
            sequence=row.sequence,
            answer_id=row.id,
            created_at=row.created_at,
            status=row.status,
            language=row.language,
            generation=row.generation,
            question=question,
            folded=folded(question),
        )
    )


def forget_record(connection: Connection, tenant: str, sequence: int) -> None:
    """Empties the row of a record whose content is erased; that there was an answer stays to be seen."""
    content = dict.fromkeys(("status", "language", "generation", "question", "folded"))
    connection.execute(update(answer_index).where(_i.tenant == tenant, _i.sequence == sequence).values(content))


def folded(text: str) -> str:
    """The text as it is searched: no difference of case, of "ß" and "ss", of spaces."""
    return " ".join(text.casefold().split())


def _question(payload: Mapping[str, JsonValue]) -> str:
    inputs = payload.get("inputs")
    question = inputs.get("question") if isinstance(inputs, dict) else None
    return question if isinstance(question, str) else ""
