"""One's own account: password and sessions."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts.account import Role
from app.accounts.audit import AuditFilter, AuditLog
from app.accounts.repository import AccountRepository
from app.accounts.sessions import SessionRepository
from app.api.dependencies import Running
from app.console.access import COOKIE
from tests.console.staff import TENANT, Person, text_of

OLD, NEW = "vier Wörter ohne Sinn", "ganz anderer Satz hier"


@pytest.fixture
def anna(app: FastAPI) -> Person:
    running: Running = app.state.running
    database, now = running.service.records.database, running.clock()
    account = AccountRepository(database).create("anna", "Anna", [(TENANT, Role.DESK)], now, password=OLD)
    client = TestClient(app)
    client.post("/console/sign-in", data={"name": "anna", "password": OLD})
    session = SessionRepository(database).find(client.cookies[COOKIE], now)
    assert session is not None
    return Person(account, client, session.csrf)


def _change(person: Person, current: str, new: str, again: str) -> str:
    return text_of(person.post("/console/account/password", {"current": current, "password": new, "again": again}))


def test_the_page_says_who_one_is_and_what_one_may_do(anna: Person) -> None:
    said = text_of(anna.get("/console/account"))
    assert "Auskunft · Musterstadt" in said
    assert "dieser Browser" in said and "anderer Browser" not in said


def test_a_new_password_ends_all_other_sessions_and_renews_this_one(app: FastAPI, anna: Person) -> None:
    elsewhere = TestClient(app)
    elsewhere.post("/console/sign-in", data={"name": "anna", "password": OLD})
    before = anna.client.cookies[COOKIE]
    assert "Ihr Passwort ist geändert" in _change(anna, OLD, NEW, NEW)
    assert anna.client.cookies[COOKIE] != before
    for token in (before, elsewhere.cookies[COOKIE]):
        other = TestClient(app, cookies={COOKIE: token})
        assert other.get("/console/account", follow_redirects=False).status_code == 303
    running: Running = app.state.running
    accounts = AccountRepository(running.service.records.database)
    assert accounts.with_password("anna", OLD) is None and accounts.with_password("anna", NEW) is not None
    newest = AuditLog(running.service.records.database).events(AuditFilter(), 1)[0]
    assert (newest.account_name, newest.action) == ("anna", "account.password")


def test_without_the_present_password_nothing_changes(anna: Person) -> None:
    assert "bisherige Passwort stimmt nicht" in _change(anna, "falsch geraten", NEW, NEW)
    assert "nicht gleich" in _change(anna, OLD, NEW, NEW + "x")
    assert "leicht zu erraten" in _change(anna, OLD, "annaannaannaanna", "annaannaannaanna")
    assert anna.get("/console/account").status_code == 200


def test_somebody_at_an_open_browser_cannot_guess_the_password_for_long(anna: Person) -> None:
    said = [_change(anna, "falsch geraten", NEW, NEW) for _ in range(8)]
    assert "Zu viele fehlgeschlagene Versuche" in said[-1]


def test_other_sessions_can_be_ended_or_all_of_them(app: FastAPI, anna: Person) -> None:
    elsewhere = TestClient(app)
    elsewhere.post("/console/sign-in", data={"name": "anna", "password": OLD})
    assert "anderer Browser" in text_of(anna.get("/console/account"))
    assert "Alle anderen Sitzungen sind beendet" in text_of(anna.post("/console/account/sessions"))
    assert elsewhere.get("/console/account", follow_redirects=False).status_code == 303
    out = anna.post("/console/account/sessions", {"everywhere": "1"})
    assert "auf allen Geräten abgemeldet" in text_of(out)
    assert anna.get("/console/account", follow_redirects=False).status_code == 303
