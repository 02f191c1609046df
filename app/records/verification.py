"""Checks the chain: whether any record was changed, deleted, inserted or moved since it was written.

What it cannot see: whoever may write to the database can rewrite a whole chain together with its head, or
cut off its end and set the head back. A signed checkpoint that is kept elsewhere shows that too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, Row, select

from app.database.tables import CONTENT_COLUMNS, answer_records, chain_heads
from app.database.timestamps import from_timestamp
from app.errors import InvalidInputError
from app.records.chain import GENESIS, content_hash, erasure_hash, record_hash

MAX_FAULTS = 100
"""Faults that a report lists; one lost file can cause one for every record."""

_HOME_RANGE = 1000  # places before and after its own where a moved record is looked for
_BATCH = 200


class FaultKind(StrEnum):
    """What happened to a record, as far as the chain can tell."""

    CHANGED = "changed"
    DELETED = "deleted"
    INSERTED = "inserted"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True)
class ChainFault:
    """One place where the log is not what was written."""

    tenant: str
    sequence: int | None
    """Place in the chain; None when the damaged record does not name one."""
    id: str | None
    """None when the record is gone."""
    kind: FaultKind
    message: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a verification found."""

    records: int
    """Records checked, erased ones included."""
    erased: int
    faults: tuple[ChainFault, ...]
    """The first MAX_FAULTS of them."""
    more_faults: bool

    @property
    def intact(self) -> bool:
        """Whether every record is what was written."""
        return not self.faults


def verify_chains(connection: Connection, tenant: str | None) -> ChainReport:
    """Reads every record of one tenant, or of all, once and in order; memory stays constant.

    Stops reading when more than MAX_FAULTS faults are found.
    """
    heads = {row.tenant: row for row in connection.execute(_of(chain_heads, tenant))}
    ordered = _of(answer_records, tenant).order_by(answer_records.c.tenant, answer_records.c.sequence)
    rows = connection.execution_options(yield_per=_BATCH).execute(ordered)
    tally = _Tally()
    faults = _faults(tally.count(rows), heads)
    listed = tuple(islice(faults, MAX_FAULTS))
    more = next(faults, None) is not None
    rows.close()
    return ChainReport(tally.records, tally.erased, listed, more)


class _Tally:
    """Counts the rows that pass through."""

    def __init__(self) -> None:
        self.records = 0
        self.erased = 0

    def count(self, rows: Iterable[Row[Any]]) -> Iterator[Row[Any]]:
        for row in rows:
            self.records += 1
            self.erased += row.erased_at is not None
            yield row


def _of(table: Any, tenant: str | None) -> Any:
    query = select(table)
    return query if tenant is None else query.where(table.c.tenant == tenant)


def _faults(rows: Iterable[Row[Any]], heads: dict[Any, Row[Any]]) -> Iterator[ChainFault]:
    for tenant, chain in groupby(rows, key=lambda row: row.tenant):
        yield from _faults_of_chain(tenant, chain, heads.pop(tenant, None))
    for tenant, head in heads.items():
        yield from _faults_of_chain(tenant, (), head)


def _faults_of_chain(tenant: Any, rows: Iterable[Row[Any]], head: Row[Any] | None) -> Iterator[ChainFault]:
    """Walks one chain. Values are checked for their type: SQLite lets a forger put any type in any column."""

    def fault(sequence: Any, id_: Any, kind: FaultKind, message: str) -> ChainFault:
        return ChainFault(
            str(tenant),
            sequence if type(sequence) is int else None,
            None if id_ is None else str(id_),
            kind,
            message,
        )

    end = head.length if head is not None and type(head.length) is int else None
    expected = 1
    previous: str | None = GENESIS  # None when the record before this one is missing or faulty already
    previous_id = None
    for row in rows:
        place = row.sequence
        if type(place) is not int or place < expected or (end is not None and place > end):
            message = f"Record {row.id} stands at place {place}, which the chain has already or does not have."
            yield fault(place, row.id, FaultKind.INSERTED, message)
            continue
        if place > expected:
            yield fault(expected, None, FaultKind.DELETED, _missing(expected, place - 1))
            previous = None
        expected = place + 1
        wrong = _fault_inside(row)
        if wrong:
            home = _home(row)
            if home is None:
                yield fault(place, row.id, FaultKind.CHANGED, f"Record {row.id}: {wrong}.")
            else:
                message = f"Record {row.id} was sealed at place {home} and now stands at place {place}."
                yield fault(place, row.id, FaultKind.REORDERED, message)
            previous, previous_id = None, row.id
            continue
        if previous is not None and row.previous_hash != previous:
            replaced = (place - 1, previous_id) if place > 1 else (place, row.id)
            message = f"Record {replaced[1]} is not the one that the records after it were sealed on."
            yield fault(*replaced, FaultKind.CHANGED, message)
        previous, previous_id = row.hash, row.id
    last = expected - 1
    if head is None:
        yield fault(last, None, FaultKind.DELETED, f"The chain head of tenant {tenant} is missing.")
    elif end is None:
        message = f"The chain head of tenant {tenant} does not hold a number of records."
        yield fault(last, None, FaultKind.CHANGED, message)
    elif last < end:
        yield fault(expected, None, FaultKind.DELETED, _missing(expected, end))
    elif previous is not None and previous != head.hash:
        message = "The last record, or the chain head, is not the one that was written."
        yield fault(last, previous_id, FaultKind.CHANGED, message)


def _missing(first: int, last: int) -> str:
    return f"Record {first} is missing." if first == last else f"Records {first} to {last} are missing."


def _fault_inside(row: Row[Any]) -> str | None:
    """What is wrong with a record taken by itself, or None."""
    try:
        if record_hash(*_sealed(row, row.sequence)) != row.hash:
            return "id, time, place or a hash was changed"
        if row.erased_at is None:
            content = (row.conversation_id, row.status, row.language, row.generation, row.payload)
            if row.erasure_hash is not None or content_hash(row.salt, *content) != row.content_hash:
                return "its content was changed"
            return None
        from_timestamp(row.erased_at)
        if erasure_hash(row.hash, row.erased_at) != row.erasure_hash:
            return "its content is gone, but it was not erased by this service"
        if any(row._mapping[column] is not None for column in CONTENT_COLUMNS):
            return "it was erased, but has content again"
    except (InvalidInputError, TypeError, ValueError):
        return "it holds values that this service never writes"
    return None


def _home(row: Row[Any]) -> int | None:
    """The place that a moved record was sealed at, if its seal is good for another place nearby."""
    try:
        for place in range(max(1, row.sequence - _HOME_RANGE), row.sequence + _HOME_RANGE + 1):
            if place != row.sequence and record_hash(*_sealed(row, place)) == row.hash:
                return place
    except (InvalidInputError, ValueError):
        return None
    return None


def _sealed(row: Row[Any], place: int) -> tuple[str, int, str, str, str, str]:
    return row.previous_hash, place, row.id, row.tenant, row.created_at, row.content_hash
