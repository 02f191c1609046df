"""The real command with the real model on a real socket: equal answers, and clients that leave."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.records.repository import RecordRepository
from tests.answering.samples import PRICE_QUESTION
from tests.api.chat_client import CHAT, STREAM, asked, assert_problem, events_in
from tests.knowledge import TENANT

pytestmark = pytest.mark.models

QUESTIONS = (
    PRICE_QUESTION,
    "Bis wann muss ich einen neuen Personalausweis beantragen?",
    "Was kostet ein Reisepass?",
    "Wie hoch ist die Hundesteuer?",
    "Was kostet ein Bewohnerparkausweis?",
    "Bis wann muss ich mich nach dem Umzug anmelden?",
)


@pytest.fixture
def citizen(live_server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=live_server, timeout=120) as client:
        yield client


@pytest.fixture
def log(live_data: Path) -> Iterator[RecordRepository]:
    """The answer log of the running server, read from another process."""
    records = RecordRepository(live_data / "records.sqlite3")
    yield records
    records.close()


def _walk(log: RecordRepository, answer: dict[str, Any]) -> dict[str, Any]:
    """What was asked, what every stage did, and what was answered."""
    payload: Any = log.get(TENANT, answer["answer_id"]).payload
    return {"question": payload["inputs"]["question"], "walk": payload["walk"], "answer": payload["answer"]}


def test_an_answer_is_the_same_whatever_ran_before_or_runs_beside_it(
    citizen: httpx.Client, log: RecordRepository
) -> None:
    def walk(question: str) -> dict[str, Any]:
        return _walk(log, asked(citizen, question))

    first = [walk(question) for question in QUESTIONS]
    second = [walk(question) for question in reversed(QUESTIONS)]
    with ThreadPoolExecutor(max_workers=len(QUESTIONS)) as threads:
        third = list(threads.map(walk, QUESTIONS))
    assert [one["question"] for one in first] == list(QUESTIONS)
    assert first == second[::-1] == third
    assert sum(bool(one["walk"]["draft"]) for one in first) >= 2


def test_a_client_that_leaves_is_not_recorded_and_the_next_question_works(
    citizen: httpx.Client, log: RecordRepository
) -> None:
    before = log.count(TENANT)
    for _ in range(3):
        with citizen.stream("POST", CHAT, json={"question": PRICE_QUESTION}, headers=STREAM) as response:
            assert next(iter(events_in(response.iter_lines()))).name == "disclosure"
    assert asked(citizen, PRICE_QUESTION)["status"] == "answered"
    assert log.count(TENANT) == before + 1
    assert log.verify(TENANT).intact


def test_the_running_service_names_what_it_answers_with(citizen: httpx.Client) -> None:
    ready = citizen.get("/readyz").json()
    assert ready["model"] == "gemma-3-270m"
    assert ready["generations"].keys() == {TENANT}


def test_a_broken_request_does_not_disturb_the_others(citizen: httpx.Client) -> None:
    for content in (b"{", b"\x00" * 100, b'{"question": ""}'):
        response = citizen.post(CHAT, content=content, headers={"Content-Type": "application/json"})
        assert_problem(response, 422, "invalid_input")
    assert citizen.get("/healthz").status_code == 200
