"""Clients that go away, on real sockets: the work stops, nothing is recorded, the next question works."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from threading import BoundedSemaphore
from urllib.parse import urlsplit

import httpx
import pytest

from app.answering.service import AnsweringService
from app.settings import Settings
from tests.answering.samples import PRICE_QUESTION, TOLD
from tests.api.chat_client import CHAT, STREAM, asked, events_in
from tests.fakes import WatchedLanguageModel
from tests.servers import running_app, served

FREED_TIMEOUT_S = 30


@pytest.fixture
def model() -> Iterator[WatchedLanguageModel]:
    model = WatchedLanguageModel(f"{TOLD} [1] {'Und so weiter. [1] ' * 20}")
    yield model
    model.close()


@pytest.fixture
def slow_service(service: AnsweringService, model: WatchedLanguageModel) -> AnsweringService:
    return replace(service, pipeline=replace(service.pipeline, language_model=model))


@pytest.fixture
def url(slow_service: AnsweringService, settings: Settings, model: WatchedLanguageModel) -> Iterator[str]:
    with running_app(slow_service, settings) as app, served(app) as url:
        yield url
        model.gate.set()


def _wait_until_idle(service: AnsweringService, settings: Settings) -> None:
    """Returns when no question is under way any more."""
    for _ in range(settings.queue_size):
        assert service.slots.acquire(timeout=FREED_TIMEOUT_S)
    for _ in range(settings.queue_size):
        service.slots.release()


def _connect_and_ask(url: str, accept: str) -> socket.socket:
    body = f'{{"question": "{PRICE_QUESTION}"}}'.encode()
    target = urlsplit(url)
    assert target.hostname is not None
    connection = socket.create_connection((target.hostname, target.port or 80))
    head = (
        f"POST {CHAT} HTTP/1.1\r\nHost: {target.netloc}\r\nAccept: {accept}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    connection.sendall(head.encode() + body)
    return connection


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json"])
def test_a_client_that_goes_away_stops_the_model_and_leaves_no_record(
    url: str, slow_service: AnsweringService, settings: Settings, model: WatchedLanguageModel, accept: str
) -> None:
    model.gate.clear()
    connection = _connect_and_ask(url, accept)
    assert model.asked.wait(FREED_TIMEOUT_S)
    connection.close()
    _wait_until_idle(slow_service, settings)
    assert slow_service.records.count("musterstadt") == 0
    model.gate.set()
    assert model.stopped.wait(FREED_TIMEOUT_S)
    with httpx.Client(base_url=url, timeout=60) as client:
        assert asked(client, PRICE_QUESTION)["statements"][0]["text"] == TOLD
    assert slow_service.records.count("musterstadt") == 1


def test_leaving_after_the_first_statement_stops_the_rest(
    url: str, slow_service: AnsweringService, settings: Settings, model: WatchedLanguageModel
) -> None:
    with (
        httpx.Client(base_url=url, timeout=60) as client,
        client.stream("POST", CHAT, json={"question": PRICE_QUESTION}, headers=STREAM) as response,
    ):
        first = next(event for event in events_in(response.iter_lines()) if event.name == "statement")
        assert first.data["text"] == TOLD
        model.gate.clear()
    model.gate.set()
    _wait_until_idle(slow_service, settings)


def test_statements_arrive_before_the_answer_is_complete(url: str, model: WatchedLanguageModel) -> None:
    """The gate closes once the first words are out: whatever arrives then was not held back."""
    model.gate.clear()
    with (
        httpx.Client(base_url=url, timeout=60) as client,
        client.stream("POST", CHAT, json={"question": PRICE_QUESTION}, headers=STREAM) as response,
    ):
        events = iter(events_in(response.iter_lines()))
        assert [next(events).name for _ in range(4)] == ["disclosure", "progress", "progress", "progress"]
        model.gate.set()
        assert [event.name for event in events][-2:] == ["sources", "done"]


def test_a_full_queue_is_refused_while_a_slow_answer_runs(
    service: AnsweringService, settings: Settings, model: WatchedLanguageModel
) -> None:
    narrow = settings.model_copy(update={"queue_size": 1})
    slow = replace(service, pipeline=replace(service.pipeline, language_model=model), slots=BoundedSemaphore(1))
    model.gate.clear()
    with running_app(slow, narrow) as app, served(app) as url, httpx.Client(base_url=url, timeout=60) as client:
        connection = _connect_and_ask(url, "text/event-stream")
        assert model.asked.wait(FREED_TIMEOUT_S)
        refused = client.post(CHAT, json={"question": PRICE_QUESTION})
        assert (refused.status_code, refused.json()["code"]) == (503, "busy")
        assert int(refused.headers["retry-after"]) > 0
        assert len(model.calls) == 1
        assert client.get("/healthz").status_code == 200
        connection.close()
        _wait_until_idle(slow, narrow)
        model.gate.set()
        assert client.post(CHAT, json={"question": PRICE_QUESTION}).status_code == 200
