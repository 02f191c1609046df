"""What `/openapi.json` says about problems."""

from typing import Any

import pytest

from app.main import create_app
from app.settings import Settings


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return create_app(Settings()).openapi()


def _operations(described: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method} {path}": operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }


def test_every_problem_is_a_problem_document(described: dict[str, Any]) -> None:
    for name, operation in _operations(described).items():
        problems = {status: each for status, each in operation["responses"].items() if int(status) >= 400}
        assert {"400", "413", "500"} <= problems.keys(), name
        for response in problems.values():
            assert response["description"]
            assert response["content"] == {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            }


def test_the_api_says_what_can_happen_to_a_call(described: dict[str, Any]) -> None:
    for name, operation in _operations(described).items():
        if "/api/v1/" in name:
            assert {"404", "422", "429", "503"} <= operation["responses"].keys(), name
            assert "Retry-After" in operation["responses"]["429"]["headers"]
            assert ("408" in operation["responses"]) == ("requestBody" in operation)


def test_nothing_is_described_that_is_never_sent(described: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in str(described)
    assert "422" not in _operations(described)["get /healthz"]["responses"]
    assert {"Problem", "AnswerOut", "ChatRequest"} <= described["components"]["schemas"].keys()


def test_the_answer_is_described_in_both_forms(described: dict[str, Any]) -> None:
    answered = _operations(described)["post /api/v1/{tenant}/chat"]["responses"]["200"]["content"]
    assert answered["application/json"]["schema"] == {"$ref": "#/components/schemas/AnswerOut"}
    assert "text/event-stream" in answered
