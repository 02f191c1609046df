"""Who may change whose account: nobody gives or takes more than they administer themselves."""

from collections.abc import Iterable

from app.accounts.account import EVERY_TENANT, Account, Role, Roles
from app.errors import ForbiddenError, InvalidInputError


def may_manage(actor: Account, other: Account) -> bool:
    """Whether `actor` may set the password of `other`, lock or remove it.

    Only who administers every town for which the other may do anything: a new password would hand over all of it.
    Accounts without any role belong to the installation.
    """
    towns = {town for town, _ in other.roles} or {EVERY_TENANT}
    return all(actor.may(town, Role.ADMIN) for town in towns)


def check_manages(actor: Account, other: Account) -> None:
    """Raises ForbiddenError unless `may_manage`."""
    if not may_manage(actor, other):
        raise ForbiddenError(
            f"Das Konto „{other.name}“ hat Rechte, die Sie nicht verwalten. Wenden Sie sich an die Administration der "
            "ganzen Anlage."
        )


def check_new_roles(actor: Account, before: Roles, after: Roles) -> None:
    """Raises ForbiddenError unless `actor` administers each town whose roles differ."""
    if not all(actor.may(town, Role.ADMIN) for town, _ in before ^ after):
        raise ForbiddenError("Sie können nur Rechte für Städte vergeben, die Sie selbst verwalten.")


def check_an_admin_stays(accounts: Iterable[Account], changed: Account, becomes: Account | None) -> None:
    """Raises InvalidInputError when nobody would be left who administers the installation and did before."""
    others = (account for account in accounts if account.id != changed.id)
    if not changed.is_admin_everywhere or (becomes is not None and becomes.is_admin_everywhere):
        return
    if not any(account.is_admin_everywhere for account in others):
        raise InvalidInputError(
            f"„{changed.name}“ ist das letzte Konto, das die ganze Anlage verwaltet. Geben Sie dieses Recht erst "
            "einem anderen Konto."
        )
