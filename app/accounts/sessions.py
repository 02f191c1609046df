"""Sessions: the cookie holds a random token, the database its hash only."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, delete, insert, select, update

from app.accounts.account import Account
from app.accounts.repository import AccountRepository
from app.database.connection import Database
from app.database.tables import sessions
from app.database.timestamps import from_timestamp, to_timestamp
from app.errors import NotFoundError

LONGEST = timedelta(hours=12)
"""A working day; after it everybody signs in again."""
IDLE = timedelta(hours=1)
_TOUCH_AFTER = timedelta(minutes=1)
_s = sessions.c


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser."""

    account: Account
    csrf: str
    """Stands in every form of the session, so that no other page can post one."""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as its owner sees it in a list."""

    began_at: datetime
    seen_at: datetime
    """To the minute."""
    is_this: bool


class SessionRepository:
    """Safe to share between threads. Every method raises RecordsError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._accounts = AccountRepository(database)

    def begin(self, account: Account, now: datetime, replacing: str | None = None) -> str:
        """Starts a session; gives the token for the cookie, 256 random bits.

        The session of the token `replacing` ends, so that a token never outlives a sign-in; old ones are cleared away.
        """
        token = secrets.token_urlsafe(32)
        at = to_timestamp(now)
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(_s.created_at < to_timestamp(now - LONGEST)))
            if replacing is not None:
                connection.execute(delete(sessions).where(_s.token_hash == _hash(replacing)))
            connection.execute(
                insert(sessions).values(
                    token_hash=_hash(token),
                    account_id=account.id,
                    csrf=secrets.token_urlsafe(24),
                    created_at=at,
                    seen_at=at,
                )
            )
        return token

    def find(self, token: str, now: datetime) -> Session | None:
        """The session of a token, unless it is over or its account locked; notes that it was used."""
        with self._database.reading() as connection:
            row = connection.execute(select(sessions).where(_s.token_hash == _hash(token))).first()
        if row is None or _is_over(row, now):
            return None
        try:
            account = self._accounts.get(row.account_id)
        except NotFoundError:
            return None
        if not account.active:
            return None
        if now - from_timestamp(row.seen_at) > _TOUCH_AFTER:
            with self._database.writing() as connection:
                connection.execute(
                    update(sessions).where(_s.token_hash == row.token_hash).values(seen_at=to_timestamp(now))
                )
        return Session(account, row.csrf)

    def of(self, account_id: str, now: datetime, this: str | None = None) -> tuple[OpenSession, ...]:
        """The account's open sessions, the newest first; `this` is the token of the one who asks."""
        query = select(sessions).where(_s.account_id == account_id).order_by(_s.created_at.desc())
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        mine = _hash(this) if this else None
        return tuple(
            OpenSession(from_timestamp(row.created_at), from_timestamp(row.seen_at), row.token_hash == mine)
            for row in rows
            if not _is_over(row, now)
        )

    def end(self, token: str) -> None:
        """Signs out; without effect when there is no such session."""
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(_s.token_hash == _hash(token)))

    def end_all(self, account_id: str, but: str | None = None) -> int:
        """Signs the account out everywhere, except in the session of the token `but`; gives back how many ended."""
        query = delete(sessions).where(_s.account_id == account_id)
        with self._database.writing() as connection:
            return connection.execute(query if but is None else query.where(_s.token_hash != _hash(but))).rowcount


def _is_over(row: Row[tuple[object, ...]], now: datetime) -> bool:
    return now - from_timestamp(row.created_at) > LONGEST or now - from_timestamp(row.seen_at) > IDLE


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
