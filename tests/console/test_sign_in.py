"""Signing in with a password, and what keeps others out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.accounts.account import Account, Role
from app.accounts.attempts import PAIR
from app.accounts.audit import AuditEvent, AuditFilter, AuditLog
from app.accounts.repository import AccountRepository
from app.accounts.sessions import IDLE, LONGEST
from app.api.dependencies import Running
from app.console.access import COOKIE
from tests.console.staff import TENANT, text_of

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PASSWORD = "vier Wörter ohne Sinn"
FORM = "/console/sign-in"


@dataclass
class Desk:
    """Somebody of the desk who is not signed in yet, and a clock that tests move."""

    app: FastAPI
    client: TestClient
    account: Account

    def enter(
        self, password: str = PASSWORD, name: str = "anna", client: TestClient | None = None, **more: str
    ) -> Response:
        data = {"name": name, "password": password, **more}
        return (client or self.client).post(FORM, data=data, follow_redirects=False)

    def move(self, passed: timedelta) -> None:
        running: Running = self.app.state.running
        self.app.state.running = replace(running, clock=lambda: NOW + passed)

    def noted(self) -> list[AuditEvent]:
        running: Running = self.app.state.running
        return list(reversed(AuditLog(running.service.records.database).events(AuditFilter(), 99)))


@pytest.fixture
def anna(app: FastAPI) -> Iterator[Desk]:
    running: Running = app.state.running
    accounts = AccountRepository(running.service.records.database)
    account = accounts.create("anna", "Anna Beispiel", [(TENANT, Role.DESK)], NOW, password=PASSWORD)
    desk = Desk(app, TestClient(app), account)
    desk.move(timedelta(0))
    yield desk


def test_name_and_password_open_the_page_that_was_asked_for(anna: Desk) -> None:
    response = anna.enter(back=f"/console/{TENANT}?page=2")
    assert (response.status_code, response.headers["location"]) == (303, f"/console/{TENANT}?page=2")
    assert "Anna Beispiel" in text_of(anna.client.get(f"/console/{TENANT}"))
    assert [(event.account_name, event.action) for event in anna.noted()] == [("anna", "session.begin")]


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/console/", "//evil.example/console/", "/\\evil.example", "/console/../api", "javascript:x",
     "/consolex", "/console/\\..\\x", "http:/console/"],
)  # fmt: skip
def test_nobody_is_led_out_of_the_console(anna: Desk, back: str) -> None:
    assert anna.enter(back=back).headers["location"] == "/console/"


@pytest.mark.parametrize(("name", "password"), [("anna", "falsch"), ("nobody", PASSWORD), ("", ""), ("anna", "")])
def test_what_was_wrong_is_not_said(anna: Desk, name: str, password: str) -> None:
    response = anna.enter(password, name)
    assert response.status_code == 403
    assert "Anmeldename oder Passwort stimmen nicht" in text_of(response)
    assert PASSWORD not in response.text
    assert COOKIE not in anna.client.cookies


def test_the_log_holds_no_name_that_is_nobodys(anna: Desk) -> None:
    anna.enter("falsch", "mein geheimes Passwort")
    anna.enter("falsch", "ANNA")
    assert [(event.account_name, event.action, event.subject) for event in anna.noted()] == [
        ("", "session.refused", "?"),
        ("", "session.refused", "anna"),
    ]


def test_the_cookie_is_for_the_console_alone_and_out_of_reach_of_scripts(anna: Desk) -> None:
    cookie = anna.enter().headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "; HttpOnly" in cookie and "; Path=/console;" in cookie and "; SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_over_tls_the_cookie_is_sent_over_tls_only_and_no_other_is_believed(anna: Desk) -> None:
    client = TestClient(anna.app, base_url="https://testserver")
    cookie = anna.enter(client=client).headers["set-cookie"]
    assert cookie.startswith(f"__Secure-{COOKIE}=") and "; Secure" in cookie
    assert client.get(f"/console/{TENANT}").status_code == 200
    token = client.cookies[f"__Secure-{COOKIE}"]
    planted = TestClient(anna.app, base_url="https://testserver", cookies={COOKIE: token})
    assert planted.get(f"/console/{TENANT}", follow_redirects=False).status_code == 303


def test_citizens_get_no_cookie(anna: Desk) -> None:
    anna.enter()
    for path in ("/", "/widget.js", f"/api/v1/{TENANT}/widget", "/healthz", "/static/page.css"):
        response = anna.client.get(path)
        assert "set-cookie" not in response.headers
        assert "cookie" not in response.request.headers


def test_a_session_of_before_ends_with_signing_in_again(anna: Desk) -> None:
    anna.enter()
    before = anna.client.cookies[COOKIE]
    anna.enter()
    assert anna.client.cookies[COOKIE] != before
    old = TestClient(anna.app, cookies={COOKIE: before})
    assert old.get(f"/console/{TENANT}", follow_redirects=False).status_code == 303


def test_a_token_that_a_stranger_planted_is_not_taken_over(anna: Desk) -> None:
    anna.client.cookies.set(COOKIE, "planted", path="/console")
    anna.enter()
    planted = TestClient(anna.app, cookies={COOKIE: "planted"})
    assert planted.get(f"/console/{TENANT}", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("passed", [IDLE + timedelta(minutes=1), LONGEST + timedelta(minutes=1)])
def test_a_session_that_is_over_leads_to_the_form(anna: Desk, passed: timedelta) -> None:
    anna.enter()
    anna.move(passed)
    response = anna.client.get(f"/console/{TENANT}", follow_redirects=False)
    assert response.headers["location"].startswith(FORM)


def test_a_locked_account_is_out_at_once(anna: Desk) -> None:
    anna.enter()
    running: Running = anna.app.state.running
    AccountRepository(running.service.records.database).set_active(anna.account.id, False)
    assert anna.client.get(f"/console/{TENANT}", follow_redirects=False).status_code == 303
    assert anna.enter().status_code == 403


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_guessing_has_to_wait_whether_or_not_the_name_exists(anna: Desk, name: str) -> None:
    for _ in range(PAIR.free):
        assert anna.enter("falsch", name).status_code == 403
    refused = anna.enter(PASSWORD, name)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert "Zu viele fehlgeschlagene Versuche. Bitte versuchen Sie es in einer Sekunde noch einmal." in text_of(refused)
    anna.move(timedelta(seconds=1))
    assert anna.enter(PASSWORD, name).status_code == (303 if name == "anna" else 403)


def test_where_somebody_has_signed_in_they_do_so_again_whatever_strangers_try(anna: Desk) -> None:
    here, stranger = TestClient(anna.app, client=("203.0.113.5", 1)), TestClient(anna.app, client=("198.51.100.7", 1))
    assert anna.enter(client=here).status_code == 303
    for second in range(40):
        anna.move(timedelta(minutes=second))
        anna.enter("falsch", client=stranger)
    assert anna.enter("falsch", client=stranger).status_code == 429
    assert anna.enter(client=here).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_site_cannot_sign_somebody_in(anna: Desk, headers: dict[str, str]) -> None:
    data = {"name": "anna", "password": PASSWORD}
    assert anna.client.post(FORM, data=data, headers=headers).status_code == 403
    assert COOKIE not in anna.client.cookies


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://testserver"}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}]
)
def test_browsers_at_our_own_form_get_in(anna: Desk, headers: dict[str, str]) -> None:
    data = {"name": "anna", "password": PASSWORD}
    assert anna.client.post(FORM, data=data, headers=headers, follow_redirects=False).status_code == 303


def test_signing_out_ends_the_session_for_good(anna: Desk) -> None:
    anna.enter()
    token = anna.client.cookies[COOKIE]
    page = anna.client.get(f"/console/{TENANT}").text
    csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
    out = anna.client.post("/console/sign-out", data={"csrf": csrf})
    assert "Sie sind abgemeldet" in text_of(out)
    assert COOKIE not in anna.client.cookies
    assert TestClient(anna.app, cookies={COOKIE: token}).get("/console/", follow_redirects=False).status_code == 303
    assert anna.noted()[-1].action == "session.end"


def test_pages_of_the_console_are_neither_kept_nor_framed(anna: Desk) -> None:
    anna.enter()
    for path in (FORM, f"/console/{TENANT}", "/console/gibt/es/nicht"):
        headers = anna.client.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
