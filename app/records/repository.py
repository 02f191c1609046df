"""The answer log as the rest of the service sees it: append, read, verify, erase."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError

from app.database.connection import Database
from app.database.tables import answer_records
from app.database.timestamps import to_timestamp
from app.errors import NotFoundError, RecordsError
from app.records.appending import add_records, row_of
from app.records.checkpoint import ChainHead, Checkpoint, checked_head, verify_since
from app.records.energy import logged_energies
from app.records.record import NewRecord, StoredRecord
from app.records.retention import erase_matching
from app.records.rows import stored_record
from app.records.verification import ChainReport, verify_chains
from app.settings import Settings

_BATCH = 200
_c = answer_records.c


def open_records(settings: Settings) -> "RecordRepository":
    """The answer log of this installation: `records.sqlite3` in its data folder.

    Raises:
        RecordsError: the file cannot be opened; the message says what to do.
    """
    return RecordRepository(settings.data_dir / "records.sqlite3")


class RecordRepository:
    """Safe to share between threads; several processes may open the same database.

    Every method raises RecordsError when the database fails or is damaged.
    """

    def __init__(self, database: str | Path) -> None:
        """Opens a SQLite file (a Path) or what a SQLAlchemy URL (a string) names; creates its tables."""
        self._database = Database(database)

    @property
    def database(self) -> Database:
        """Where it is kept, together with accounts, feedback and trials."""
        return self._database

    def append(self, record: NewRecord) -> StoredRecord:
        """Adds the record to the end of its tenant's chain; it is on the disk when this returns.

        Raises:
            InvalidInputError: the payload is no JSON, or the time has no time zone.
            RecordsError: the id is taken, or the log cannot be written. Nothing was written then.
        """
        return self.append_all([record])[-1]

    def append_all(self, records: Sequence[NewRecord]) -> tuple[StoredRecord, ...]:
        """Adds several records, at least one, in one transaction: all of them or none. Raises what `append` raises."""
        rows = [row_of(record) for record in records]
        try:
            with self._database.writing() as connection:
                return tuple(map(stored_record, add_records(connection, rows, records)))
        except IntegrityError as error:
            named = ", ".join(record.id for record in records[:3])
            raise RecordsError(
                f"Answer {named} was not logged: its id or its place in the chain of {records[0].tenant} "
                "is taken. If the id is new, the log was tampered with: run `amtslotse records verify`."
            ) from error

    def get(self, tenant: str, id_: str) -> StoredRecord:
        """The record of that id, also when it is erased.

        Raises:
            NotFoundError: the tenant has none.
        """
        with self._database.reading() as connection:
            row = connection.execute(select(answer_records).where(_c.tenant == tenant, _c.id == id_)).first()
        if row is None:
            raise NotFoundError(f"Es gibt keine Antwort mit der Kennung {id_}. Bitte prüfen Sie die Kennung.")
        return stored_record(row)

    def recent(self, tenant: str, conversation_id: str, limit: int) -> tuple[StoredRecord, ...]:
        """The last `limit` records of a conversation, newest last; erased ones no longer belong to one."""
        query = (
            select(answer_records)
            .where(_c.tenant == tenant, _c.conversation_id == conversation_id)
            .order_by(_c.sequence.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(stored_record(row) for row in reversed(rows))

    def conversation(self, tenant: str, conversation_id: str) -> Iterator[StoredRecord]:
        """All records of a conversation, oldest first; erased ones no longer belong to one. Memory stays constant."""
        return self._batches(_c.tenant == tenant, _c.conversation_id == conversation_id)

    def newest(self, tenant: str) -> StoredRecord | None:
        """The last record that is not erased."""
        query = select(answer_records).where(_c.tenant == tenant, _c.erased_at.is_(None))
        with self._database.reading() as connection:
            row = connection.execute(query.order_by(_c.sequence.desc()).limit(1)).first()
        return None if row is None else stored_record(row)

    def iterate(
        self, tenant: str, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[StoredRecord]:
        """The tenant's records in the order of the chain, erased ones included; memory stays constant.

        `since` is included, `until` is not; records appended meanwhile are. No transaction stays open between
        two records, so the reader may take its time.
        """
        return self._batches(*_period(tenant, since, until))

    def _batches(self, *conditions: ColumnElement[bool]) -> Iterator[StoredRecord]:
        query = select(answer_records).where(*conditions).order_by(_c.sequence).limit(_BATCH)
        last = 0
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(query.where(_c.sequence > last)).all()
            for row in rows:
                yield stored_record(row)
            if len(rows) < _BATCH:
                return
            last = rows[-1].sequence

    def count(self, tenant: str, since: datetime | None = None, until: datetime | None = None) -> int:
        """How many records `iterate` would give."""
        query = select(func.count()).select_from(answer_records).where(*_period(tenant, since, until))
        with self._database.reading() as connection:
            return connection.execute(query).scalar_one()

    def generations(self, tenant: str, since: datetime | None = None) -> frozenset[str]:
        """Ids of the generations that answers (since that moment) came from; erased records don't say."""
        query = select(_c.generation).where(*_period(tenant, since, None), _c.generation.is_not(None)).distinct()
        with self._database.reading() as connection:
            return frozenset(connection.execute(query).scalars())

    def energies(self, tenant: str, since: datetime) -> tuple[float, ...]:
        """Estimated watt hours of each answer since that moment that is still kept, in no particular order."""
        with self._database.reading() as connection:
            return logged_energies(connection, tenant, since)

    def verify(self, tenant: str | None = None) -> ChainReport:
        """Checks the chain of one tenant, or of all. Answers can be logged meanwhile."""
        with self._database.reading() as connection:
            return verify_chains(connection, tenant)

    def verify_since(self, checkpoint: Checkpoint) -> ChainReport:
        """Checks the chain of a checkpoint's tenant, and that it begins with the very records of the checkpoint."""
        with self._database.reading() as connection:
            return verify_since(connection, checkpoint)

    def checked_head(self, tenant: str) -> ChainHead:
        """Where the tenant's chain ends, for a checkpoint. Raises NotFoundError without records, and RecordsError
        when the chain is not intact."""
        with self._database.reading() as connection:
            return checked_head(connection, tenant)

    def erase(self, tenant: str, id_: str) -> StoredRecord:
        """Erases the content of a record for good; what is given back is what is left of it.

        Erasing it again changes nothing.

        Raises:
            NotFoundError: the tenant has no such record.
        """
        self._erase((_c.tenant == tenant) & (_c.id == id_))
        return self.get(tenant, id_)

    def erase_conversation(self, tenant: str, conversation_id: str) -> int:
        """Erases all records of a conversation; gives back how many there were."""
        return self._erase((_c.tenant == tenant) & (_c.conversation_id == conversation_id))

    def purge(self, tenant: str | None, older_than: datetime) -> int:
        """Erases all records of a tenant, or of all, that were written before that moment; gives back how many were
        not erased before."""
        old = _c.created_at < to_timestamp(older_than)
        return self._erase(old if tenant is None else (_c.tenant == tenant) & old)

    def close(self) -> None:
        """Closes the database."""
        self._database.close()

    def _erase(self, condition: ColumnElement[bool]) -> int:
        return erase_matching(self._database, condition, datetime.now(UTC))


def _period(tenant: str, since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
    conditions = [_c.tenant == tenant]
    if since is not None:
        conditions.append(_c.created_at >= to_timestamp(since))
    if until is not None:
        conditions.append(_c.created_at < to_timestamp(until))
    return conditions
