"""An answer goes on after its connection broke, and a question that is sent twice is answered once."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.api import live_answers
from app.api.live_answers import RequestKey
from app.settings import Settings
from tests.answering.samples import PRICE_QUESTION, TOLD
from tests.api.chat_client import CHAT, STREAM, ServerSentEvent, asked, assert_problem, events_in
from tests.fakes import WatchedLanguageModel
from tests.servers import running_app, served

MINE, REQUEST = "c0ffee00-1111-4222-8333-444455556666", "0badcafe-1111-4222-8333-444455556666"
API = "/api/v1/musterstadt"
AGAIN = f"{API}/conversations/{MINE}/requests/{REQUEST}"
BODY = {"question": PRICE_QUESTION, "conversation_id": MINE, "request_id": REQUEST}
TIMEOUT_S = 30


@pytest.fixture
def model() -> Iterator[WatchedLanguageModel]:
    model = WatchedLanguageModel(f"{TOLD} [1]")
    yield model
    model.close()


@pytest.fixture
def slow(service: AnsweringService, model: WatchedLanguageModel) -> AnsweringService:
    return replace(service, pipeline=replace(service.pipeline, language_model=model))


@pytest.fixture
def http(slow: AnsweringService, settings: Settings, model: WatchedLanguageModel) -> Iterator[httpx.Client]:
    with (
        running_app(slow, settings) as app,
        served(app) as url,
        httpx.Client(base_url=url, timeout=TIMEOUT_S, headers=STREAM) as client,
    ):
        yield client
        model.gate.set()


def _numbers(text: str) -> list[int]:
    return [int(line.removeprefix("id: ")) for line in text.splitlines() if line.startswith("id: ")]


def _names(text: str) -> list[str]:
    return [event.name for event in events_in(text.splitlines())]


def _lasting(text: str) -> list[ServerSentEvent]:
    return [event for event in events_in(text.splitlines()) if event.name != "progress"]


def test_events_are_numbered_but_for_the_progress(client: TestClient) -> None:
    text = client.post(CHAT, json={"question": PRICE_QUESTION}, headers=STREAM).text
    names = [name for name in _names(text) if name != "progress"]
    assert _numbers(text) == list(range(len(names)))
    assert (names[0], names[-2:]) == ("disclosure", ["sources", "done"])


def test_a_broken_connection_is_taken_up_where_it_was(
    http: httpx.Client, model: WatchedLanguageModel, slow: AnsweringService
) -> None:
    model.gate.clear()
    with http.stream("POST", CHAT, json=BODY) as response:
        first = next(iter(events_in(response.iter_lines())))
        assert first.name == "disclosure"
        assert model.asked.wait(TIMEOUT_S)
    model.gate.set()
    rest = http.get(AGAIN, headers={"Last-Event-ID": "0"}).text
    assert "disclosure" not in _names(rest)
    assert _names(rest)[-2:] == ["sources", "done"]
    assert _numbers(rest)[0] == 1
    assert len(model.calls) == 1
    assert slow.records.count("musterstadt") == 1


def test_the_same_question_twice_is_answered_once(http: httpx.Client, slow: AnsweringService) -> None:
    first, second = (http.post(CHAT, json=BODY).text for _ in range(2))
    assert _lasting(first) == _lasting(second)
    assert slow.records.count("musterstadt") == 1


def test_after_a_restart_the_record_answers(service: AnsweringService, settings: Settings) -> None:
    with running_app(service, settings) as app:
        before = TestClient(app).post(CHAT, json=BODY, headers=STREAM).text
    with running_app(service, settings) as app:
        again = TestClient(app).get(AGAIN).text
        asked_again = TestClient(app).post(CHAT, json=BODY).json()
    assert _lasting(again) == _lasting(before)
    assert _numbers(again) == _numbers(before)
    assert asked_again["answer_id"] == RequestKey("musterstadt", MINE, REQUEST).answer_id
    assert service.records.count("musterstadt") == 1


def test_who_stays_away_too_long_stops_the_model(
    slow: AnsweringService, settings: Settings, model: WatchedLanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_answers, "GRACE_S", 0.05)
    model.gate.clear()
    with running_app(slow, settings) as app, served(app) as url, httpx.Client(base_url=url, timeout=TIMEOUT_S) as http:
        with http.stream("POST", CHAT, json=BODY, headers=STREAM) as response:
            events = iter(events_in(response.iter_lines()))  # once it is gone, so is the connection
            next(events)
            assert model.asked.wait(TIMEOUT_S)
        for _ in range(settings.queue_size):
            assert slow.slots.acquire(timeout=TIMEOUT_S)
        assert slow.records.count("musterstadt") == 0
        model.gate.set()


def test_a_citizen_stops_an_answer(http: httpx.Client, model: WatchedLanguageModel, slow: AnsweringService) -> None:
    model.gate.clear()
    with http.stream("POST", CHAT, json=BODY) as response:
        next(iter(events_in(response.iter_lines())))
        assert model.asked.wait(TIMEOUT_S)
        assert http.delete(AGAIN).json() == {"stopped": True}
    model.gate.set()
    assert model.stopped.wait(TIMEOUT_S)
    assert_problem(http.get(AGAIN), 404, "not_found")
    assert_problem(http.delete(AGAIN), 404, "not_found")


def test_an_erased_answer_cannot_be_taken_up(client: TestClient) -> None:
    answer_id = asked(client, PRICE_QUESTION, conversation_id=MINE, request_id=REQUEST)["answer_id"]
    client.delete(f"{API}/answers/{answer_id}")
    assert "gelöscht" in assert_problem(client.get(AGAIN), 404, "not_found")
    assert "gelöscht" in assert_problem(client.post(CHAT, json=BODY), 404, "not_found")


def test_only_both_ids_open_it(client: TestClient) -> None:
    asked(client, PRICE_QUESTION, conversation_id=MINE, request_id=REQUEST)
    other = "another-conversation-0001"
    assert_problem(client.get(f"{API}/conversations/{other}/requests/{REQUEST}"), 404, "not_found")
    assert_problem(client.get(f"{API}/conversations/{MINE}/requests/{other}"), 404, "not_found")
    assert_problem(client.get(f"/api/v1/beispielheim/conversations/{MINE}/requests/{REQUEST}"), 404, "not_found")


@pytest.mark.parametrize("conversation", [None, "short-one"])
def test_a_request_needs_a_conversation_that_nobody_guesses(client: TestClient, conversation: str | None) -> None:
    body = {"question": PRICE_QUESTION, "request_id": REQUEST, "conversation_id": conversation}
    assert "conversation_id" in assert_problem(client.post(CHAT, json=body), 422, "invalid_input")


@pytest.mark.parametrize("seen", ["x", "-2", "1e9"])
def test_a_number_of_an_event_is_a_number(client: TestClient, seen: str) -> None:
    assert_problem(client.get(AGAIN, headers={"Last-Event-ID": seen}), 422, "invalid_input")


def test_pages_of_the_town_may_take_it_up(client: TestClient, service: AnsweringService) -> None:
    origin = service.generations.active("musterstadt").tenant.allowed_origins[0]
    headers = {"Origin": origin, "Access-Control-Request-Method": "GET"}
    allowed = client.options(AGAIN, headers=headers).headers["access-control-allow-headers"]
    assert "last-event-id" in allowed


def test_the_reference_tells_nothing_about_the_request() -> None:
    answer_id = RequestKey("musterstadt", MINE, REQUEST).answer_id
    assert len(answer_id) == 16
    assert answer_id != RequestKey("musterstadt", MINE, REQUEST[::-1]).answer_id
