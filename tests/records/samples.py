"""Records and databases that the tests of the answer log share."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import JsonValue

from app.records.record import NewRecord
from app.records.repository import RecordRepository

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def new_record(
    id_: str,
    tenant: str = "musterstadt",
    conversation_id: str | None = None,
    created_at: datetime = START,
    payload: Mapping[str, JsonValue] | None = None,
) -> NewRecord:
    """A record like those of the pipeline, with a question in its payload."""
    question = f"Was kostet ein neuer Personalausweis? ({id_})"
    return NewRecord(
        id=id_,
        tenant=tenant,
        conversation_id=conversation_id,
        created_at=created_at,
        status="answered",
        language="de",
        generation="g-1",
        payload={"question": question, "scores": [0.25, 1.0]} if payload is None else payload,
    )


def fill(records: RecordRepository, count: int, tenant: str = "musterstadt") -> list[str]:
    """Appends that many records, one a minute, in conversations of two; gives back their ids."""
    ids = [f"{tenant}-{number}" for number in range(1, count + 1)]
    for number, id_ in enumerate(ids):
        moment = START + timedelta(minutes=number)
        records.append(new_record(id_, tenant, f"{tenant}-conversation-{number // 2}", moment))
    return ids


def run_sql(path: Path, *statements: str) -> None:
    """Changes the file behind the service's back, as a forger would."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
