"""Below /v1 every error has OpenAI's form, whoever raises it; elsewhere none has."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.settings import Settings
from tests.api.chat_client import Reply
from tests.servers import running_app

COMPLETIONS = "/v1/chat/completions"
JSON = {"Content-Type": "application/json"}


def _error(response: Reply, status: int, kind: str, code: str) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    error: dict[str, Any] = response.json()["error"]
    assert (error["type"], error["code"]) == (kind, code)
    assert error["message"]
    return error


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b'{"model": 1, "messages": "x"}', b'{"model": "x"}'])
def test_an_unreadable_body_is_a_bad_request(client: TestClient, content: bytes) -> None:
    _error(client.post(COMPLETIONS, content=content, headers=JSON), 400, "invalid_request_error", "invalid_input")


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    response = client.post(COMPLETIONS, content=b" " * (512 * 1024 + 1), headers=JSON)
    _error(response, 413, "invalid_request_error", "too_large")


def test_unknown_paths_and_methods_are_told(client: TestClient) -> None:
    _error(client.get("/v1/embeddings"), 404, "not_found_error", "not_found")
    response = client.get(COMPLETIONS)
    _error(response, 405, "invalid_request_error", "method_not_allowed")
    assert response.headers["allow"] == "POST"


def test_a_service_that_starts_is_told(settings: Settings, service: AnsweringService) -> None:
    with running_app(service, settings) as app:
        app.state.running = None
        _error(TestClient(app).get("/v1/models"), 503, "server_error", "not_ready")


def test_an_unknown_host_is_refused(settings: Settings, service: AnsweringService) -> None:
    named = settings.model_copy(update={"trusted_hosts": ("chat.musterstadt.de",)})
    with running_app(service, named) as app:
        response = TestClient(app).get("/v1/models", headers={"Host": "evil.example"})
    _error(response, 400, "invalid_request_error", "unknown_host")


def test_a_defect_is_told_in_general(
    settings: Settings, service: AnsweringService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def defect() -> tuple[str, ...]:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(service.generations, "tenants", defect)
    with running_app(service, settings) as app:
        error = _error(TestClient(app).get("/v1/models"), 500, "server_error", "failed")
    assert "secret" not in error["message"]


def test_calls_count_against_the_limit_of_their_address(settings: Settings, service: AnsweringService) -> None:
    with running_app(service, settings.model_copy(update={"rate_calls_per_address": 2})) as app:
        client = TestClient(app)
        assert [client.get("/v1/models").status_code for _ in range(2)] == [200, 200]
        response = client.get("/v1/models")
    _error(response, 429, "rate_limit_error", "too_many_requests")
    assert int(response.headers["retry-after"]) > 0


@pytest.mark.parametrize("path", ["/v1/models", COMPLETIONS, "/mcp"])
def test_pages_of_other_origins_get_no_permission(client: TestClient, path: str) -> None:
    origin = {"Origin": "https://www.musterstadt.example", "Access-Control-Request-Method": "POST"}
    for response in (client.get(path, headers=origin), client.options(path, headers=origin)):
        assert "access-control-allow-origin" not in response.headers


def test_elsewhere_errors_stay_problem_documents(client: TestClient) -> None:
    response = client.get("/api/v1/atlantis/widget")
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == "unknown_tenant"
