"""Security headers on every response; only the town's own pages may call the API from a browser."""

import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.api.headers import protective_headers, tenant_in
from app.settings import Settings
from tests.answering.samples import PRICE_QUESTION
from tests.api.chat_client import CHAT, STREAM, assert_problem
from tests.servers import running_app

ALLOWED = "https://www.musterstadt.example"
FOREIGN = [
    "https://evil.example",
    "http://www.musterstadt.example",
    "https://www.musterstadt.example.evil.example",
    "https://www.musterstadt.example:8443",
    "null",
    "*",
]
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/readyz", "/widget.js", "/nichts", "/api/v1/musterstadt/widget", "/openapi.json"]
)
def test_every_response_is_protected(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "microphone=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers


@pytest.mark.parametrize("path", ["/healthz", "/widget.js", "/nichts", "/api/v1/musterstadt/widget", "/openapi.json"])
def test_what_is_no_page_is_framed_by_nobody(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert headers["x-frame-options"] == "DENY"


def test_a_towns_page_is_framed_by_the_towns_own_pages_only(client: TestClient) -> None:
    headers = client.get("/").headers
    assert headers["content-security-policy"].endswith(f"frame-ancestors {ALLOWED}")
    assert "x-frame-options" not in headers  # knows no origins


def test_a_page_of_a_town_without_such_pages_is_framed_by_nobody() -> None:
    headers = protective_headers("/", "http")
    assert headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("path", "tenant"),
    [
        ("/", "default"),
        ("/api/v1/musterstadt/chat", "musterstadt"),
        ("/api/v1/musterstadt", "musterstadt"),
        ("/musterstadt/transparenz", "musterstadt"),
        ("/musterstadt", "musterstadt"),
        ("//evil.example/", "evil.example"),
    ],
)
def test_a_path_belongs_to_a_town(path: str, tenant: str) -> None:
    assert tenant_in(path, "default") == tenant


def test_over_tls_browsers_are_told_to_stay_there(service: AnsweringService, settings: Settings) -> None:
    behind = settings.model_copy(update={"trusted_proxies": ("10.0.0.1",)})
    with running_app(service, behind) as app:
        for address, told in (("10.0.0.1", True), ("198.51.100.1", False)):
            client = TestClient(app, client=(address, 50_000))
            headers = client.get("/healthz", headers={"X-Forwarded-Proto": "https"}).headers
            assert ("strict-transport-security" in headers) is told


def test_caches_know_that_the_api_answers_each_origin_differently(client: TestClient) -> None:
    for headers in ({}, {"Origin": ALLOWED}, {"Origin": FOREIGN[0]}):
        response = client.get("/api/v1/musterstadt/widget", headers=headers)
        assert response.headers["vary"] == "Origin"
        assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("chat.musterstadt.de", 200),
        ("CHAT.Musterstadt.de:8443", 200),
        ("a.stadt.example", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("localhost", 200),
        ("evil.example", 400),
        ("stadt.example", 400),
        ("chat.musterstadt.de.evil.example", 400),
        ("a.b.stadt.example", 400),
        ("", 400),
    ],
)
def test_only_listed_hosts_are_answered(service: AnsweringService, settings: Settings, host: str, status: int) -> None:
    named = settings.model_copy(update={"trusted_hosts": ("chat.musterstadt.de", "*.stadt.example")})
    with running_app(service, named) as app:
        response = TestClient(app).get("/healthz", headers={"Host": host})
    if status == 400:
        assert_problem(response, 400, "unknown_host")
        assert "content-security-policy" in response.headers
    assert response.status_code == status


@pytest.mark.parametrize("headers", [{}, STREAM])
def test_the_towns_own_page_may_ask(client: TestClient, headers: dict[str, str]) -> None:
    response = client.post(CHAT, json={"question": PRICE_QUESTION}, headers={"Origin": ALLOWED, **headers})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == ALLOWED
    assert "Origin" in response.headers["vary"]
    assert "AI-Generated" in response.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in response.headers


def test_the_towns_own_page_can_read_a_refusal(client: TestClient) -> None:
    response = client.post(CHAT, json={"question": ""}, headers={"Origin": ALLOWED})
    assert response.status_code == 422
    assert response.headers["access-control-allow-origin"] == ALLOWED


@pytest.mark.parametrize("origin", FOREIGN)
def test_other_pages_get_no_permission(client: TestClient, origin: str) -> None:
    response = client.get("/api/v1/musterstadt/widget", headers={"Origin": origin})
    assert "access-control-allow-origin" not in response.headers
    preflight = client.options(CHAT, headers={"Origin": origin, **PREFLIGHT})
    assert preflight.status_code == 405
    assert "access-control-allow-origin" not in preflight.headers


def test_the_origin_of_one_town_is_none_of_another(client: TestClient) -> None:
    response = client.options("/api/v1/nirgendwo/chat", headers={"Origin": ALLOWED, **PREFLIGHT})
    assert response.status_code == 405
    assert "access-control-allow-origin" not in response.headers


def test_the_towns_own_page_passes_the_preflight(client: TestClient) -> None:
    response = client.options(CHAT, headers={"Origin": ALLOWED, **PREFLIGHT})
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == ALLOWED
    assert response.headers["access-control-allow-methods"] == "GET, POST, DELETE"
    assert "content-type" in response.headers["access-control-allow-headers"]
    assert response.content == b""


@pytest.mark.parametrize("path", ["/widget.js", "/static/demo.css"])
def test_the_widgets_files_may_be_embedded_anywhere(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"Origin": "https://somewhere.example"})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"


def test_the_demo_page_is_not_shared(client: TestClient) -> None:
    assert "access-control-allow-origin" not in client.get("/", headers={"Origin": ALLOWED}).headers
