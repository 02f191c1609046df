"""Passing a question on to people without JavaScript: with consent, masked, once."""

import html
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.desk.handovers import Handover, HandoverStore
from app.settings import Settings
from app.wording.widget import widget_texts
from tests.api.form_pages import QUESTION, answered, send
from tests.servers import running_app

PLACE = "mensch"
FILLED = {
    "person_question": "Bekomme ich einen Rabatt? 0171 2345678",
    "contact": "erika@example.org",
    "consent": "ja",
}


@pytest.fixture
def fields(client: TestClient) -> dict[str, str]:
    return answered(client)


def _kept(service: AnsweringService) -> tuple[Handover, ...]:
    return HandoverStore(service.records.database).list("musterstadt")


def test_the_question_is_kept_masked_with_its_answer_and_it_is_told_what_happens_next(
    client: TestClient, service: AnsweringService, fields: dict[str, str]
) -> None:
    page = send(client, PLACE, {**fields, **FILLED})
    (kept,) = _kept(service)
    assert kept.question == "Bekomme ich einen Rabatt? [Telefonnummer]"
    assert (kept.contact, kept.answer_id) == ("erika@example.org", fields["answer_id"])
    assert kept.conversation_id == fields["conversation_id"]
    assert "innerhalb von 3 Arbeitstagen" in page.text
    assert QUESTION in page.text
    assert "erika@example.org" not in page.text


def test_a_page_that_is_loaded_again_sends_nothing_twice(
    client: TestClient, service: AnsweringService, fields: dict[str, str]
) -> None:
    for _ in range(2):
        assert "Arbeitstagen" in send(client, PLACE, {**fields, **FILLED}).text
    send(client, PLACE, {**fields, **FILLED, "person_question": "Und noch etwas anderes?"})
    assert [each.question for each in _kept(service)] == [
        "Bekomme ich einen Rabatt? [Telefonnummer]",
        "Und noch etwas anderes?",
    ]


@pytest.mark.parametrize(
    ("wrong", "field", "key"),
    [
        ({"person_question": " "}, "mensch-frage", "human_error_question"),
        ({"contact": "rufen Sie an"}, "mensch-kontakt", "human_error_contact"),
        ({"consent": ""}, "mensch-einwilligung", "human_error_consent"),
    ],
)
def test_what_is_missing_is_said_above_and_at_its_field_and_nothing_typed_is_lost(
    client: TestClient, service: AnsweringService, fields: dict[str, str], wrong: dict[str, str], field: str, key: str
) -> None:
    page = send(client, PLACE, {**fields, **FILLED, **wrong})
    assert page.status_code == 422
    text = html.unescape(page.text)
    assert f'<a href="#{field}">{widget_texts("de")[key]}</a>' in text
    assert f'id="{field}-fehler">{widget_texts("de")[key]}' in text
    assert "<details open>" in page.text
    for name in {"person_question", "contact"} - set(wrong):
        assert FILLED[name] in text
    assert _kept(service) == ()


def test_it_speaks_the_language_of_the_page(client: TestClient, service: AnsweringService) -> None:
    fields = answered(client, "How much is a passport?", language="en")
    assert "within 3 working days" in send(client, PLACE, {**fields, **FILLED}).text
    assert _kept(service)[0].language == "en"


def test_it_counts_as_a_question(
    service: AnsweringService, settings: Settings, tmp_path: Path, fields: dict[str, str]
) -> None:
    limited = settings.model_copy(update={"rate_questions_per_conversation": 1})
    with running_app(service, limited) as app:
        client = TestClient(app)
        assert send(client, PLACE, {**fields, **FILLED}).status_code == 200
        page = send(client, PLACE, {**fields, **FILLED, "person_question": "Noch eine?"})
    assert page.status_code == 429
    assert int(page.headers["retry-after"]) > 0
    assert "Noch eine?" in page.text
    assert len(_kept(service)) == 1
