"""Helpful or not, without JavaScript: kept by the rules of the API, and the answer stays on the page."""

import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.desk.feedback import Feedback, FeedbackStore, Reason
from tests.api.form_pages import FORM, QUESTION, answered, send, text_of

PLACE = "rueckmeldung"


@pytest.fixture
def fields(client: TestClient) -> dict[str, str]:
    return answered(client)


def _kept(service: AnsweringService, fields: dict[str, str]) -> Feedback | None:
    return FeedbackStore(service.records.database).get("musterstadt", fields["answer_id"])


def test_yes_is_kept_and_thanked_for_with_the_answer_still_there(
    client: TestClient, service: AnsweringService, fields: dict[str, str]
) -> None:
    page = send(client, PLACE, {**fields, "helpful": "ja"})
    kept = _kept(service, fields)
    assert kept is not None
    assert kept.helpful
    assert page.headers["ai-generated"] == "true"
    assert "Danke für Ihre Rückmeldung." in page.text
    assert QUESTION in page.text
    assert 'name="reason"' not in page.text


def test_no_is_kept_at_once_and_asked_for_a_reason(
    client: TestClient, service: AnsweringService, fields: dict[str, str]
) -> None:
    page = send(client, PLACE, {**fields, "helpful": "nein"})
    kept = _kept(service, fields)
    assert kept is not None
    assert not kept.helpful
    assert page.text.count('name="reason"') == len(Reason)
    more = {"helpful": "nein", "reason": "incomplete", "comment": "Rufen Sie an: 0171 2345678"}
    page = send(client, PLACE, {**fields, **more})
    kept = _kept(service, fields)
    assert kept is not None
    assert (kept.reason, kept.comment) == (Reason.INCOMPLETE, "Rufen Sie an: [Telefonnummer]")
    assert 'name="reason"' not in page.text


def test_a_comment_without_words_comes_back_with_what_is_wrong(client: TestClient, fields: dict[str, str]) -> None:
    page = send(client, PLACE, {**fields, "helpful": "nein", "comment": "?!"})
    assert page.status_code == 422
    assert 'href="#anmerkung"' in page.text
    assert ">?!</textarea>" in page.text


def test_another_conversation_gets_a_new_one_and_nothing_is_kept(
    client: TestClient, service: AnsweringService, fields: dict[str, str]
) -> None:
    page = send(client, PLACE, {**fields, "conversation_id": "another-conversation-0001", "helpful": "ja"})
    assert page.status_code == 404
    assert "nicht mehr gespeichert" in text_of(page.text)
    assert QUESTION not in page.text
    assert _kept(service, fields) is None


def test_a_reason_that_there_is_not_is_refused(client: TestClient, fields: dict[str, str]) -> None:
    assert send(client, PLACE, {**fields, "helpful": "nein", "reason": "because"}).status_code == 422


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused_as_a_page(
    client: TestClient, service: AnsweringService, fields: dict[str, str], headers: dict[str, str]
) -> None:
    page = send(client, PLACE, {**fields, "helpful": "ja"}, **headers)
    assert page.status_code == 403
    assert "von einer anderen Internetseite" in page.text
    assert _kept(service, fields) is None


def test_the_address_of_a_sent_form_leads_back_to_the_question(client: TestClient) -> None:
    response = client.get(f"{FORM}/{PLACE}", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, FORM)


def test_an_emergency_asks_for_no_feedback_and_offers_no_form(client: TestClient) -> None:
    page = client.post(FORM, data={"question": "Bei uns brennt es!"}).text
    assert 'data-status="emergency"' in page
    assert '<a href="tel:112" dir="ltr">112</a>' in page
    assert 'id="rueckmeldung"' not in page
    assert 'id="mensch"' not in page
