"""The pages of accounts: of the installation and of a town."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts.account import EVERY_TENANT, Account, Role
from app.accounts.audit import AuditFilter, AuditLog
from app.accounts.repository import AccountRepository
from app.api.dependencies import Running
from app.database.connection import Database
from tests.console.staff import TENANT, Person, sign_in, text_of

PASSWORD = "vier Wörter ohne Sinn"
NEW = {"name": "bea", "display_name": "Bea Beispiel", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def database(app: FastAPI) -> Database:
    running: Running = app.state.running
    return running.service.records.database


@pytest.fixture
def chief(app: FastAPI) -> Person:
    """Who administers the whole installation."""
    return sign_in(app, Role.ADMIN, tenant=EVERY_TENANT)


def _named(database: Database, name: str) -> Account:
    return AccountRepository(database).by_name(name)


def test_the_admin_of_a_town_makes_an_account_that_can_sign_in(app: FastAPI, admin: Person, database: Database) -> None:
    page = admin.post("users", {**NEW, "role": [f"{TENANT}:desk", f"{TENANT}:editor"]})
    assert "Das Konto ist angelegt" in text_of(page)
    assert _named(database, "bea").roles == {(TENANT, Role.DESK), (TENANT, Role.EDITOR)}
    assert "Bea Beispiel" in text_of(admin.get("users"))
    entered = TestClient(app).post("/console/sign-in", data={"name": "bea", "password": PASSWORD})
    assert entered.url.path == f"/console/{TENANT}"
    events = AuditLog(database).events(AuditFilter((TENANT,)), 9)
    assert {(event.action, event.account_name) for event in events} == {
        ("user.create", admin.account.name),
        ("user.roles", admin.account.name),
    }


def test_what_is_wrong_is_said_and_what_was_typed_stays_except_the_password(admin: Person) -> None:
    for wrong, sentence in (
        ({"again": "anders"}, "nicht gleich"),
        ({"password": "kurz", "again": "kurz"}, "12 bis 256 Zeichen"),
        ({"name": "b e a"}, "Anmeldename"),
    ):
        page = admin.post("users", {**NEW, "role": f"{TENANT}:desk", **wrong})
        assert (page.status_code, sentence in text_of(page)) == (422, True)
        assert 'value="Bea Beispiel"' in page.text
        assert page.text.count(" checked") == 1
        assert PASSWORD not in page.text
    assert "mindestens eine Rolle" in text_of(admin.post("users", NEW))


@pytest.mark.parametrize("role", [f"{EVERY_TENANT}:admin", f"{EVERY_TENANT}:desk", "anderswo:desk", ":admin", "boss"])
def test_the_admin_of_a_town_gives_no_rights_beyond_it(admin: Person, database: Database, role: str) -> None:
    assert admin.post("users", {**NEW, "role": role}).status_code == 422
    assert admin.post("users", {**NEW, "name": "chris", "role": f"{TENANT}:desk"}).status_code == 200
    chris = _named(database, "chris")
    assert admin.post(f"users/{chris.id}/roles", {"role": role}).status_code == 422
    assert _named(database, "chris").roles == {(TENANT, Role.DESK)}


def test_the_admin_of_a_town_sees_only_whom_it_concerns(app: FastAPI, admin: Person, chief: Person) -> None:
    stranger = sign_in(app, Role.DESK, tenant="anderswo")
    listed = text_of(admin.get("users"))
    assert stranger.account.name not in listed and chief.account.name in listed
    assert admin.get(f"users/{stranger.account.id}").status_code == 404
    for what in ("roles", "password", "active", "sessions", "remove"):
        assert admin.post(f"users/{stranger.account.id}/{what}").status_code == 404
    assert admin.get("/console/users").status_code == 403


@pytest.mark.parametrize(
    ("what", "data"),
    [("password", {"password": PASSWORD, "again": PASSWORD}), ("active", {"active": "0"}), ("sessions", {}),
     ("remove", {"sure": "1"})],
)  # fmt: skip
def test_the_admin_of_a_town_cannot_take_over_who_administers_all(
    admin: Person, chief: Person, what: str, data: dict[str, str]
) -> None:
    response = admin.post(f"users/{chief.account.id}/{what}", data)
    assert response.status_code == 403
    assert "hat Rechte, die Sie nicht verwalten" in text_of(response)
    assert chief.get("/console/users").status_code == 200


def test_an_existing_account_gets_roles_for_another_town(app: FastAPI, admin: Person, database: Database) -> None:
    accounts = AccountRepository(database)
    accounts.create("chris", "Chris", [("anderswo", Role.ADMIN)], app.state.running.clock(), password=PASSWORD)
    page = admin.post("users/existing", {"existing": "Chris", "role": f"{TENANT}:desk"})
    assert "Die Rollen sind gespeichert" in text_of(page)
    assert "Passwort, Sperre und Löschen sind deshalb Sache der Administration" in text_of(page)
    assert _named(database, "chris").roles == {("anderswo", Role.ADMIN), (TENANT, Role.DESK)}
    assert admin.post("users/existing", {"existing": "niemand", "role": f"{TENANT}:desk"}).status_code == 404


def test_taking_away_the_last_role_of_the_town_leads_back_to_the_list(admin: Person, database: Database) -> None:
    admin.post("users", {**NEW, "role": f"{TENANT}:desk"})
    page = admin.post(f"users/{_named(database, 'bea').id}/roles")
    assert page.url.path == f"/console/{TENANT}/users"
    assert _named(database, "bea").roles == frozenset()


def test_whoever_administers_the_installation_does_all_of_it(chief: Person, database: Database) -> None:
    assert "Das Konto ist angelegt" in text_of(chief.post("/console/users", {**NEW, "role": "*:editor"}))
    bea = f"/console/users/{_named(database, 'bea').id}"
    assert "Die Rollen sind gespeichert" in text_of(chief.post(f"{bea}/roles", {"role": [f"{TENANT}:desk", "*:desk"]}))
    assert _named(database, "bea").roles == {(TENANT, Role.DESK), (EVERY_TENANT, Role.DESK)}
    other = "ganz anderer Satz hier"
    assert "Das Passwort ist gesetzt" in text_of(chief.post(f"{bea}/password", {"password": other, "again": other}))
    assert AccountRepository(database).with_password("bea", other) is not None
    assert "gesperrt" in text_of(chief.post(f"{bea}/active", {"active": "0"}))
    assert "überall abgemeldet" in text_of(chief.post(f"{bea}/sessions"))
    assert "Bestätigen Sie" in text_of(chief.post(f"{bea}/remove"))
    assert "Das Konto ist gelöscht" in text_of(chief.post(f"{bea}/remove", {"sure": "1"}))
    assert "Bea Beispiel" not in text_of(chief.get("/console/users"))


def test_a_locked_person_is_out_at_once_and_back_when_unlocked(app: FastAPI, chief: Person, desk: Person) -> None:
    path = f"/console/users/{desk.account.id}/active"
    chief.post(path, {"active": "0"})
    assert desk.get("", follow_redirects=False).status_code == 303
    chief.post(path, {"active": "1"})
    assert desk.get("", follow_redirects=False).status_code == 303  # the session is gone, the account is back


def test_nobody_locks_themselves_out(chief: Person) -> None:
    mine = f"/console/users/{chief.account.id}"
    for what, data in (("active", {"active": "0"}), ("remove", {"sure": "1"}), ("roles", {"role": f"{TENANT}:admin"})):
        response = chief.post(f"{mine}/{what}", data)
        assert (what, response.status_code) == (what, 422)
    assert 'name="sure"' not in chief.get(mine).text


def test_roles_from_a_provider_are_shown_and_not_offered(app: FastAPI, admin: Person, database: Database) -> None:
    now, identity = app.state.running.clock(), ("https://sso.example", "7")
    made = AccountRepository(database).create("doro", "Doro", [(TENANT, Role.DESK)], now, identity=identity)
    page = admin.get(f"users/{made.id}")
    assert "kommen bei jeder Anmeldung vom Anmeldedienst" in text_of(page)
    assert 'name="role"' not in page.text and 'name="password"' not in page.text
    assert admin.post(f"users/{made.id}/roles", {"role": f"{TENANT}:editor"}).status_code == 422


@pytest.mark.parametrize("role", [Role.DESK, Role.EDITOR])
def test_others_do_not_get_there(app: FastAPI, role: Role) -> None:
    person = sign_in(app, role)
    for path in ("users", f"users/{person.account.id}", "audit", "audit.csv", "/console/users", "/console/audit"):
        assert person.get(path).status_code == 403
