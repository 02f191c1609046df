"""A record on its way into the log: sealed onto its town's chain, found by search, counted into its day."""

from datetime import UTC
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from app.database.tables import answer_records, chain_heads
from app.database.timestamps import to_timestamp
from app.records.answer_index import index_record
from app.records.chain import GENESIS, content_hash, new_salt, record_hash
from app.records.daily import count_answer
from app.records.record import NewRecord
from app.text.canonical_json import canonical_json


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


def add_record(connection: Connection, row: dict[str, Any], record: NewRecord) -> Row[Any]:
    """The record at the end of its chain, found by search and counted into its day."""
    stored = _append(connection, row)
    index_record(connection, stored, record.payload)
    day = record.day or record.created_at.astimezone(UTC).date()
    count_answer(connection, row, record.payload, day)
    return stored


def _append(connection: Connection, row: dict[str, Any]) -> Row[Any]:
    """Seals the row onto the tenant's chain and moves the head, inside the caller's transaction."""
    tenant = row["tenant"]
    head = connection.execute(select(chain_heads).where(chain_heads.c.tenant == tenant)).first()
    sequence, previous_hash = (head.length + 1, head.hash) if head else (1, GENESIS)
    seal = record_hash(previous_hash, sequence, row["id"], tenant, row["created_at"], row["content_hash"])
    stored = connection.execute(
        insert(answer_records).returning(answer_records),
        {**row, "sequence": sequence, "previous_hash": previous_hash, "hash": seal},
    ).one()
    moved = {"length": sequence, "hash": seal}
    if head:
        connection.execute(update(chain_heads).where(chain_heads.c.tenant == tenant).values(moved))
    else:
        connection.execute(insert(chain_heads).values(tenant=tenant, **moved))
    return stored
