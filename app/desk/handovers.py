"""Questions that citizens want a person to answer: with what they gave for the reply, until they are old."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from app.database.connection import Database
from app.database.tables import handovers
from app.database.timestamps import from_timestamp, to_timestamp
from app.errors import NotFoundError

_c = handovers.c


class HandoverStatus(StrEnum):
    """Where a question stands that was handed over."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    """Done without a reply through the console, for example by phone."""


@dataclass(frozen=True, slots=True)
class NewHandover:
    """What a citizen sends."""

    tenant: str
    at: datetime
    question: str
    """Masked."""
    contact: str
    """A mail address or phone number, as given: without it nobody could reply."""
    language: str
    """ISO 639-1."""
    answer_id: str | None = None
    """The answer that did not do; None when there was none."""
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Handover(NewHandover):
    """What is kept of it, and what staff did."""

    id: str = ""
    status: HandoverStatus = HandoverStatus.OPEN
    account_id: str | None = None
    """Who of the staff replied or closed it."""
    account_name: str | None = None
    reply: str | None = None
    replied_at: datetime | None = None
    way: str | None = None
    """How the reply went out: `mail`, `webhook`, `zammad`, `hand`."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What staff did about one."""

    at: datetime
    account_id: str
    account_name: str
    text: str | None
    """None when it was closed without a reply through the console."""
    way: str


class HandoverStore:
    """Safe to share between threads. Every method raises RecordsError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, new: NewHandover) -> Handover:
        """Keeps it under an id that nobody can guess."""
        row = {
            "tenant": new.tenant,
            "id": secrets.token_hex(8),
            "at": to_timestamp(new.at),
            "answer_id": new.answer_id,
            "conversation_id": new.conversation_id,
            "question": new.question,
            "contact": new.contact,
            "language": new.language,
            "status": HandoverStatus.OPEN,
        }
        with self._database.writing() as connection:
            return _handover(connection.execute(insert(handovers).returning(handovers), row).one())

    def get(self, tenant: str, id_: str) -> Handover:
        """Raises NotFoundError."""
        with self._database.reading() as connection:
            row = connection.execute(select(handovers).where(_is(tenant, id_))).first()
        if row is None:
            raise _unknown()
        return _handover(row)

    def list(self, tenant: str, status: HandoverStatus | None = None) -> tuple[Handover, ...]:
        """A town's, oldest first: who waits longest comes first."""
        conditions = [_c.tenant == tenant, *([] if status is None else [_c.status == status])]
        return self._matching(*conditions)

    def of_conversation(self, tenant: str, conversation_id: str) -> tuple[Handover, ...]:
        """Those of one conversation, oldest first."""
        return self._matching(_c.tenant == tenant, _c.conversation_id == conversation_id)

    def settle(self, tenant: str, id_: str, reply: Reply) -> Handover:
        """Notes what staff did about an open one.

        Raises:
            NotFoundError: there is none of that id, or it is settled already.
        """
        values = {
            "status": HandoverStatus.CLOSED if reply.text is None else HandoverStatus.ANSWERED,
            "account_id": reply.account_id,
            "account_name": reply.account_name,
            "reply": reply.text,
            "replied_at": to_timestamp(reply.at),
            "way": reply.way,
        }
        still_open = _is(tenant, id_) & (_c.status == HandoverStatus.OPEN)
        with self._database.writing() as connection:
            row = connection.execute(update(handovers).where(still_open).values(values).returning(handovers)).first()
        if row is None:
            raise _unknown()
        return _handover(row)

    def remove(self, tenant: str, id_: str) -> None:
        """Erases one for good. Raises NotFoundError."""
        if not self._delete(_is(tenant, id_)):
            raise _unknown()

    def erase_conversation(self, tenant: str, conversation_id: str) -> int:
        """Erases those of a conversation for good; gives back how many there were."""
        return self._delete((_c.tenant == tenant) & (_c.conversation_id == conversation_id))

    def purge(self, older_than: datetime) -> int:
        """Erases all towns' that came before that moment, replied to or not; gives back how many there were."""
        return self._delete(_c.at < to_timestamp(older_than))

    def _matching(self, *conditions: ColumnElement[bool]) -> tuple[Handover, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(select(handovers).where(*conditions).order_by(_c.at, _c.id)).all()
        return tuple(map(_handover, rows))

    def _delete(self, condition: ColumnElement[bool]) -> int:
        with self._database.writing() as connection:
            deleted = connection.execute(delete(handovers).where(condition)).rowcount
        if deleted:
            self._database.scrub()
        return deleted


def _is(tenant: str, id_: str) -> ColumnElement[bool]:
    return (_c.tenant == tenant) & (_c.id == id_)


def _unknown() -> NotFoundError:
    return NotFoundError("Diese Anfrage gibt es nicht, oder sie ist schon erledigt oder gelöscht.")


def _handover(row: Row[tuple[object, ...]]) -> Handover:
    return Handover(
        tenant=row.tenant,
        at=from_timestamp(row.at),
        question=row.question,
        contact=row.contact,
        language=row.language,
        answer_id=row.answer_id,
        conversation_id=row.conversation_id,
        id=row.id,
        status=HandoverStatus(row.status),
        account_id=row.account_id,
        account_name=row.account_name,
        reply=row.reply,
        replied_at=None if row.replied_at is None else from_timestamp(row.replied_at),
        way=row.way,
    )
