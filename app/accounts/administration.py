"""Changes to accounts: within the rights of whoever makes them, and noted in the audit log."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pydantic import JsonValue

from app.accounts.account import Account, Role, Roles
from app.accounts.audit import COMMAND_LINE, AuditLog, note_roles
from app.accounts.repository import AccountRepository
from app.accounts.rights import check_an_admin_stays, check_manages, check_new_roles
from app.accounts.sessions import SessionRepository
from app.database.connection import Database
from app.errors import InvalidInputError


class Administration:
    """One person's work on the accounts at one moment.

    Without an account it is somebody at the command line, who may do everything; `operator` names them in the log.
    Every method raises ForbiddenError for what the account may not do, NotFoundError for an account that is not
    there, InvalidInputError for one's own account where one would lock oneself out, and RecordsError.
    """

    def __init__(
        self,
        database: Database,
        by: Account | None,
        now: datetime,
        operator: str = COMMAND_LINE,
        town: str | None = None,
    ) -> None:
        """`town` is the one on whose page it is done, so that its admins see it in their log."""
        self._accounts = AccountRepository(database)
        self._sessions = SessionRepository(database)
        self._log = AuditLog(database)
        self._by, self._now, self._operator, self._town = by, now, operator, town

    def create(self, name: str, display_name: str, roles: Roles, password: str) -> Account:
        """Makes a local account. Raises also InvalidInputError for a name that is taken or a weak password."""
        if self._by is not None:
            check_new_roles(self._by, frozenset(), roles)
        made = self._accounts.create(name, display_name, roles, self._now, password=password)
        self._note("user.create", made, self._town)
        note_roles(self._log, self._by, replace(made, roles=frozenset()), roles, self._now, self._operator)
        return made

    def set_roles(self, id_: str, roles: Roles) -> Account:
        """Replaces all roles of a local account."""
        before = self._accounts.get(id_)
        if not before.is_local:
            raise InvalidInputError(
                f"Die Rechte von „{before.name}“ kommen bei jeder Anmeldung vom Anmeldedienst. Ändern Sie sie dort."
            )
        if self._by is not None:
            check_new_roles(self._by, before.roles, roles)
        self._check_stays(before, replace(before, roles=roles))
        after = self._accounts.set_roles(id_, roles)
        note_roles(self._log, self._by, before, roles, self._now, self._operator)
        return after

    def set_roles_for(self, id_: str, town: str, roles: Iterable[Role]) -> Account:
        """Replaces the roles for one town, and leaves those for others as they are."""
        others = {(other, role) for other, role in self._accounts.get(id_).roles if other != town}
        return self.set_roles(id_, frozenset(others | {(town, role) for role in roles}))

    def set_password(self, id_: str, password: str) -> Account:
        """Sets a new password, which ends all sessions of the account."""
        account = self._managed(id_)
        self._accounts.set_password(id_, password)
        self._note("user.password", account, self._town)
        return account

    def set_active(self, id_: str, active: bool) -> Account:
        """Locks an account, or lets it in again; its sessions end."""
        account = self._managed(id_)
        self._check_stays(account, replace(account, active=active))
        self._accounts.set_active(id_, active)
        self._note("user.unlock" if active else "user.lock", account, self._town)
        return account

    def end_sessions(self, id_: str) -> Account:
        """Signs somebody out everywhere."""
        account = self._managed(id_)
        ended = self._sessions.end_all(id_)
        self._note("user.sign_out", account, self._town, sessions=ended)
        return account

    def remove(self, id_: str) -> Account:
        """Deletes an account."""
        account = self._managed(id_)
        self._check_stays(account, None)
        self._accounts.remove(id_)
        self._note("user.remove", account, self._town)
        return account

    def _managed(self, id_: str) -> Account:
        account = self._accounts.get(id_)
        if self._by is not None:
            check_manages(self._by, account)
        return account

    def _check_stays(self, before: Account, after: Account | None) -> None:
        if self._by is not None and before.id == self._by.id and (after is None or not _keeps(before, after)):
            raise InvalidInputError("Das eigene Konto können Sie weder sperren noch löschen noch sich Rechte nehmen.")
        check_an_admin_stays(self._accounts.all(), before, after)

    def _note(self, action: str, account: Account, town: str | None, **detail: JsonValue) -> None:
        self._log.write(self._by, town, action, account.name, self._now, detail, by=self._operator)


def _keeps(before: Account, after: Account) -> bool:
    """Whether somebody who administers something still administers all of it."""
    admin = {(town, role) for town, role in before.roles if role is Role.ADMIN}
    return after.active and admin <= after.roles
