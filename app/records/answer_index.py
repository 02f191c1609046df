"""Keeps the searchable rows in step with the log: in the same transaction, when a record comes and when it goes."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, insert, update

from app.database.tables import answer_index
from app.records.energy import energy_of

_i = answer_index.c
_COPIED = ("tenant", "sequence", "created_at", "status", "language", "generation")


def index_records(
    connection: Connection, rows: Sequence[Mapping[str, Any]], payloads: Sequence[Mapping[str, JsonValue]]
) -> None:
    """Adds the rows of records that were just appended; `rows` are their columns in the log."""
    questions = [_question(payload) for payload in payloads]
    indexed = [
        {
            **{name: row[name] for name in _COPIED},
            "answer_id": row["id"],
            "question": question,
            "folded": folded(question),
            "energy_wh": energy_of(payload),
        }
        for row, payload, question in zip(rows, payloads, questions, strict=True)
    ]
    connection.execute(insert(answer_index), indexed)


def forget_record(connection: Connection, tenant: str, sequence: int) -> None:
    """Empties the row of a record whose content is erased; that there was an answer stays to be seen."""
    content = dict.fromkeys(("status", "language", "generation", "question", "folded", "energy_wh"))
    connection.execute(update(answer_index).where(_i.tenant == tenant, _i.sequence == sequence).values(content))


def folded(text: str) -> str:
    """The text as it is searched: no difference of case, of "ß" and "ss", of spaces."""
    return " ".join(text.casefold().split())


def _question(payload: Mapping[str, JsonValue]) -> str:
    inputs = payload.get("inputs")
    question = inputs.get("question") if isinstance(inputs, dict) else None
    return question if isinstance(question, str) else ""
