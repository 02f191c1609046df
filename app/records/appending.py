"""Records on their way into the log: sealed onto their town's chain, found by search, counted into their day."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from app.database.tables import answer_records, chain_heads
from app.database.timestamps import to_timestamp
from app.records.answer_index import index_records
from app.records.chain import GENESIS, content_hash, new_salt, record_hash
from app.records.daily import count_answers
from app.records.record import NewRecord
from app.text.canonical_json import canonical_json

_STORED = select(answer_records).where(
    answer_records.c.tenant == bindparam("town"), answer_records.c.sequence == bindparam("place")
)


def row_of(record: NewRecord) -> dict[str, Any]:
    """The record's columns; where in the chain it goes is not known yet. Raises InvalidInputError."""
    payload = canonical_json(dict(record.payload))
    salt = new_salt()
    return {
        "tenant": record.tenant,
        "id": record.id,
        "created_at": to_timestamp(record.created_at),
        "conversation_id": record.conversation_id,
        "status": record.status,
        "language": record.language,
        "generation": record.generation,
        "payload": payload,
        "salt": salt,
        "content_hash": content_hash(
            salt, record.conversation_id, record.status, record.language, record.generation, payload
        ),
    }


def add_records(
    connection: Connection, rows: Sequence[dict[str, Any]], records: Sequence[NewRecord]
) -> tuple[Row[Any], ...]:
    """The records at the end of their chains, found by search and counted into their days; as they are stored.

    `rows` are the records' columns. Inside the caller's transaction, who is the only writer.
    """
    sealed = _sealed(connection, rows)
    connection.execute(insert(answer_records), sealed)
    payloads = [record.payload for record in records]
    index_records(connection, sealed, payloads)
    days = [record.day or record.created_at.astimezone(UTC).date() for record in records]
    count_answers(connection, sealed, payloads, days)
    return tuple(connection.execute(_STORED, {"town": row["tenant"], "place": row["sequence"]}).one() for row in sealed)


def _sealed(connection: Connection, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Seals the rows onto their tenants' chains and moves the heads."""
    heads = {tenant: _head(connection, tenant) for tenant in {row["tenant"] for row in rows}}
    sealed = []
    for row in rows:
        length, previous_hash = heads[row["tenant"]]
        seal = record_hash(previous_hash, length + 1, row["id"], row["tenant"], row["created_at"], row["content_hash"])
        sealed.append({**row, "sequence": length + 1, "previous_hash": previous_hash, "hash": seal})
        heads[row["tenant"]] = length + 1, seal
    for tenant, (length, seal) in heads.items():
        here, moved = chain_heads.c.tenant == tenant, {"length": length, "hash": seal}
        if connection.execute(update(chain_heads).where(here).values(moved)).rowcount == 0:
            connection.execute(insert(chain_heads).values(tenant=tenant, **moved))
    return sealed


def _head(connection: Connection, tenant: str) -> tuple[int, str]:
    """Length of the tenant's chain, and the hash at its end."""
    head = connection.execute(select(chain_heads).where(chain_heads.c.tenant == tenant)).first()
    return (head.length, head.hash) if head else (0, GENESIS)
