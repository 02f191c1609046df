"""Probes, and what is said while nothing is published."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.main import create_app
from app.models.ports import Embedder
from app.records.repository import RecordRepository
from app.settings import Settings
from app.starting import build_service
from tests.answering.samples import PRICE_QUESTION
from tests.api.chat_client import CHAT, STREAM, assert_problem
from tests.servers import running_app


@pytest.fixture
def unpublished(small_knowledge: Path, embedder: Embedder, tmp_path: Path) -> Iterator[TestClient]:
    """A started service whose town has texts, but nothing published."""
    settings = Settings(data_dir=tmp_path, knowledge_dir=small_knowledge)
    records = RecordRepository(tmp_path / "records.sqlite3")
    with running_app(build_service(settings, embedder, None, records), settings) as app:
        yield TestClient(app)
    records.close()


def test_a_ready_service_names_model_embedder_and_generation(client: TestClient, service: AnsweringService) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {
        "status": "ready",
        "model": "scripted",
        "embedder": service.pipeline.embedder.info.name,
        "generations": {"musterstadt": service.generations.active("musterstadt").id},
        "switched_off": {},
    }


def test_without_published_texts_it_is_alive_but_not_ready(unpublished: TestClient) -> None:
    assert unpublished.get("/healthz").status_code == 200
    for path in ("/readyz", "/api/v1/musterstadt/widget"):
        detail = assert_problem(unpublished.get(path), 503, "not_ready")
        assert "noch nichts veröffentlicht" in detail
    page = unpublished.get("/")
    assert (page.status_code, page.headers["content-type"]) == (503, "text/html; charset=utf-8")


@pytest.mark.parametrize("headers", [{}, STREAM])
def test_without_published_texts_a_question_is_refused_with_a_sentence(
    unpublished: TestClient, headers: dict[str, str]
) -> None:
    response = unpublished.post(CHAT, json={"question": PRICE_QUESTION}, headers=headers)
    assert "noch nichts veröffentlicht" in assert_problem(response, 503, "not_ready")


def test_before_the_models_are_loaded_it_says_when_to_come_back(settings: Settings) -> None:
    starting = TestClient(create_app(settings))
    assert starting.get("/healthz").status_code == 200
    for response in (starting.get("/readyz"), starting.post(CHAT, json={"question": PRICE_QUESTION})):
        assert "startet gerade" in assert_problem(response, 503, "not_ready")
