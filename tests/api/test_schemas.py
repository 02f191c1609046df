"""The public contract: field names that other programs read."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.answering.values import Origin, Statement, Status
from app.api.answer_parts import StatementOut
from app.main import create_app
from app.settings import Settings

ANSWER = {
    "answer_id", "status", "statements", "sources", "disclosure", "language", "dir", "model", "generation", "timings",
    "conversation_id", "ai_generated", "notices", "office", "online_service", "suggestions",
    "next_steps",
}  # fmt: skip


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    document = TestClient(create_app(Settings())).get("/openapi.json").json()
    found: dict[str, Any] = document["components"]["schemas"]
    return found


def test_an_answer_has_exactly_the_documented_fields(schemas: dict[str, Any]) -> None:
    assert schemas["AnswerOut"]["properties"].keys() == ANSWER
    assert schemas["StatementOut"]["properties"].keys() == {
        "text", "citations", "origin", "language", "dir", "ai_generated", "digital_source_type",
    }  # fmt: skip
    assert schemas["SourceOut"]["properties"].keys() == {
        "number", "title", "module", "url", "text", "chunk_id", "language", "dir",
    }  # fmt: skip


def test_a_problem_has_the_fields_of_the_standard_and_a_code(schemas: dict[str, Any]) -> None:
    assert schemas["Problem"]["properties"].keys() == {"type", "title", "status", "detail", "code"}


def test_status_and_origin_are_the_closed_sets_of_the_pipeline(schemas: dict[str, Any]) -> None:
    assert schemas["Status"]["enum"] == [status.value for status in Status]
    assert schemas["Origin"]["enum"] == [origin.value for origin in Origin]


def test_a_question_may_only_have_these_fields(schemas: dict[str, Any]) -> None:
    request = schemas["ChatRequest"]
    assert request["properties"].keys() == {"question", "conversation_id", "language", "style", "request_id"}
    assert request["required"] == ["question"]
    assert request["additionalProperties"] is False


def test_every_statement_says_its_language_and_direction() -> None:
    german = StatementOut.of(Statement("Das kostet 37,00 Euro.", (1,), Origin.QUOTE))
    arabic = StatementOut.of(Statement("هذا ما ورد في النص:", (), Origin.FRAME, "ar"))
    assert (german.language, german.dir) == ("de", "ltr")
    assert arabic.model_dump()["language"] == "ar"
    assert arabic.model_dump()["dir"] == "rtl"
