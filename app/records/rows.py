"""A record of the answer log as a row of the database holds it."""

import json
from typing import Any

from sqlalchemy import Row

from app.database.timestamps import from_timestamp
from app.errors import RecordsError
from app.records.record import StoredRecord


def stored_record(row: Row[Any]) -> StoredRecord:
    """A row of `answer_records`. Raises RecordsError when it is damaged."""
    try:
        return StoredRecord(
            id=row.id,
            tenant=row.tenant,
            conversation_id=row.conversation_id,
            created_at=from_timestamp(row.created_at),
            status=row.status or "",
            language=row.language or "",
            generation=row.generation or "",
            payload=None if row.payload is None else json.loads(row.payload),
            sequence=row.sequence,
            salt=row.salt,
            content_hash=row.content_hash,
            previous_hash=row.previous_hash,
            hash=row.hash,
            erased_at=None if row.erased_at is None else from_timestamp(row.erased_at),
        )
    except (TypeError, ValueError) as error:
        raise RecordsError(
            f"Record {row.id} of {row.tenant} is damaged. Run `amtslotse records verify`, restore a backup."
        ) from error
