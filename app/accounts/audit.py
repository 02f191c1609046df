"""The audit log: who of the staff did what, when. Each line carries a hash over itself and the line before."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import ColumnElement, Row, Select, insert, select, true

from app.accounts.account import EVERY_TENANT, Account, Roles
from app.accounts.audit_chain import AuditReport, append, purge, verify
from app.database.connection import Database
from app.database.tables import audit_events
from app.database.timestamps import from_timestamp, to_timestamp
from app.text.canonical_json import canonical_json

COMMAND_LINE = "cli"
_e = audit_events.c
_EXPORT_BATCH = 500


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One action."""

    sequence: int
    at: datetime
    account_name: str
    """Whose; `cli:…` for somebody at the command line, empty where nobody was signed in."""
    tenant: str | None
    """None for what concerns the whole installation."""
    action: str
    """What was done, for example `answer.mark`."""
    subject: str
    """To what: an id, never personal data of citizens."""
    detail: str
    """JSON."""

    @property
    def facts(self) -> Mapping[str, JsonValue]:
        """`detail` as an object; empty when somebody has tampered with it."""
        try:
            read = json.loads(self.detail)
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which lines somebody wants to see."""

    tenants: tuple[str, ...] | None = None
    """Only of those towns; with None of all and of the installation itself."""
    action: str = ""
    person: str = ""
    before: int | None = None
    """Only lines older than this sequence number."""


class AuditLog:
    """Safe to share between threads. Every method raises RecordsError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(
        self,
        account: Account | None,
        tenant: str | None,
        action: str,
        subject: str,
        now: datetime,
        detail: Mapping[str, JsonValue] | None = None,
        *,
        by: str = COMMAND_LINE,
    ) -> None:
        """Adds a line; `by` says who did it where it was no account."""
        row: dict[str, JsonValue] = {
            "at": to_timestamp(now),
            "account_id": account.id if account else None,
            "account_name": account.name if account else by,
            "tenant": tenant,
            "action": action,
            "subject": subject,
            "detail": canonical_json(dict(detail or {})),
        }
        with self._database.writing() as connection:
            sequence, hash_ = append(connection, row)
            connection.execute(insert(audit_events).values(**row, sequence=sequence, hash=hash_))

    def events(self, which: AuditFilter, limit: int) -> tuple[AuditEvent, ...]:
        """The newest lines first."""
        query = _query(which).order_by(_e.sequence.desc()).limit(limit)
        with self._database.reading() as connection:
            return tuple(_event(row) for row in connection.execute(query))

    def every_event(self, which: AuditFilter) -> Iterator[AuditEvent]:
        """All of them, the newest first, read in portions so that nobody waits for a long export."""
        while portion := self.events(which, _EXPORT_BATCH):
            yield from portion
            which = replace(which, before=portion[-1].sequence)

    def known_actions(self, tenants: tuple[str, ...] | None) -> tuple[str, ...]:
        """The kinds of action that occur, by name."""
        with self._database.reading() as connection:
            query = select(_e.action).distinct().where(_of_towns(tenants)).order_by(_e.action)
            return tuple(connection.execute(query).scalars())

    def known_people(self, tenants: tuple[str, ...] | None) -> tuple[str, ...]:
        """Who occurs, by name."""
        with self._database.reading() as connection:
            query = select(_e.account_name).distinct().where(_of_towns(tenants), _e.account_name != "")
            return tuple(connection.execute(query.order_by(_e.account_name)).scalars())

    def verify(self) -> AuditReport:
        """Whether any line was changed, deleted, inserted or moved since it was written."""
        with self._database.reading() as connection:
            return verify(connection)

    def purge(self, limit: datetime, now: datetime) -> int:
        """Deletes the lines written before `limit` and gives back how many; what is left still verifies."""
        with self._database.writing() as connection:
            count = purge(connection, to_timestamp(limit))
        if count:
            self._database.scrub()
            self.write(None, None, "audit.purge", to_timestamp(limit)[:10], now, {"lines": count}, by="")
        return count


def note_roles(
    log: AuditLog, by: Account | None, account: Account, after: Roles, now: datetime, operator: str = COMMAND_LINE
) -> None:
    """Notes that an account gets other roles: a line for each town, so that its admins see it in their log."""
    for town in sorted({town for town, _ in account.roles ^ after}):
        detail: dict[str, JsonValue] = {
            "given": [role.value for held, role in sorted(after - account.roles) if held == town],
            "taken": [role.value for held, role in sorted(account.roles - after) if held == town],
        }
        log.write(by, None if town == EVERY_TENANT else town, "user.roles", account.name, now, detail, by=operator)


def _query(which: AuditFilter) -> Select[tuple[object, ...]]:
    query = select(audit_events).where(_of_towns(which.tenants))
    if which.action:
        query = query.where(_e.action == which.action)
    if which.person:
        query = query.where(_e.account_name == which.person)
    return query if which.before is None else query.where(_e.sequence < which.before)


def _of_towns(tenants: tuple[str, ...] | None) -> ColumnElement[bool]:
    return true() if tenants is None else _e.tenant.in_(tenants)


def _event(row: Row[tuple[object, ...]]) -> AuditEvent:
    return AuditEvent(
        row.sequence, from_timestamp(row.at), row.account_name, row.tenant, row.action, row.subject, row.detail
    )
