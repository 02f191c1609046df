"""Changes to accounts: who may make them, and that each is noted."""

from collections.abc import Callable

import pytest

from app.accounts.account import EVERY_TENANT, Account, Role
from app.accounts.administration import Administration
from app.accounts.audit import AuditFilter, AuditLog
from app.accounts.repository import AccountRepository
from app.accounts.sessions import SessionRepository
from app.database.connection import Database
from app.errors import ForbiddenError, InvalidInputError
from tests.accounts.conftest import NOW, PASSWORD

Make = Callable[..., Account]


@pytest.fixture
def make(accounts: AccountRepository) -> Make:
    """Makes an account with those roles."""
    return lambda name, *roles: accounts.create(name, name.title(), roles, NOW)


def _as(by: Account | None, database: Database, town: str | None = None) -> Administration:
    return Administration(database, by, NOW, "cli:root", town)


def _noted(database: Database, *towns: str) -> list[tuple[str, str, str, str | None]]:
    events = AuditLog(database).events(AuditFilter(towns or None), 20)
    return [(event.account_name, event.action, event.subject, event.tenant) for event in reversed(events)]


def test_every_change_is_noted_with_who_made_it(make: Make, database: Database) -> None:
    chief = make("chief", (EVERY_TENANT, Role.ADMIN))
    change = _as(chief, database)
    made = change.create("anna", "Anna", frozenset({("a", Role.DESK)}), PASSWORD)
    change.set_roles(made.id, frozenset({("b", Role.EDITOR)}))
    change.set_password(made.id, PASSWORD + "!")
    change.set_active(made.id, False)
    change.set_active(made.id, True)
    change.end_sessions(made.id)
    change.remove(made.id)
    assert _noted(database) == [
        ("chief", "user.create", "anna", None),
        ("chief", "user.roles", "anna", "a"),
        ("chief", "user.roles", "anna", "a"),
        ("chief", "user.roles", "anna", "b"),
        ("chief", "user.password", "anna", None),
        ("chief", "user.lock", "anna", None),
        ("chief", "user.unlock", "anna", None),
        ("chief", "user.sign_out", "anna", None),
        ("chief", "user.remove", "anna", None),
    ]


def test_the_command_line_may_do_everything_and_is_named(database: Database) -> None:
    _as(None, database).create("chief", "", frozenset({(EVERY_TENANT, Role.ADMIN)}), PASSWORD)
    assert _noted(database)[0] == ("cli:root", "user.create", "chief", None)


def test_a_towns_admin_makes_accounts_for_that_town_alone(make: Make, database: Database) -> None:
    change = _as(make("anna", ("a", Role.ADMIN)), database, "a")
    change.create("bea", "Bea", frozenset({("a", Role.ADMIN)}), PASSWORD)
    for roles in (("b", Role.DESK), (EVERY_TENANT, Role.DESK), (EVERY_TENANT, Role.ADMIN)):
        with pytest.raises(ForbiddenError):
            change.create("chris", "Chris", frozenset({("a", Role.DESK), roles}), PASSWORD)
    assert [action for _, action, _, _ in _noted(database, "a")] == ["user.create", "user.roles"]


@pytest.mark.parametrize("role", [("b", Role.DESK), (EVERY_TENANT, Role.EDITOR), (EVERY_TENANT, Role.ADMIN)])
def test_a_towns_admin_cannot_take_over_who_does_more(make: Make, database: Database, role: tuple[str, Role]) -> None:
    change = _as(make("anna", ("a", Role.ADMIN)), database, "a")
    more = make("bea", ("a", Role.DESK), role)
    attempts: tuple[Callable[[], Account], ...] = (
        lambda: change.set_password(more.id, PASSWORD),
        lambda: change.set_active(more.id, False),
        lambda: change.end_sessions(more.id),
        lambda: change.remove(more.id),
        lambda: change.set_roles(more.id, frozenset()),
    )
    for attempt in attempts:
        with pytest.raises(ForbiddenError):
            attempt()
    kept = change.set_roles_for(more.id, "a", [Role.EDITOR])
    assert kept.roles == {("a", Role.EDITOR), role}


@pytest.mark.parametrize("held", [Role.DESK, Role.EDITOR])
def test_nobody_raises_themselves(make: Make, database: Database, held: Role) -> None:
    me = make("anna", ("a", held))
    for roles in (frozenset({("a", Role.ADMIN)}), frozenset({(EVERY_TENANT, Role.ADMIN)})):
        with pytest.raises(ForbiddenError):
            _as(me, database, "a").set_roles(me.id, roles)


def test_nobody_locks_themselves_out(make: Make, database: Database) -> None:
    make("chief", (EVERY_TENANT, Role.ADMIN))
    me = make("anna", (EVERY_TENANT, Role.ADMIN))
    change = _as(me, database)
    attempts: tuple[Callable[[], Account], ...] = (
        lambda: change.set_active(me.id, False),
        lambda: change.remove(me.id),
        lambda: change.set_roles(me.id, frozenset({("a", Role.ADMIN)})),
    )
    for attempt in attempts:
        with pytest.raises(InvalidInputError, match="eigene Konto"):
            attempt()
    assert ("a", Role.DESK) in change.set_roles(me.id, frozenset({*me.roles, ("a", Role.DESK)})).roles


def test_roles_from_a_provider_are_changed_there(database: Database, accounts: AccountRepository) -> None:
    vouched = accounts.create("anna", "Anna", [("a", Role.DESK)], NOW, identity=("https://sso.example", "7"))
    with pytest.raises(InvalidInputError, match="Anmeldedienst"):
        _as(None, database).set_roles(vouched.id, frozenset())
    assert not _as(None, database).set_active(vouched.id, False).is_local


def test_a_locked_account_is_signed_out_everywhere(make: Make, database: Database) -> None:
    anna = make("anna", ("a", Role.DESK))
    token = SessionRepository(database).begin(anna, NOW)
    _as(make("chief", (EVERY_TENANT, Role.ADMIN)), database).end_sessions(anna.id)
    assert SessionRepository(database).find(token, NOW) is None
