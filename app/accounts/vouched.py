"""Accounts of people whom a sign-in provider vouches for: made at the first sign-in, brought up to date at each."""

import hashlib
import logging
import re
from dataclasses import replace
from datetime import datetime

from app.accounts.account import Account, Roles
from app.accounts.audit import AuditLog, note_roles
from app.accounts.provider import Identity
from app.accounts.repository import NAME_PATTERN, AccountRepository
from app.accounts.sessions import SessionRepository
from app.database.connection import Database
from app.errors import ForbiddenError, InvalidInputError, NotFoundError

log = logging.getLogger(__name__)


def vouched_account(database: Database, identity: Identity, now: datetime) -> Account:
    """The account of that person with the roles that the token names.

    It is found by issuer and subject alone: a name that happens to be that of a local account opens nothing.

    Raises:
        ForbiddenError: the token names no role here, or the account is locked.
    """
    accounts = AccountRepository(database)
    try:
        known = accounts.by_identity(identity.issuer, identity.subject)
    except NotFoundError:
        known = None
    named = identity.named
    if named.unknown:
        log.warning("The sign-in provider named roles that do not exist: %s", ", ".join(named.unknown))
    if known is not None and not known.active:
        raise ForbiddenError("Ihr Konto ist hier gesperrt. Bitte wenden Sie sich an Ihre Administration.")
    if known is not None and known.roles != named.roles:
        _change_roles(database, known, named.roles, now)
    if not named.roles:
        raise ForbiddenError(_no_role(named.unknown))
    if known is None:
        made = _create(accounts, identity, now)
        audit = AuditLog(database)
        audit.write(made, None, "user.create", made.name, now, {"provider": identity.issuer})
        note_roles(audit, made, replace(made, roles=frozenset()), made.roles, now)
        return made
    return accounts.set_person(known.id, identity.display_name, identity.email)


def _create(accounts: AccountRepository, identity: Identity, now: datetime) -> Account:
    key = (identity.issuer, identity.subject)
    name = _name(identity.name)
    try:
        return accounts.create(
            name, identity.display_name, identity.named.roles, now, identity=key, email=identity.email
        )
    except InvalidInputError:  # somebody else has that name
        other = f"{name[:50]}-{hashlib.sha256(identity.subject.encode()).hexdigest()[:8]}"
        return accounts.create(
            other, identity.display_name, identity.named.roles, now, identity=key, email=identity.email
        )


def _change_roles(database: Database, account: Account, roles: Roles, now: datetime) -> None:
    AccountRepository(database).set_roles(account.id, roles)
    if not roles:
        SessionRepository(database).end_all(account.id)
    note_roles(AuditLog(database), account, account, roles, now)


def _name(proposed: str) -> str:
    name = re.sub(r"[^\w.@+-]", "-", proposed.casefold())[:64]
    return name if re.fullmatch(NAME_PATTERN, name) else f"konto-{name[:50]}"


def _no_role(unknown: tuple[str, ...]) -> str:
    wrong = f" Der Anmeldedienst nennt nur „{unknown[0]}“, das ist hier keine Rolle." if unknown else ""
    return (
        "Sie sind angemeldet, haben für den Amtslotsen aber noch keine Rolle."
        f"{wrong} Bitten Sie Ihre Administration um eine Rolle wie „amtslotse:musterstadt:desk“."
    )
