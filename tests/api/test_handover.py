"""Passing a question on to people: masked, with consent, until it is old or its conversation is erased."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.desk.handovers import HandoverStore
from app.settings import Settings
from tests.answering.samples import PRICE_QUESTION
from tests.api.chat_client import asked, assert_problem
from tests.servers import running_app

MINE = "c0ffee00-1111-4222-8333-444455556666"
API = "/api/v1/musterstadt"
BODY = {
    "question": "Bekomme ich als Studentin einen Rabatt? Meine Nummer: 0171 2345678",
    "contact": "erika@example.org",
    "consent": True,
    "conversation_id": MINE,
}


def _store(service: AnsweringService) -> HandoverStore:
    return HandoverStore(service.records.database)


def test_the_question_is_kept_masked_and_the_contact_as_given(client: TestClient, service: AnsweringService) -> None:
    answer_id = asked(client, PRICE_QUESTION, conversation_id=MINE)["answer_id"]
    response = client.post(f"{API}/handovers", json={**BODY, "answer_id": answer_id})
    assert response.status_code == 201, response.text
    (kept,) = _store(service).list("musterstadt")
    assert kept.question == "Bekomme ich als Studentin einen Rabatt? Meine Nummer: [Telefonnummer]"
    assert (kept.contact, kept.answer_id, kept.conversation_id) == ("erika@example.org", answer_id, MINE)


def test_it_is_told_what_happens_next_and_until_when(client: TestClient, service: AnsweringService) -> None:
    told = client.post(f"{API}/handovers", json={**BODY, "language": "en"}).json()
    assert "within 3 working days" in told["message"]
    (kept,) = _store(service).list("musterstadt")
    assert datetime.fromisoformat(told["kept_until"]) - kept.at == timedelta(days=30)


@pytest.mark.parametrize("contact", ["0171 2345678", "+49 (171) 2345678", "e.m+x@mail.example.org"])
def test_a_mail_address_or_a_phone_number_will_do(client: TestClient, contact: str) -> None:
    assert client.post(f"{API}/handovers", json={**BODY, "contact": contact}).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"contact": "rufen Sie mich an"},
        {"contact": "a@b"},
        {"contact": ""},
        {"consent": False},
        {"question": ""},
        {"question": "   "},
        {"question": "x" * 2001},
        {"conversation_id": "short"},
        {"answer_id": "../../etc"},
        {"priority": "high"},
    ],
)
def test_anything_else_is_refused_and_nothing_is_kept(
    client: TestClient, service: AnsweringService, wrong: dict[str, object]
) -> None:
    assert_problem(client.post(f"{API}/handovers", json={**BODY, **wrong}), 422, "invalid_input")
    assert _store(service).list("musterstadt") == ()


def test_the_answer_must_belong_to_the_conversation(client: TestClient) -> None:
    other = asked(client, PRICE_QUESTION, conversation_id="another-conversation-0001")["answer_id"]
    assert_problem(client.post(f"{API}/handovers", json={**BODY, "answer_id": other}), 404, "not_found")


def test_it_is_withdrawn_by_its_id(client: TestClient, service: AnsweringService) -> None:
    id_ = client.post(f"{API}/handovers", json=BODY).json()["handover_id"]
    assert client.delete(f"{API}/handovers/{id_}").json() == {"withdrawn": id_}
    assert _store(service).list("musterstadt") == ()
    assert_problem(client.delete(f"{API}/handovers/{id_}"), 404, "not_found")


def test_export_holds_it_and_erasing_the_conversation_takes_it_along(client: TestClient) -> None:
    client.post(f"{API}/handovers", json=BODY)
    exported: dict[str, Any] = client.get(f"{API}/conversations/{MINE}").json()
    assert exported["exchanges"] == []
    assert [kept["contact"] for kept in exported["handovers"]] == ["erika@example.org"]
    assert client.delete(f"{API}/conversations/{MINE}").status_code == 200
    assert_problem(client.get(f"{API}/conversations/{MINE}"), 404, "not_found")


def test_it_counts_as_a_question(service: AnsweringService, settings: Settings) -> None:
    strict = settings.model_copy(update={"rate_questions_per_conversation": 1})
    with running_app(service, strict) as app:
        client = TestClient(app)
        assert client.post(f"{API}/handovers", json=BODY).status_code == 201
        assert_problem(client.post(f"{API}/handovers", json=BODY), 429, "too_many_requests")


@pytest.fixture
def closed(service: AnsweringService, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A town that takes no questions over."""
    town = service.generations.active("musterstadt").tenant
    monkeypatch.setitem(town.__dict__, "handover", town.handover.model_copy(update={"form": False}))
    with running_app(service, settings) as app:
        yield TestClient(app)


def test_a_town_without_a_form_takes_none(closed: TestClient, published: Path) -> None:
    assert "Ansprechstelle" in assert_problem(closed.post(f"{API}/handovers", json=BODY), 404, "not_found")
    assert closed.get(f"{API}/widget").json()["handover"]["form"] is False
