"""Security headers on every response; only the town's own pages may call the API from a browser."""

import pytest
from fastapi.testclient import TestClient

from tests.answering.samples import PRICE_QUESTION
from tests.api.chat_client import CHAT, STREAM

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
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


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
    assert "POST" in response.headers["access-control-allow-methods"]
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
