"""Fixtures that several packages share. What is expensive is made once a process, or once a run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.console.texts import reading
from app.database.connection import Database
from app.models.factory import open_embedder
from app.models.ports import Embedder
from app.records.repository import RecordRepository
from app.settings import Settings
from app.starting import build_service
from ingest.generation import publish
from tests.fakes import ScriptedLanguageModel
from tests.knowledge import TENANT, copy_knowledge, silent
from tests.once import made_once
from tests.servers import environment, running_app, serving_process

hypothesis.settings.register_profile("steady", deadline=None)  # a busy machine is no defect
hypothesis.settings.load_profile("steady")
reading.FIRST_WAIT_S = 60.0  # likewise: pages show the texts, not that they are being read


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real embedder, as `make setup` prepared it."""
    return open_embedder(Settings())


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A fresh database of an installation."""
    opened = Database(tmp_path / "records.sqlite3")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def small_knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge folder with nine texts of Musterstadt. Don't change it: `copy_knowledge` makes another."""
    return copy_knowledge(tmp_path_factory.mktemp("small") / "knowledge")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, small_knowledge: Path, embedder: Embedder) -> Path:
    """A data folder with `small_knowledge` published. Don't change it: `published_copy` is another."""

    def make(data_dir: Path) -> None:
        publish(small_knowledge, data_dir, TENANT, embedder, "test", silent)

    return made_once(tmp_path_factory, "published", make)


@pytest.fixture
def published_copy(published: Path, tmp_path: Path) -> Path:
    """A copy of `published` to publish into, or to damage."""
    return Path(shutil.copytree(published, tmp_path / "data"))


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
def live_data(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of `live_server`: `published`, and the log of what it was asked."""
    return Path(shutil.copytree(published, tmp_path_factory.mktemp("live") / "data"))


@pytest.fixture(scope="session")
def live_server(live_data: Path, small_knowledge: Path) -> Iterator[str]:
    """Base URL of the real command, serving the small published knowledge with the embedded model."""
    with serving_process(environment(live_data, small_knowledge)) as url:
        yield url
