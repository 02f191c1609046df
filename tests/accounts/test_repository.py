"""Accounts and how they are found."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from app.accounts.account import EVERY_TENANT, Role
from app.accounts.passwords import is_outdated
from app.accounts.repository import AccountRepository
from app.accounts.sessions import SessionRepository
from app.database.connection import Database
from app.database.tables import account_roles
from app.database.tables import accounts as table
from app.errors import InvalidInputError, NotFoundError
from tests.accounts.conftest import NOW, PASSWORD


def test_names_are_unique_whatever_their_case(accounts: AccountRepository) -> None:
    accounts.create("Anna.Beispiel", "Anna Beispiel", (), NOW)
    assert accounts.by_name(" anna.BEISPIEL ").display_name == "Anna Beispiel"
    with pytest.raises(InvalidInputError, match="gibt es schon"):
        accounts.create("ANNA.beispiel", "Jemand anders", (), NOW)


@pytest.mark.parametrize("name", ["", "a", "anna beispiel", "=cmd()", "a" * 65, "anna\n"[:-1] + ";", "<b>"])
def test_names_have_no_signs_that_mean_something_elsewhere(accounts: AccountRepository, name: str) -> None:
    with pytest.raises(InvalidInputError, match="Anmeldename"):
        accounts.create(name, "Anna", (), NOW)


def test_a_password_signs_in_until_the_account_is_locked(accounts: AccountRepository) -> None:
    made = accounts.create("anna", "Anna", (), NOW, password=PASSWORD)
    assert accounts.with_password("Anna", PASSWORD) == made
    assert accounts.with_password("anna", PASSWORD + "!") is None
    assert accounts.with_password("nobody", PASSWORD) is None
    accounts.set_active(made.id, False)
    assert accounts.with_password("anna", PASSWORD) is None


def test_an_old_hash_is_made_anew_when_its_password_is_used(accounts: AccountRepository, database: Database) -> None:
    made = accounts.create("anna", "Anna", (), NOW, password=PASSWORD)
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with database.writing() as connection:
        connection.execute(update(table).values(password_hash=weak))
    assert accounts.with_password("anna", PASSWORD) == made
    with database.reading() as connection:
        stored = connection.execute(select(table.c.password_hash)).scalar()
    assert not is_outdated(str(stored))
    assert accounts.with_password("anna", PASSWORD) == made


def test_an_identity_is_issuer_and_subject_together(accounts: AccountRepository) -> None:
    made = accounts.create("anna", "Anna", (), NOW, identity=("https://sso.example", "7"))
    assert not made.is_local
    assert accounts.by_identity("https://sso.example", "7") == made
    with pytest.raises(NotFoundError):
        accounts.by_identity("https://other.example", "7")
    with pytest.raises(InvalidInputError, match="Anmeldedienst"):
        accounts.set_password(made.id, PASSWORD)


def test_roles_are_replaced_as_a_whole(accounts: AccountRepository) -> None:
    made = accounts.create("anna", "Anna", [("a", Role.DESK), ("a", Role.DESK), ("b", Role.EDITOR)], NOW)
    assert made.roles == {("a", Role.DESK), ("b", Role.EDITOR)}
    changed = accounts.set_roles(made.id, [(EVERY_TENANT, Role.ADMIN)])
    assert changed.roles == {(EVERY_TENANT, Role.ADMIN)}
    assert accounts.all() == (changed,)


def test_removing_an_account_takes_roles_and_sessions_along(accounts: AccountRepository, database: Database) -> None:
    made = accounts.create("anna", "Anna", [("a", Role.DESK)], NOW)
    sessions = SessionRepository(database)
    token = sessions.begin(made, NOW)
    accounts.remove(made.id)
    assert sessions.find(token, NOW) is None
    with database.reading() as connection:
        assert connection.execute(select(account_roles)).all() == []
    with pytest.raises(NotFoundError):
        accounts.remove(made.id)


def test_admin_includes_the_other_roles_for_its_towns_only(accounts: AccountRepository) -> None:
    town = accounts.create("anna", "Anna", [("a", Role.ADMIN)], NOW)
    assert all(town.may("a", role) for role in Role)
    assert not any(town.may("b", role) for role in Role)
    assert not town.is_admin_everywhere
    everywhere = accounts.create("bea", "Bea", [(EVERY_TENANT, Role.EDITOR)], NOW)
    assert everywhere.may("b", Role.EDITOR) and not everywhere.may("b", Role.DESK)
    assert everywhere.tenants(["a", "b"]) == ("a", "b")
