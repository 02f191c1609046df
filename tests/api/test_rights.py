"""Citizens export and erase their conversation by its id, and an answer by its reference; nobody else finds either."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from tests.answering.samples import PRICE_QUESTION
from tests.api.chat_client import asked, assert_problem

MINE, OTHER = "c0ffee00-1111-4222-8333-444455556666", "another-conversation-0001"
FOLLOW_UP = "Und wie lange dauert das?"
API = "/api/v1/musterstadt"


def _export(client: TestClient, conversation: str = MINE) -> dict[str, Any]:
    response = client.get(f"{API}/conversations/{conversation}")
    assert response.status_code == 200, response.text
    exported: dict[str, Any] = response.json()
    return exported


def test_everything_of_a_conversation_is_exported_and_nothing_of_another(client: TestClient) -> None:
    first = asked(client, f"{PRICE_QUESTION} Meine Mail: erika@example.org", conversation_id=MINE, style="einfach")
    second = asked(client, FOLLOW_UP, conversation_id=MINE, language="de")
    asked(client, "Guten Tag!", conversation_id=OTHER)
    exported = _export(client)
    assert (exported["tenant"], exported["conversation_id"]) == ("musterstadt", MINE)
    one, two = exported["exchanges"]
    assert one["question"] == f"{PRICE_QUESTION} Meine Mail: [E-Mail]"
    assert (one["masked"], one["style"], one["language"]) == (["email"], "einfach", None)
    assert (two["question"], two["language"]) == (FOLLOW_UP, "de")
    assert two["understood_as"] == f"Personalausweis beantragen: {FOLLOW_UP}"
    assert [one["answer"], two["answer"]] == [first, second]
    assert one["answer"]["sources"]


def test_the_export_says_until_when_each_answer_is_kept(client: TestClient) -> None:
    asked(client, PRICE_QUESTION, conversation_id=MINE)
    (exchange,) = _export(client)["exchanges"]
    recorded, until = (datetime.fromisoformat(exchange[name]) for name in ("recorded_at", "kept_until"))
    assert until - recorded == timedelta(days=90)
    assert datetime.fromisoformat(exchange["asked_at"]) <= recorded <= datetime.now(recorded.tzinfo)


def test_the_export_is_a_file_that_no_cache_keeps(client: TestClient) -> None:
    asked(client, PRICE_QUESTION, conversation_id=MINE)
    response = client.get(f"{API}/conversations/{MINE}")
    assert response.headers["content-disposition"] == 'attachment; filename="amtslotse-gespraech.json"'
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-store"


def test_a_conversation_is_erased_by_its_id(client: TestClient, service: AnsweringService) -> None:
    ids = [asked(client, text, conversation_id=MINE)["answer_id"] for text in (PRICE_QUESTION, FOLLOW_UP)]
    other = asked(client, PRICE_QUESTION, conversation_id=OTHER)["answer_id"]
    response = client.delete(f"{API}/conversations/{MINE}")
    assert (response.status_code, response.json()) == (200, {"erased": ids})
    assert "Gespräch" in assert_problem(client.get(f"{API}/conversations/{MINE}"), 404, "not_found")
    for gone in ids:
        assert_problem(client.get(f"{API}/answers/{gone}"), 404, "not_found")
    assert client.get(f"{API}/answers/{other}").status_code == 200
    assert service.records.verify().intact


def test_an_answer_is_erased_by_its_reference_and_leaves_no_copy(client: TestClient, service: AnsweringService) -> None:
    first = asked(client, f"{PRICE_QUESTION} Bitte ganz genau!", conversation_id=MINE)["answer_id"]
    second = asked(client, FOLLOW_UP, conversation_id=MINE)["answer_id"]
    response = client.delete(f"{API}/answers/{first}")
    assert (response.status_code, response.json()) == (200, {"erased": [first]})
    assert_problem(client.get(f"{API}/answers/{first}"), 404, "not_found")
    assert [exchange["answer"]["answer_id"] for exchange in _export(client)["exchanges"]] == [second]
    for record in service.records.iterate("musterstadt"):
        assert "ganz genau" not in json.dumps(record.payload, ensure_ascii=False)


def test_the_reference_of_an_answer_does_not_open_its_conversation(client: TestClient) -> None:
    answer_id = asked(client, PRICE_QUESTION, conversation_id=MINE)["answer_id"]
    assert MINE not in client.get(f"{API}/answers/{answer_id}").text
    assert_problem(client.get(f"{API}/conversations/{answer_id}"), 404, "not_found")


@pytest.mark.parametrize("path", [f"conversations/{MINE}", "answers/0123456789abcdef"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_what_is_unknown_is_not_found_and_says_so_in_german(client: TestClient, method: str, path: str) -> None:
    for town in ("musterstadt", "nirgendwo"):
        detail = assert_problem(client.request(method, f"/api/v1/{town}/{path}"), 404, "not_found")
        assert "Kennung" in detail


def test_another_towns_conversation_of_the_same_id_is_not_found(client: TestClient, service: AnsweringService) -> None:
    asked(client, PRICE_QUESTION, conversation_id=MINE)
    assert_problem(client.delete(f"/api/v1/beispielheim/conversations/{MINE}"), 404, "not_found")
    assert len(_export(client)["exchanges"]) == 1


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_id_that_can_be_guessed_opens_nothing(client: TestClient, method: str) -> None:
    answer_id = asked(client, PRICE_QUESTION, conversation_id="conv-1234567890")["answer_id"]
    assert_problem(client.request(method, f"{API}/conversations/conv-1234567890"), 422, "invalid_input")
    assert client.get(f"{API}/answers/{answer_id}").status_code == 200


@pytest.mark.parametrize("conversation", ["short", "x" * 65, "sixteen-letters!", "%00" * 20, "../../../../../etc"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_ids_of_another_shape_are_refused(client: TestClient, method: str, conversation: str) -> None:
    response = client.request(method, f"{API}/conversations/{conversation}")
    assert response.status_code in (404, 422)
    assert response.headers["content-type"] == "application/problem+json"


def test_pages_of_the_town_may_erase_from_the_browser(client: TestClient, service: AnsweringService) -> None:
    origin = service.generations.active("musterstadt").tenant.allowed_origins[0]
    headers = {"Origin": origin, "Access-Control-Request-Method": "DELETE"}
    response = client.options(f"{API}/conversations/{MINE}", headers=headers)
    assert "DELETE" in response.headers["access-control-allow-methods"]
