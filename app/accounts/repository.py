"""Accounts as the rest of the service sees them."""

import re
import secrets
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.accounts.account import Account, Role, Roles
from app.accounts.passwords import hash_password, is_outdated, matches
from app.database.connection import Database
from app.database.tables import account_roles, accounts, sessions
from app.database.timestamps import from_timestamp, to_timestamp
from app.errors import InvalidInputError, NotFoundError

NAME_PATTERN = r"[\w][\w.@+-]{1,63}"
"""What may be typed on sign-in: two to 64 letters, digits and . @ + - _."""
_a = accounts.c


class AccountRepository:
    """Safe to share between threads. Every method raises RecordsError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self,
        name: str,
        display_name: str,
        roles: Iterable[tuple[str, Role]],
        now: datetime,
        *,
        password: str | None = None,
        identity: tuple[str, str] | None = None,
        email: str | None = None,
    ) -> Account:
        """Makes an account, local with a password or vouched for by `identity` (issuer, subject).

        Raises:
            InvalidInputError: the name is taken or has signs that names don't have, or the password is too weak.
        """
        key = name.strip().casefold()
        if not re.fullmatch(NAME_PATTERN, key):
            raise InvalidInputError(
                "Der Anmeldename braucht 2 bis 64 Zeichen: Buchstaben, Ziffern, Punkt, Bindestrich, Unterstrich, @, +."
            )
        row = {
            "id": secrets.token_hex(8),
            "name": key,
            "display_name": display_name.strip() or key,
            "email": email,
            "password_hash": hash_password(password, key) if password is not None else None,
            "issuer": identity[0] if identity else None,
            "subject": identity[1] if identity else None,
            "active": True,
            "created_at": to_timestamp(now),
        }
        try:
            with self._database.writing() as connection:
                connection.execute(insert(accounts).values(row))
                _write_roles(connection, row["id"], roles)
        except IntegrityError as error:
            raise InvalidInputError(f"Den Anmeldenamen „{key}“ gibt es schon. Wählen Sie einen anderen.") from error
        return self.get(str(row["id"]))

    def get(self, id_: str) -> Account:
        """Raises NotFoundError."""
        return self._one(_a.id == id_)

    def by_name(self, name: str) -> Account:
        """Raises NotFoundError."""
        return self._one(_a.name == name.strip().casefold())

    def by_identity(self, issuer: str, subject: str) -> Account:
        """The account that a sign-in provider vouches for. Raises NotFoundError."""
        return self._one((_a.issuer == issuer) & (_a.subject == subject))

    def with_password(self, name: str, password: str) -> Account | None:
        """The active local account whose password this is; takes as long when there is none."""
        with self._database.reading() as connection:
            row = connection.execute(select(accounts).where(_a.name == name.strip().casefold())).first()
        is_right = matches(password, row.password_hash if row is not None and row.active else None)
        if row is None or not is_right:
            return None
        if is_outdated(row.password_hash):
            with self._database.writing() as connection:
                renewed = hash_password(password, row.name)
                connection.execute(update(accounts).where(_a.id == row.id).values(password_hash=renewed))
        return self.get(row.id)

    def all(self) -> tuple[Account, ...]:
        """All accounts by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(accounts).order_by(_a.name)).all()
            held = defaultdict(set)
            for role in connection.execute(select(account_roles)):
                held[role.account_id].add((role.tenant, Role(role.role)))
        return tuple(_account(row, frozenset(held[row.id])) for row in rows)

    def set_roles(self, id_: str, roles: Iterable[tuple[str, Role]]) -> Account:
        """Replaces all roles of an account. Raises NotFoundError."""
        self.get(id_)
        with self._database.writing() as connection:
            connection.execute(delete(account_roles).where(account_roles.c.account_id == id_))
            _write_roles(connection, id_, roles)
        return self.get(id_)

    def set_person(self, id_: str, display_name: str, email: str | None) -> Account:
        """Sets what a sign-in provider says about the person. Raises NotFoundError."""
        self.get(id_)
        with self._database.writing() as connection:
            values = {"display_name": display_name, "email": email}
            connection.execute(update(accounts).where(_a.id == id_).values(**values))
        return self.get(id_)

    def note_sign_in(self, id_: str, now: datetime) -> None:
        """Notes when the account was last used to sign in."""
        with self._database.writing() as connection:
            connection.execute(update(accounts).where(_a.id == id_).values(signed_in_at=to_timestamp(now)))

    def set_password(self, id_: str, password: str) -> None:
        """Sets a new password and ends the account's sessions. Raises NotFoundError, InvalidInputError."""
        account = self.get(id_)
        if not account.is_local:
            raise InvalidInputError(
                f"„{account.name}“ meldet sich über den Anmeldedienst an, hier gibt es kein Passwort."
            )
        self._change(id_, password_hash=hash_password(password, account.name))

    def set_active(self, id_: str, active: bool) -> None:
        """Locks an account out, or lets it in again; its sessions end. Raises NotFoundError."""
        self._change(id_, active=active)

    def remove(self, id_: str) -> None:
        """Deletes an account with its roles and sessions; what it did stays in the audit log. Raises NotFoundError."""
        self.get(id_)
        with self._database.writing() as connection:
            connection.execute(delete(accounts).where(_a.id == id_))

    def _change(self, id_: str, **values: object) -> None:
        self.get(id_)
        with self._database.writing() as connection:
            connection.execute(update(accounts).where(_a.id == id_).values(**values))
            connection.execute(delete(sessions).where(sessions.c.account_id == id_))

    def _one(self, condition: ColumnElement[bool]) -> Account:
        with self._database.reading() as connection:
            row = connection.execute(select(accounts).where(condition)).first()
            if row is None:
                raise NotFoundError("Dieses Konto gibt es nicht.")
            held = connection.execute(select(account_roles).where(account_roles.c.account_id == row.id)).all()
        return _account(row, frozenset((role.tenant, Role(role.role)) for role in held))


def _write_roles(connection: Connection, account_id: object, roles: Iterable[tuple[str, Role]]) -> None:
    rows = [{"account_id": account_id, "tenant": town, "role": role.value} for town, role in sorted(set(roles))]
    if rows:
        connection.execute(insert(account_roles), rows)


def _account(row: Row[tuple[object, ...]], roles: Roles) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        display_name=row.display_name,
        email=row.email,
        roles=roles,
        active=bool(row.active),
        is_local=row.issuer is None,
        signed_in_at=from_timestamp(row.signed_in_at) if row.signed_in_at else None,
    )
