"""Requests made up from our own description, right ones and wrong ones: no defect, and nothing but what it says."""

from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.schemas import OpenApiSchema

from app.api.dependencies import Running
from app.main import create_app
from app.models.ports import Embedder
from app.records.repository import RecordRepository
from app.settings import Settings
from app.starting import build_service
from tests.answering.samples import PRICE_QUESTION
from tests.api.chat_client import asked
from tests.knowledge import TENANT

CONVERSATION = "schemathesis-conversation-1"
MODEL = f"amtslotse-{TENANT}"
EXAMPLES = 15


@asynccontextmanager
async def _nothing(app: FastAPI) -> AsyncIterator[None]:
    yield


@pytest.fixture(scope="module")
def app(
    published: Path, small_knowledge: Path, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FastAPI]:
    """The real application on the small town, without a language model and without rate limits."""
    mine = Settings(
        data_dir=published,
        knowledge_dir=small_knowledge,
        llm_backend="none",
        rate_calls_per_address=0,
        rate_questions_per_address=0,
        rate_questions_per_conversation=0,
    )
    records = RecordRepository(tmp_path_factory.mktemp("records") / "records.sqlite3")
    app = create_app(mine)
    app.router.lifespan_context = _nothing  # it would load the models again
    with ThreadPoolExecutor(max_workers=mine.queue_size) as workers:
        app.state.running = Running(mine, build_service(mine, embedder, None, records), workers)
        yield app
    records.close()


@pytest.fixture(scope="module")
def described(app: FastAPI) -> OpenApiSchema:
    """The description, with names of things that exist to be mixed into what is made up."""
    answer = asked(TestClient(app), PRICE_QUESTION, conversation_id=CONVERSATION)
    names = {"tenant": [TENANT], "conversation": [CONVERSATION], "answer": [answer["answer_id"]], "model": [MODEL]}
    config = schemathesis.Config.from_dict(
        {
            "dictionaries": {name: {"values": values} for name, values in names.items()},
            "parameters": {
                "path.tenant": {"dictionary": "tenant", "probability": 0.7},
                "path.conversation_id": {"dictionary": "conversation", "probability": 0.5},
                "path.answer_id": {"dictionary": "answer", "probability": 0.5},
                "path.model": {"dictionary": "model", "probability": 0.7},
                "body.model": {"dictionary": "model", "probability": 0.7},
                "body.conversation_id": {"dictionary": "conversation", "probability": 0.3},
                "query.conversation_id": {"dictionary": "conversation", "probability": 0.7},
            },
            "operations": [
                {  # 422 for a text that is no question, which no schema can say
                    "include-path": "/api/v1/{tenant}/chat",
                    "checks": {"positive_data_acceptance": {"enabled": False}},
                },
                {  # the same for comments and questions that are passed on
                    "include-path": [
                        "/api/v1/{tenant}/answers/{answer_id}/feedback",
                        "/api/v1/{tenant}/handovers",
                    ],
                    "checks": {"positive_data_acceptance": {"enabled": False}},
                },
                {  # the same as 400, and for parameters that are refused by their value
                    "include-path": "/v1/chat/completions",
                    "checks": {"positive_data_acceptance": {"enabled": False}},
                },
            ],
        }
    )
    return schemathesis.openapi.from_asgi("/openapi.json", app, config=config)


def _operations() -> Iterator[tuple[str, str, GenerationMode]]:
    for path, methods in create_app(Settings()).openapi()["paths"].items():
        for method, operation in methods.items():
            yield path, method, GenerationMode.POSITIVE
            if _can_be_wrong(operation):
                yield path, method, GenerationMode.NEGATIVE


def _can_be_wrong(operation: dict[str, Any]) -> bool:
    """Whether a request for it can break the schema: any text is right for a part of the path without a pattern."""
    parameters = operation.get("parameters", [])
    return "requestBody" in operation or any("pattern" in each["schema"] for each in parameters)


@pytest.mark.parametrize(("path", "method", "mode"), list(_operations()))
def test_every_operation_keeps_to_its_description(
    described: OpenApiSchema, path: str, method: str, mode: GenerationMode
) -> None:
    @settings(max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=described[path][method].as_strategy(generation_mode=mode))
    def keeps_to_it(case: Any) -> None:
        case.call_and_validate()

    keeps_to_it()
