"""Helpful or not: only who asked may say so, once an answer."""

import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.desk.feedback import FeedbackStore, Reason
from tests.answering.samples import PRICE_QUESTION
from tests.api.chat_client import asked, assert_problem

MINE = "c0ffee00-1111-4222-8333-444455556666"
API = "/api/v1/musterstadt"


@pytest.fixture
def answer_id(client: TestClient) -> str:
    return str(asked(client, PRICE_QUESTION, conversation_id=MINE)["answer_id"])


@pytest.fixture
def url(answer_id: str) -> str:
    return f"{API}/answers/{answer_id}/feedback"


def test_the_last_word_counts(client: TestClient, service: AnsweringService, url: str, answer_id: str) -> None:
    assert client.post(url, json={"conversation_id": MINE, "helpful": True}).status_code == 200
    body = {"conversation_id": MINE, "helpful": False, "reason": "incomplete", "comment": "Es fehlt der Express."}
    given = client.post(url, json=body).json()
    assert (given["helpful"], given["reason"], given["comment"]) == (False, "incomplete", "Es fehlt der Express.")
    kept = FeedbackStore(service.records.database).get("musterstadt", answer_id)
    assert kept is not None
    assert (kept.helpful, kept.reason) == (False, Reason.INCOMPLETE)


def test_a_comment_is_masked_before_it_is_kept(client: TestClient, url: str) -> None:
    body = {"conversation_id": MINE, "helpful": False, "comment": "Schreiben Sie an erika@example.org"}
    assert client.post(url, json=body).json()["comment"] == "Schreiben Sie an [E-Mail]"


@pytest.mark.parametrize("comment", ["", "  ", None])
def test_no_words_are_no_comment(client: TestClient, url: str, comment: str | None) -> None:
    body = {"conversation_id": MINE, "helpful": True, "comment": comment}
    assert client.post(url, json=body).json()["comment"] is None


def test_it_is_taken_back(client: TestClient, url: str) -> None:
    client.post(url, json={"conversation_id": MINE, "helpful": True})
    assert client.delete(url, params={"conversation_id": MINE}).json()["helpful"] is True
    assert_problem(client.delete(url, params={"conversation_id": MINE}), 404, "not_found")


def test_another_conversation_cannot_speak_about_it(client: TestClient, url: str) -> None:
    other = {"conversation_id": "another-conversation-0001"}
    assert_problem(client.post(url, json={**other, "helpful": True}), 404, "not_found")
    assert_problem(client.delete(url, params=other), 404, "not_found")


def test_an_erased_answer_has_no_feedback_any_more(client: TestClient, url: str, answer_id: str) -> None:
    client.post(url, json={"conversation_id": MINE, "helpful": True})
    client.delete(f"{API}/answers/{answer_id}")
    assert_problem(client.post(url, json={"conversation_id": MINE, "helpful": True}), 404, "not_found")


@pytest.mark.parametrize(
    "wrong",
    [
        {"helpful": True},
        {"helpful": "yes", "conversation_id": MINE},
        {"helpful": True, "conversation_id": "short"},
        {"helpful": True, "conversation_id": MINE, "reason": "no such reason"},
        {"helpful": True, "conversation_id": MINE, "comment": "x" * 501},
        {"helpful": True, "conversation_id": MINE, "stars": 5},
    ],
)
def test_anything_else_is_refused(client: TestClient, url: str, wrong: dict[str, object]) -> None:
    assert_problem(client.post(url, json=wrong), 422, "invalid_input")


def test_the_export_holds_it(client: TestClient, url: str) -> None:
    client.post(url, json={"conversation_id": MINE, "helpful": False, "reason": "wrong"})
    (exchange,) = client.get(f"{API}/conversations/{MINE}").json()["exchanges"]
    assert (exchange["feedback"]["helpful"], exchange["feedback"]["reason"]) == (False, "wrong")
