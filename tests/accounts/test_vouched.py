"""Accounts of people whom a sign-in provider vouches for."""

from dataclasses import replace

import pytest

from app.accounts.account import EVERY_TENANT, Role
from app.accounts.audit import AuditFilter, AuditLog
from app.accounts.provider import Identity
from app.accounts.provider_roles import NamedRoles
from app.accounts.repository import AccountRepository
from app.accounts.sessions import SessionRepository
from app.accounts.vouched import vouched_account
from app.database.connection import Database
from app.errors import ForbiddenError
from tests.accounts.conftest import NOW, PASSWORD

DESK = NamedRoles(frozenset({("musterstadt", Role.DESK)}), ())
ANNA = Identity("https://sso.example", "7", "Anna.Beispiel", "Anna Beispiel", "anna@musterstadt.example", DESK)


def test_the_first_sign_in_makes_the_account(database: Database, accounts: AccountRepository) -> None:
    made = vouched_account(database, ANNA, NOW)
    assert (made.name, made.display_name, made.email) == ("anna.beispiel", "Anna Beispiel", "anna@musterstadt.example")
    assert made.roles == DESK.roles
    assert accounts.all() == (made,)
    assert [event.action for event in AuditLog(database).events(AuditFilter(), 9)] == ["user.roles", "user.create"]


def test_a_towns_admins_see_in_their_log_who_has_come(database: Database) -> None:
    vouched_account(database, ANNA, NOW)
    (event,) = AuditLog(database).events(AuditFilter(("musterstadt",)), 9)
    assert (event.action, event.subject, event.facts["given"]) == ("user.roles", "anna.beispiel", ["desk"])


def test_roles_name_and_mail_are_those_of_the_last_sign_in(database: Database, accounts: AccountRepository) -> None:
    vouched_account(database, ANNA, NOW)
    roles = NamedRoles(frozenset({("musterstadt", Role.EDITOR)}), ())
    changed = vouched_account(database, replace(ANNA, display_name="Anna Neu", email=None, named=roles), NOW)
    assert (changed.display_name, changed.email, changed.roles) == ("Anna Neu", None, roles.roles)
    assert len(accounts.all()) == 1
    newest = AuditLog(database).events(AuditFilter(("musterstadt",)), 1)[0]
    assert dict(newest.facts) == {"given": ["editor"], "taken": ["desk"]}


def test_the_name_of_a_local_account_opens_nothing(database: Database, accounts: AccountRepository) -> None:
    local = accounts.create("admin", "Chefin", [(EVERY_TENANT, Role.ADMIN)], NOW, password=PASSWORD)
    other = vouched_account(database, replace(ANNA, name="admin"), NOW)
    assert other.id != local.id and other.name != "admin" and other.name.startswith("admin-")
    assert other.roles == DESK.roles
    assert accounts.get(local.id) == local


@pytest.mark.parametrize("name", ["", "ö", "<script>", "a" * 300, "anna beispiel", "日本"])
def test_whatever_the_provider_calls_somebody_becomes_a_name(database: Database, name: str) -> None:
    assert vouched_account(database, replace(ANNA, name=name), NOW).name


def test_without_a_role_nobody_gets_in_and_is_told_what_to_ask_for(
    database: Database, accounts: AccountRepository
) -> None:
    with pytest.raises(ForbiddenError, match="noch keine Rolle"):
        vouched_account(database, replace(ANNA, named=NamedRoles(frozenset(), ())), NOW)
    with pytest.raises(ForbiddenError, match="„amtslotse:musterstadt:boss“, das ist hier keine Rolle"):
        vouched_account(database, replace(ANNA, named=NamedRoles(frozenset(), ("amtslotse:musterstadt:boss",))), NOW)
    assert accounts.all() == ()


def test_who_loses_all_roles_loses_all_sessions(database: Database) -> None:
    anna = vouched_account(database, ANNA, NOW)
    token = SessionRepository(database).begin(anna, NOW)
    with pytest.raises(ForbiddenError):
        vouched_account(database, replace(ANNA, named=NamedRoles(frozenset(), ())), NOW)
    assert SessionRepository(database).find(token, NOW) is None
    assert AccountRepository(database).get(anna.id).roles == frozenset()


def test_a_locked_account_stays_locked_whatever_the_provider_says(
    database: Database, accounts: AccountRepository
) -> None:
    accounts.set_active(vouched_account(database, ANNA, NOW).id, False)
    with pytest.raises(ForbiddenError, match="gesperrt"):
        vouched_account(database, ANNA, NOW)
