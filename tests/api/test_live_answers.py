"""Answers under way: what their citizen erases is not recorded a moment later."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from app.answering.service import AnsweringService
from app.settings import Settings
from tests.answering.samples import PRICE_QUESTION, TOLD
from tests.api.chat_client import CHAT, STREAM, asked, events_in
from tests.fakes import WatchedLanguageModel
from tests.servers import running_app, served

MINE, OTHERS = "c0ffee00-1111-4222-8333-444455556666", "another-conversation-0001"
FIRST, SECOND = "0badcafe-1111-4222-8333-444455556666", "1badcafe-1111-4222-8333-444455556666"
CONVERSATION = f"/api/v1/musterstadt/conversations/{MINE}"
TIMEOUT_S = 30


@pytest.fixture
def model() -> Iterator[WatchedLanguageModel]:
    model = WatchedLanguageModel(f"{TOLD} [1]")
    yield model
    model.close()


def test_erasing_a_conversation_stops_the_answer_that_is_under_way(
    service: AnsweringService, settings: Settings, model: WatchedLanguageModel
) -> None:
    slow = replace(service, pipeline=replace(service.pipeline, language_model=model))
    with running_app(slow, settings) as app, served(app) as url, httpx.Client(base_url=url, timeout=TIMEOUT_S) as http:
        asked(http, "Guten Tag!", conversation_id=MINE, request_id=FIRST)
        others = asked(http, "Guten Tag!", conversation_id=OTHERS, request_id=FIRST)["answer_id"]
        model.gate.clear()
        body = {"question": PRICE_QUESTION, "conversation_id": MINE, "request_id": SECOND}
        with http.stream("POST", CHAT, json=body, headers=STREAM) as response:
            next(iter(events_in(response.iter_lines())))
            assert model.asked.wait(TIMEOUT_S)
            assert len(http.delete(CONVERSATION).json()["erased"]) == 1
        model.gate.set()
        assert model.stopped.wait(TIMEOUT_S)
        for _ in range(settings.queue_size):  # nothing is under way any more
            assert slow.slots.acquire(timeout=TIMEOUT_S)
        assert http.get(CONVERSATION).status_code == 404
        assert http.get(f"/api/v1/musterstadt/answers/{others}").status_code == 200
