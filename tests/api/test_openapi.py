"""What `/openapi.json` says: about every operation, what goes in, what comes out, and what can go wrong."""

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from app.api.openapi import API_VERSION
from app.api.openapi_examples import operation_examples
from app.main import create_app
from app.settings import PROJECT_ROOT, Settings

PROBLEM = {"$ref": "#/components/schemas/Problem"}
OPENAI_ERROR = {"$ref": "#/components/schemas/OpenAIError"}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return create_app(Settings()).openapi()


def _operations(described: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method} {path}": operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }


def _problems(operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {status: each for status, each in operation["responses"].items() if int(status) >= 400}


def _bodies(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything with a schema that is sent or received, problems included."""
    taken = operation.get("requestBody", {}).get("content", {}).values()
    given = (
        content for response in operation["responses"].values() for content in response.get("content", {}).values()
    )
    return [*taken, *given]


def test_every_operation_has_words_and_examples(described: dict[str, Any]) -> None:
    for name, operation in _operations(described).items():
        assert name in operation_examples(), f"{name}: add it to app/api/examples/"
        assert operation["summary"] == operation_examples()[name].summary
        assert operation["description"], name
        for body in _bodies(operation):
            assert "example" in body, f"{name}: an example is missing in app/api/examples/"
        for parameter in operation.get("parameters", []):
            assert "example" in parameter, f"{name}: no example of '{parameter['name']}' in app/api/examples/"


def test_there_is_no_example_of_what_does_not_exist(described: dict[str, Any]) -> None:
    assert operation_examples().keys() <= _operations(described).keys()


def test_every_example_keeps_to_its_schema(described: dict[str, Any]) -> None:
    registry = Registry[Any]().with_resource("urn:api", DRAFT202012.create_resource(described))
    for name, operation in _operations(described).items():
        for part in [*_bodies(operation), *operation.get("parameters", [])]:
            if "schema" in part:
                schema = _anchored(part["schema"])
                faults = list(Draft202012Validator(schema, registry=registry).iter_errors(part["example"]))
                assert not faults, f"{name}: {faults[0].json_path}: {faults[0].message}"


def _anchored(schema: Any) -> Any:
    """The schema with references that lead into the description."""
    if isinstance(schema, dict):
        return {key: f"urn:api{value}" if key == "$ref" else _anchored(value) for key, value in schema.items()}
    return [_anchored(item) for item in schema] if isinstance(schema, list) else schema


def test_every_problem_is_a_problem_document(described: dict[str, Any]) -> None:
    for name, operation in _operations(described).items():
        problems = _problems(operation)
        assert {"400", "413", "500"} <= problems.keys(), name
        for response in problems.values():
            assert response["description"]
            ((media_type, content),) = response["content"].items()
            of_openai = " /v1/" in name
            assert content["schema"] == (OPENAI_ERROR if of_openai else PROBLEM)
            assert media_type == ("application/json" if of_openai else "application/problem+json")


def test_the_api_says_what_can_happen_to_a_call(described: dict[str, Any]) -> None:
    for name, operation in _operations(described).items():
        if "/v1/" in name:
            ours = {"401"} if " /v1/" in name else {"422"}
            assert {"404", "429", "503", *ours} <= operation["responses"].keys(), name
            assert "Retry-After" in operation["responses"]["429"]["headers"]
            assert ("408" in operation["responses"]) == ("requestBody" in operation)


def test_nothing_is_described_that_is_never_sent(described: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in str(described)
    assert "422" not in _operations(described)["get /healthz"]["responses"]
    assert "422" not in _operations(described)["post /v1/chat/completions"]["responses"]
    assert {"Problem", "AnswerOut", "ChatRequest"} <= described["components"]["schemas"].keys()


@pytest.mark.parametrize(
    ("operation", "schema"),
    [("post /api/v1/{tenant}/chat", "AnswerOut"), ("post /v1/chat/completions", "ChatCompletion")],
)
def test_an_answer_is_described_in_both_forms(described: dict[str, Any], operation: str, schema: str) -> None:
    answered = _operations(described)[operation]["responses"]["200"]["content"]
    assert answered["application/json"]["schema"] == {"$ref": f"#/components/schemas/{schema}"}
    assert answered["text/event-stream"]["example"].endswith("\n")


def test_the_version_belongs_to_the_paths_and_stands_in_the_documentation(described: dict[str, Any]) -> None:
    assert described["info"]["version"] == API_VERSION
    assert re.fullmatch(r"1\.\d+\.\d+", API_VERSION)
    assert f"version {API_VERSION}" in (PROJECT_ROOT / "docs" / "api.md").read_text("utf-8")


def test_every_path_stands_in_the_documentation(described: dict[str, Any]) -> None:
    text = (PROJECT_ROOT / "docs" / "api.md").read_text("utf-8")
    for path in [*described["paths"], "/mcp"]:
        assert path in text, f"docs/api.md does not name {path}"
