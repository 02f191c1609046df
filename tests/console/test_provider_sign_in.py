"""Signing in at a provider that really signs its tokens, and all that may be wrong with what comes back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from joserfc.jwk import OctKey
from pydantic import SecretStr

from app.accounts.account import Role
from app.accounts.audit import AuditFilter, AuditLog
from app.accounts.repository import AccountRepository
from app.answering.service import AnsweringService
from app.api.dependencies import Running
from app.database.connection import Database
from app.errors import ConfigurationError
from app.main import create_app
from app.settings import Settings
from tests.console.oidc_provider import CLIENT_ID, CLIENT_SECRET, OidcProvider, new_key, oidc_provider
from tests.console.staff import text_of
from tests.servers import running_app

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
START, RETURN = "/console/sign-in/provider", "/console/sign-in/provider/return"


@dataclass
class Visit:
    """A browser at the console, and the clock that both sides follow."""

    app: FastAPI
    client: TestClient
    provider: OidcProvider

    def start(self, back: str = "") -> Response:
        return self.client.get(START, params={"back": back}, follow_redirects=False)

    def finish(self, **changes: str) -> Response:
        """There and back, with other parameters on the way back."""
        back = self.provider.authorize(self.start().headers["location"])
        return self.client.get(RETURN, params={**back, **changes}, follow_redirects=False)

    def move(self, passed: timedelta) -> None:
        """Lets time pass here, not at the provider."""
        running: Running = self.app.state.running
        self.app.state.running = replace(running, clock=lambda: NOW + passed)

    @property
    def database(self) -> Database:
        running: Running = self.app.state.running
        return running.service.records.database


@pytest.fixture
def provider() -> Iterator[OidcProvider]:
    with oidc_provider(NOW) as serving:
        yield serving


@pytest.fixture
def visit(service: AnsweringService, settings: Settings, provider: OidcProvider) -> Iterator[Visit]:
    configured = settings.model_copy(
        update={
            "oidc_issuer": provider.issuer,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": SecretStr(CLIENT_SECRET),
            "oidc_label": "Stadtkonto",
        }
    )
    with running_app(service, configured) as app:
        visit = Visit(app, TestClient(app), provider)
        visit.move(timedelta(0))
        yield visit


def _refused(response: Response, visit: Visit, sentence: str, status: int = 403) -> None:
    assert response.status_code == status
    assert sentence in text_of(response)
    assert "amtslotse_session" not in visit.client.cookies
    assert AuditLog(visit.database).events(AuditFilter(), 1)[0].action == "session.refused"


def test_nobody_is_asked_before_somebody_signs_in(visit: Visit) -> None:
    page = visit.client.get("/console/sign-in?back=/console/musterstadt")
    assert "Mit Stadtkonto anmelden" in text_of(page)
    assert f'href="{START}?back=/console/musterstadt"' in page.text
    assert visit.provider.asked == []


def test_whoever_the_provider_vouches_for_is_signed_in_with_the_roles_of_the_token(visit: Visit) -> None:
    address = visit.start("/console/musterstadt").headers["location"]
    back = visit.client.get(RETURN, params=visit.provider.authorize(address), follow_redirects=False)
    assert (back.status_code, back.headers["location"]) == (303, "/console/musterstadt")
    assert "Guten Tag, Anna Beispiel" in text_of(visit.client.get("/console/musterstadt"))
    (account,) = AccountRepository(visit.database).all()
    assert account.roles == {("musterstadt", Role.DESK)}
    assert account.signed_in_at == NOW
    assert visit.provider.asked == ["/.well-known/openid-configuration", "/certs", "/token"]
    assert "amtslotse_sign_in" not in visit.client.cookies


def test_metadata_and_keys_are_read_once_an_hour(visit: Visit) -> None:
    visit.finish()
    visit.finish()
    assert visit.provider.asked.count("/certs") == 1
    visit.move(timedelta(hours=1, seconds=1))
    visit.start()
    assert visit.provider.asked.count("/certs") == 2


def test_a_new_key_of_the_provider_is_fetched_when_it_is_used(visit: Visit) -> None:
    visit.finish()
    visit.provider.key = new_key("second")
    assert visit.finish().status_code == 303


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "printer"},
        {"aud": None},
        {"aud": [CLIENT_ID, "printer"], "azp": "printer"},
        {"aud": [CLIENT_ID, "printer"]},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"exp": int((NOW - timedelta(minutes=2)).timestamp())},
        {"exp": None},
        {"nbf": int((NOW + timedelta(minutes=5)).timestamp())},
        {"iat": None},
        {"sub": None},
    ],
    ids=lambda claims: "-".join(f"{name}={value}"[:20] for name, value in claims.items()),
)
def test_a_token_with_a_wrong_claim_opens_nothing(visit: Visit, claims: dict[str, Any]) -> None:
    visit.provider.claims = claims
    _refused(visit.finish(), visit, "war nicht gültig")
    assert AccountRepository(visit.database).all() == ()


def test_a_token_without_a_signature_opens_nothing(visit: Visit) -> None:
    visit.provider.algorithm = "none"
    _refused(visit.finish(), visit, "war nicht gültig")


def test_a_token_signed_by_somebody_else_opens_nothing(visit: Visit) -> None:
    visit.provider.signed_with = new_key("first")
    _refused(visit.finish(), visit, "war nicht gültig")


def test_a_token_signed_with_the_secret_that_both_know_opens_nothing(visit: Visit) -> None:
    visit.provider.algorithm, visit.provider.signed_with = "HS256", OctKey.import_key(CLIENT_SECRET * 4)
    _refused(visit.finish(), visit, "war nicht gültig")


@pytest.mark.parametrize("state", ["", "forged", "ä"])
def test_a_forged_state_opens_nothing_and_asks_the_provider_nothing(visit: Visit, state: str) -> None:
    _refused(visit.finish(state=state), visit, "nicht in diesem Browser begonnen")
    assert "/token" not in visit.provider.asked


def test_a_sign_in_that_another_browser_began_cannot_be_finished_here(visit: Visit) -> None:
    answer = visit.provider.authorize(visit.start().headers["location"])
    victim = TestClient(visit.app)
    response = victim.get(RETURN, params=answer, follow_redirects=False)
    assert response.status_code == 403 and "set-cookie" not in response.headers.get("location", "")
    assert "nicht in diesem Browser begonnen" in text_of(response)
    assert "/token" not in visit.provider.asked


def test_a_cookie_that_somebody_made_up_is_no_sign_in(visit: Visit) -> None:
    visit.client.cookies.set("amtslotse_sign_in", "gAAAAABmade-up", path=START)
    response = visit.client.get(RETURN, params={"code": "x", "state": "y"})
    _refused(response, visit, "nicht in diesem Browser begonnen")


def test_a_sign_in_takes_ten_minutes_at_most(visit: Visit) -> None:
    answer = visit.provider.authorize(visit.start().headers["location"])
    visit.move(timedelta(minutes=11))
    _refused(visit.client.get(RETURN, params=answer), visit, "abgelaufen")


def test_a_code_works_once(visit: Visit) -> None:
    answer = visit.provider.authorize(visit.start().headers["location"])
    cookie = visit.client.cookies["amtslotse_sign_in"]
    assert visit.client.get(RETURN, params=answer, follow_redirects=False).status_code == 303
    again = TestClient(visit.app, cookies={"amtslotse_sign_in": cookie})
    assert again.get(RETURN, params=answer).status_code == 502


def test_what_the_provider_refuses_is_said_in_our_words(visit: Visit) -> None:
    refused = visit.finish(error="access_denied", error_description="<b>evil</b>")
    _refused(refused, visit, "hat die Anmeldung abgelehnt")
    assert "evil" not in refused.text


@pytest.mark.parametrize("groups", [[], ["/printer-users"], ["amtslotse:musterstadt:boss"], None])
def test_without_a_role_the_person_is_told_what_to_ask_for(visit: Visit, groups: list[str] | None) -> None:
    visit.provider.claims = {"groups": groups}
    response = visit.finish()
    _refused(response, visit, "haben für den Amtslotsen aber noch keine Rolle")
    assert ("„amtslotse:musterstadt:boss“, das ist hier keine Rolle" in text_of(response)) == (
        groups == ["amtslotse:musterstadt:boss"]
    )


def test_roles_follow_the_token_at_each_sign_in(visit: Visit) -> None:
    visit.finish()
    visit.provider.claims = {"groups": ["amtslotse:musterstadt:editor"]}
    visit.finish()
    (account,) = AccountRepository(visit.database).all()
    assert account.roles == {("musterstadt", Role.EDITOR)}


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_metadata_that_leads_to_another_host_are_not_followed(visit: Visit, name: str) -> None:
    visit.provider.endpoints = {name: "http://127.0.0.1:9/elsewhere"}
    response = visit.start()
    assert response.status_code == 502
    assert "Der Anmeldedienst hat die Anmeldung nicht angenommen" in text_of(response)


def test_a_provider_that_calls_itself_otherwise_is_not_believed(visit: Visit) -> None:
    visit.provider.endpoints = {"issuer": "https://evil.example"}
    assert visit.start().status_code == 502


def test_an_address_to_return_to_outside_the_console_is_forgotten(visit: Visit) -> None:
    address = visit.start("https://evil.example/console/").headers["location"]
    back = visit.client.get(RETURN, params=visit.provider.authorize(address), follow_redirects=False)
    assert back.headers["location"] == "/console/"


def test_failures_from_one_place_wait_like_wrong_passwords(visit: Visit) -> None:
    statuses = {visit.client.get(RETURN, params={"state": "x"}).status_code for _ in range(25)}
    assert statuses == {403, 429}


@pytest.mark.parametrize(
    "issuer", ["http://sso.musterstadt.de", "sso.musterstadt.de", "https://", "ftp://x", "https://x/?a=b"]
)
def test_an_issuer_without_tls_is_refused_at_the_start(settings: Settings, issuer: str) -> None:
    with pytest.raises(ConfigurationError, match="AMTSLOTSE_OIDC_ISSUER"):
        create_app(settings.model_copy(update={"oidc_issuer": issuer}))


def test_without_a_provider_there_is_no_way_there(client: TestClient) -> None:
    assert client.get(START).status_code == 404
    assert "Mit Dienstkonto anmelden" not in text_of(client.get("/console/sign-in"))
