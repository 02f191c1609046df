"""A new generation serves at once, without a restart and without failing a request."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest

from app.models.ports import Embedder
from app.records.repository import RecordRepository
from app.settings import Settings
from app.starting import build_service
from ingest.generation import publish
from ingest.rollback import rollback
from tests.answering.samples import PRICE_QUESTION, QUOTED
from tests.api.chat_client import asked
from tests.fakes import ScriptedLanguageModel
from tests.knowledge import TENANT, silent
from tests.servers import running_app, served


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """Folders that the test may publish in."""
    own = settings.model_copy(update={"data_dir": tmp_path / "data", "knowledge_dir": tmp_path / "knowledge"})
    shutil.copytree(settings.data_dir / TENANT, own.data_dir / TENANT)
    shutil.copytree(settings.knowledge_dir, own.knowledge_dir)
    return own


@pytest.fixture
def server(own: Settings, embedder: Embedder, scripted: ScriptedLanguageModel) -> Iterator[httpx.Client]:
    """A client of a server on those folders."""
    records = RecordRepository(own.data_dir / "records.sqlite3")
    service = build_service(own, embedder, scripted, records)
    with running_app(service, own) as app, served(app) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client
    records.close()


def _publish_changed(own: Settings, embedder: Embedder) -> str:
    text = own.knowledge_dir / TENANT / "services" / "personalausweis.md"
    text.write_text(text.read_text("utf-8").replace("37,00 Euro", "38,00 Euro"), "utf-8")
    return publish(own.knowledge_dir, own.data_dir, TENANT, embedder, "test", silent).id


def test_running_requests_survive_a_switch_and_later_ones_see_the_new_texts(
    server: httpx.Client, own: Settings, embedder: Embedder
) -> None:
    before = asked(server, PRICE_QUESTION)["generation"]
    done = Event()

    def keep_asking() -> list[dict[str, object]]:
        answers = [asked(server, PRICE_QUESTION)]
        while not done.is_set():
            answers.append(asked(server, PRICE_QUESTION))
        return [*answers, asked(server, PRICE_QUESTION)]

    with ThreadPoolExecutor() as threads:
        citizens = [threads.submit(keep_asking) for _ in range(2)]
        try:
            after = _publish_changed(own, embedder)
        finally:
            done.set()
        answers = [answer for citizen in citizens for answer in citizen.result()]
    told = {answer["generation"]: str(answer["statements"]) for answer in answers}
    assert told.keys() == {before, after}
    assert QUOTED in told[before]
    assert "38,00 Euro" in told[after]
    assert server.get("/readyz").json()["generations"] == {TENANT: after}


def test_rolling_back_serves_the_old_texts_again(server: httpx.Client, own: Settings, embedder: Embedder) -> None:
    _publish_changed(own, embedder)
    assert "38,00 Euro" in str(asked(server, PRICE_QUESTION)["statements"])
    rollback(own.data_dir, TENANT)
    assert QUOTED in str(asked(server, PRICE_QUESTION)["statements"])


def test_a_damaged_new_generation_leaves_the_old_one_serving(
    server: httpx.Client, own: Settings, embedder: Embedder
) -> None:
    before = asked(server, PRICE_QUESTION)["generation"]
    after = _publish_changed(own, embedder)
    (own.data_dir / TENANT / "generations" / after / "chunks.jsonl").write_text("", "utf-8")
    assert asked(server, PRICE_QUESTION)["generation"] == before
