"""A conversation on the plain pages: to be read, taken along and erased by whoever has it."""

import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from tests.api.form_pages import FORM, QUESTION, answered, hidden, send, text_of

PLACE = "gespraech"


@pytest.fixture
def fields(client: TestClient) -> dict[str, str]:
    first = answered(client)
    return answered(client, "Und was kostet er?", conversation_id=first["conversation_id"])


def test_all_questions_and_answers_stand_on_one_page_that_goes_on(client: TestClient, fields: dict[str, str]) -> None:
    send(client, "mensch", {**fields, "person_question": "Wer hilft?", "contact": "a@b.example", "consent": "ja"})
    page = send(client, PLACE, {**fields, "do": "read"})
    assert page.headers["ai-generated"] == "true"
    assert page.headers["cache-control"] == "no-store"
    text = text_of(page.text)
    assert text.index(QUESTION) < text.index("Und was kostet er?") < text.index("Wer hilft?")
    assert hidden(page.text)["conversation_id"] == fields["conversation_id"]
    places = [part.split('"')[0] for part in page.text.split('id="')[1:]]
    assert len(places) == len(set(places))


def test_the_export_is_that_of_the_api(client: TestClient, fields: dict[str, str]) -> None:
    told = send(client, PLACE, {**fields, "do": "json"})
    assert "attachment" in told.headers["content-disposition"]
    same = client.get(f"/api/v1/musterstadt/conversations/{fields['conversation_id']}").json()
    assert told.json()["exchanges"] == same["exchanges"]


def test_it_is_erased_after_it_was_asked_once_more(
    client: TestClient, service: AnsweringService, fields: dict[str, str]
) -> None:
    asked = send(client, PLACE, {**fields, "do": "erase"})
    assert "endgültig" in asked.text
    assert service.get("musterstadt", fields["answer_id"]) is not None
    page = send(client, PLACE, {**hidden(asked.text), "do": "erase_yes"})
    assert "Das Gespräch ist gelöscht." in page.text
    assert hidden(page.text)["conversation_id"] != fields["conversation_id"]
    assert client.get(f"/api/v1/musterstadt/conversations/{fields['conversation_id']}").status_code == 404


@pytest.mark.parametrize("wish", ["read", "json", "erase_yes"])
def test_what_is_not_kept_any_more_begins_anew(client: TestClient, wish: str) -> None:
    page = send(client, PLACE, {"conversation_id": "never-asked-anything-1", "do": wish})
    assert page.status_code == 404
    assert "nicht mehr gespeichert" in text_of(page.text)


def test_a_form_of_another_site_erases_nothing(client: TestClient, fields: dict[str, str]) -> None:
    send(client, PLACE, {**fields, "do": "erase_yes"}, Origin="https://evil.example")
    assert send(client, PLACE, {**fields, "do": "read"}).status_code == 200


@pytest.mark.parametrize("conversation", ["short", "", "with blanks and more of them"])
def test_a_conversation_that_could_be_guessed_is_replaced(client: TestClient, conversation: str) -> None:
    page = client.post(FORM, data={"question": QUESTION, "conversation_id": conversation})
    assert page.status_code == 200
    assert len(hidden(page.text)["conversation_id"]) >= 16
