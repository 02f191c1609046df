"""A paused bot over HTTP: a clear state for clients, the widget and whoever watches the service."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.models.ports import Embedder
from app.records.repository import RecordRepository
from app.settings import Settings
from app.starting import build_service
from app.switches.board import SwitchBoard
from app.switches.state import Block, BlockKind, Order, Pausable, Pause
from app.switches.store import STATE_FILE
from tests.answering.samples import PRICE_QUESTION
from tests.api.chat_client import asked, streamed
from tests.knowledge import TENANT
from tests.servers import running_app

WIDGET = "/api/v1/musterstadt/widget"
ORDER = Order(by="petra", reason="falsche Gebühr", at=datetime(2026, 11, 2, tzinfo=UTC))
PAUSE = Pause(**ORDER.model_dump(), notice={"de": "Wegen Wartung bis 14 Uhr geschlossen.", "en": "Back at 2 pm."})


@pytest.fixture
def board(published_copy: Path) -> SwitchBoard:
    """What an operator switches on, in another process than the server."""
    return SwitchBoard(published_copy)


@pytest.fixture
def client(published_copy: Path, small_knowledge: Path, embedder: Embedder, tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(data_dir=published_copy, knowledge_dir=small_knowledge)
    records = RecordRepository(tmp_path / "records.sqlite3")
    with running_app(build_service(settings, embedder, None, records), settings) as app:
        yield TestClient(app)
    records.close()


def test_a_pause_holds_for_the_next_question_and_ends_with_the_next_one(client: TestClient, board: SwitchBoard) -> None:
    assert asked(client, PRICE_QUESTION)["status"] == "answered"
    board.pause(TENANT, Pausable.BOT, PAUSE)
    answer = asked(client, PRICE_QUESTION)
    assert answer["status"] == "paused"
    assert [statement["text"] for statement in answer["statements"]] == ["Wegen Wartung bis 14 Uhr geschlossen."]
    assert answer["office"]["id"] == "buergeramt"
    assert "Maschine" in answer["disclosure"]
    board.resume(TENANT, Pausable.BOT, ORDER)
    assert asked(client, PRICE_QUESTION)["status"] == "answered"


def test_a_paused_stream_has_the_events_of_every_other(client: TestClient, board: SwitchBoard) -> None:
    board.pause(TENANT, Pausable.BOT, PAUSE)
    events = streamed(client, PRICE_QUESTION)
    assert [event.name for event in events] == ["disclosure", "statement", "sources", "done"]
    assert events[-1].data["status"] == "paused"
    assert streamed(client, "Hilfe, meine Wohnung brennt!")[-1].data["status"] == "emergency"


def test_the_widget_learns_of_a_pause_before_the_first_question(client: TestClient, board: SwitchBoard) -> None:
    assert client.get(WIDGET).json()["notices"] == []
    board.pause(TENANT, Pausable.BOT, PAUSE)
    assert client.get(WIDGET).json()["notices"] == [
        {"text": "Wegen Wartung bis 14 Uhr geschlossen.", "language": "de", "dir": "ltr"}
    ]
    arabic = client.get(WIDGET, params={"language": "ar"}).json()["notices"]
    assert [(notice["language"], notice["dir"]) for notice in arabic] == [("ar", "rtl"), ("de", "ltr")]
    board.pause(TENANT, Pausable.BOT, Pause(**ORDER.model_dump()))
    assert "03999" in client.get(WIDGET).json()["notices"][0]["text"]


def test_a_service_with_a_pause_is_ready_and_names_it(client: TestClient, board: SwitchBoard) -> None:
    assert client.get("/readyz").json()["switched_off"] == {}
    board.pause(TENANT, Pausable.GENERATION, Pause(**ORDER.model_dump()))
    board.block(TENANT, Block(**ORDER.model_dump(), kind=BlockKind.SERVICE, target="reisepass"))
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["switched_off"] == {TENANT: ["generation", "topics"]}


def test_a_pause_that_is_over_is_no_pause(client: TestClient, board: SwitchBoard) -> None:
    over = datetime.now(UTC) - timedelta(seconds=1)
    board.pause(TENANT, Pausable.BOT, PAUSE.model_copy(update={"until": over}))
    assert asked(client, PRICE_QUESTION)["status"] == "answered"
    assert client.get("/readyz").json()["switched_off"] == {}


def test_with_damaged_switches_the_bot_is_paused_and_says_no_more_than_that(
    client: TestClient, board: SwitchBoard, published_copy: Path
) -> None:
    board.block(TENANT, Block(**ORDER.model_dump(), kind=BlockKind.SERVICE, target="reisepass"))
    (published_copy / TENANT / STATE_FILE).write_text("{", "utf-8")
    answer = asked(client, PRICE_QUESTION)
    assert answer["status"] == "paused"
    assert "switches" not in str(answer)
    assert client.get("/readyz").json()["switched_off"] == {TENANT: ["bot"]}


def test_an_answer_from_a_paused_bot_can_be_looked_up_again(client: TestClient, board: SwitchBoard) -> None:
    board.pause(TENANT, Pausable.BOT, PAUSE)
    answer = asked(client, PRICE_QUESTION)
    again = client.get(f"/api/v1/{TENANT}/answers/{answer['answer_id']}").json()
    assert again["status"] == "paused"
    assert again["statements"] == answer["statements"]
