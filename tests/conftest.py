"""Fixtures that several packages share. What is expensive is made once a session."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.main import build_service
from app.models.ports import Embedder
from app.records.repository import RecordRepository
from app.settings import Settings
from tests.fakes import ScriptedLanguageModel
from tests.servers import environment, running_app, serving_process


@pytest.fixture
def scripted() -> Iterator[ScriptedLanguageModel]:
    """The language model of `service`: drafts nothing until an answer is enqueued."""
    model = ScriptedLanguageModel(default="")
    yield model
    model.close()


@pytest.fixture
def settings(published: Path, small_knowledge: Path) -> Settings:
    """Settings of `service`; generations are shared, so a test that publishes copies the data folder."""
    return Settings(data_dir=published, knowledge_dir=small_knowledge)


@pytest.fixture
def service(
    settings: Settings, embedder: Embedder, scripted: ScriptedLanguageModel, tmp_path: Path
) -> Iterator[AnsweringService]:
    """The answering service on the small published knowledge, with an answer log of its own."""
    records = RecordRepository(tmp_path / "records.sqlite3")
    yield build_service(settings, embedder, scripted, records)
    records.close()


@pytest.fixture
def client(service: AnsweringService, settings: Settings) -> Iterator[TestClient]:
    """HTTP without sockets, on `service`."""
    with running_app(service, settings) as app:
        yield TestClient(app)


@pytest.fixture(scope="session")
def live_server(published: Path, small_knowledge: Path) -> Iterator[str]:
    """Base URL of the real command, serving the small published knowledge with the embedded model."""
    with serving_process(environment(published, small_knowledge)) as url:
        yield url
