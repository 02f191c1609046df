"""The hashes that tie the lines of the audit log together, also when its oldest lines are gone.

    hash = SHA-256(previous hash, line feed, canonical JSON of the line with its sequence number)

Beside the lines stands where the log begins and ends: the hash of the last line that was purged, and of the last that
was written. So a purge leaves a log that verifies, and lines cut off at either end are missed. Whoever may write to
the database can rewrite all of it; against that, keep the last hash that a verification names elsewhere.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue
from sqlalchemy import Connection, delete, func, insert, select, update

from app.database.tables import audit_ends, audit_events
from app.text.canonical_json import canonical_json

_GENESIS = "0" * 64
_START, _END = "start", "end"
_e = audit_events.c


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a verification found."""

    lines: int
    """Lines checked: all up to the first fault."""
    purged: int
    """Lines that are gone because of their age."""
    first_fault: int | None
    """Sequence number of the first line that is missing or not what was written; None when the log is whole."""
    last_hash: str
    """Of the last line; to be kept elsewhere."""


def append(connection: Connection, line: Mapping[str, JsonValue]) -> tuple[int, str]:
    """Sequence number and hash of the next line; notes them as the log's end. Call it in the line's transaction."""
    last, previous = _end_of_log(connection, _END)
    sequence, hash_ = last + 1, _hash(last + 1, line, previous)
    _note(connection, _END, sequence, hash_)
    return sequence, hash_


def verify(connection: Connection) -> AuditReport:
    """Checks every line against the one before it, and both ends."""
    purged, previous = _end_of_log(connection, _START)
    end, end_hash = _end_of_log(connection, _END)
    lines, fault = 0, None
    for row in connection.execution_options(yield_per=500).execute(select(audit_events).order_by(_e.sequence)):
        fields = {name: value for name, value in row._mapping.items() if name not in ("sequence", "hash")}
        expected = purged + lines + 1
        if row.sequence != expected or row.hash != _hash(expected, fields, previous):
            fault = expected
            break
        lines, previous = lines + 1, row.hash
    if fault is None and (purged + lines, previous) != (end, end_hash):
        fault = purged + lines + 1
    return AuditReport(lines, purged, fault, previous)


def purge(connection: Connection, limit: str) -> int:
    """Deletes all lines before the first that is not older than the timestamp; gives back how many."""
    kept = connection.execute(select(func.min(_e.sequence)).where(_e.at >= limit)).scalar()
    old = select(_e.sequence, _e.hash).order_by(_e.sequence.desc()).limit(1)
    last = connection.execute(old if kept is None else old.where(_e.sequence < kept)).first()
    if last is None:
        return 0
    _note(connection, _START, last.sequence, last.hash)
    return int(connection.execute(delete(audit_events).where(_e.sequence <= last.sequence)).rowcount)


def _end_of_log(connection: Connection, place: str) -> tuple[int, str]:
    row = connection.execute(select(audit_ends).where(audit_ends.c.place == place)).first()
    return (0, _GENESIS) if row is None else (int(row.sequence), str(row.hash))


def _note(connection: Connection, place: str, sequence: int, hash_: str) -> None:
    values = {"sequence": sequence, "hash": hash_}
    if not connection.execute(update(audit_ends).where(audit_ends.c.place == place).values(**values)).rowcount:
        connection.execute(insert(audit_ends).values(place=place, **values))


def _hash(sequence: int, line: Mapping[str, JsonValue], previous: str) -> str:
    return hashlib.sha256(f"{previous}\n{canonical_json({**line, 'sequence': sequence})}".encode()).hexdigest()
