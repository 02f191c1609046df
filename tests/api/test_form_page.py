"""Asking without JavaScript: the same answers as the API, on a page."""

import html
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.errors import BusyError
from app.settings import Settings
from app.tenants.tenant import load_tenant
from app.wording.catalog import catalog
from tests.fakes import ScriptedLanguageModel

FORM = "/musterstadt/fragen"
QUESTION = "Welche Unterlagen brauche ich für den Reisepass?"
LANGUAGES = ("de", "en", "uk", "ar", "tr", "ru", "fr")


def _text(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def _field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_disclosure_and_privacy_stand_before_the_question_field(client: TestClient) -> None:
    page = client.get(FORM).text
    field = page.index('<textarea id="frage"')
    assert page.index(catalog("de").text("disclosure")) < field
    assert page.index("Art. 6 Abs. 1") < field
    assert page.index("Tagen gelöscht") < field


def test_page_sets_no_cookie_and_is_kept_by_nobody(client: TestClient) -> None:
    for response in (client.get(FORM), client.post(FORM, data={"question": QUESTION})):
        assert "set-cookie" not in response.headers
        assert response.headers["cache-control"] == "no-store"
        assert "<script" not in response.text


def test_the_answer_has_the_statements_and_sources_of_the_api(client: TestClient) -> None:
    same = client.post("/api/v1/musterstadt/chat", json={"question": QUESTION}).json()
    response = client.post(FORM, data={"question": QUESTION})
    assert response.status_code == 200
    assert response.headers["ai-generated"] == "true"
    text = _text(response.text)
    assert same["statements"]
    for statement in same["statements"]:
        assert " ".join(statement["text"].split()) in text
    for source in same["sources"]:
        assert f'<li id="quelle-{source["number"]}"' in response.text
        assert f'href="#quelle-{source["number"]}"' in response.text
    assert f'data-status="{same["status"]}"' in response.text
    assert same["disclosure"] in text
    assert same["office"]["phone"] in text


def test_generated_and_quoted_words_are_told_apart(client: TestClient, scripted: ScriptedLanguageModel) -> None:
    page = client.post(FORM, data={"question": QUESTION}).text
    assert '<blockquote data-ai-generated="false"' in page
    assert "Wörtlich aus: " in page
    assert "<mark>" in page


def test_documents_to_bring_are_a_list(client: TestClient) -> None:
    steps = client.post("/api/v1/musterstadt/chat", json={"question": QUESTION}).json()["next_steps"]
    page = client.post(FORM, data={"question": QUESTION}).text
    assert steps["documents"]
    assert "Das brauchen Sie" in page
    for document in steps["documents"]:
        assert f"<li>{html.escape(document, quote=False)}</li>" in page


def test_a_conversation_goes_on_by_its_hidden_field(client: TestClient, service: AnsweringService) -> None:
    first = client.post(FORM, data={"question": "Was kostet ein Reisepass?"}).text
    conversation = _field(first, "conversation_id")
    assert len(conversation) >= 16
    second = client.post(FORM, data={"question": "Und wie lange dauert das?", "conversation_id": conversation}).text
    assert _field(second, "conversation_id") == conversation
    assert "Reisepass" in _text(second)


def test_two_visitors_get_two_conversations(client: TestClient) -> None:
    assert _field(client.get(FORM).text, "conversation_id") != _field(client.get(FORM).text, "conversation_id")


def test_plain_language_is_asked_for_and_stays_chosen(client: TestClient, service: AnsweringService) -> None:
    page = client.post(FORM, data={"question": "Was ist Wohngeld?", "style": "einfach"}).text
    reference = re.search(r"<code>(\w+)</code>", page)
    assert reference is not None
    payload = service.get("musterstadt", reference[1]).payload
    assert payload is not None
    inputs = payload["inputs"]
    assert isinstance(inputs, dict)
    assert inputs["style"] == "einfach"
    assert re.search(r'name="style" value="einfach"[^>]*checked', page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_speaks_the_language_that_was_chosen(client: TestClient, language: str) -> None:
    page = client.get(FORM, params={"language": language}).text
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert catalog(language).text("disclosure") in html.unescape(page)
    assert _field(page, "language") == language
    for code in LANGUAGES:
        assert f'hreflang="{code}"' in page


@pytest.mark.parametrize(
    ("question", "sentence"), [("", "invalid.empty"), ("   ", "invalid.empty"), ("?!", "invalid.only_symbols")]
)
def test_a_question_that_is_none_is_explained_at_its_field(client: TestClient, question: str, sentence: str) -> None:
    response = client.post(FORM, data={"question": question})
    assert response.status_code == 422
    assert f'<a href="#frage">{catalog("de").text(sentence)}</a>' in response.text
    assert 'aria-invalid="true"' in response.text


def test_a_question_that_is_too_long_comes_back_for_editing(client: TestClient) -> None:
    response = client.post(FORM, data={"question": "Wie lange dauert das? " * 200})
    assert response.status_code == 422
    assert "Wie lange dauert das? Wie lange" in response.text


def test_a_busy_service_says_so_and_keeps_the_question(client: TestClient, service: AnsweringService) -> None:
    with service.admit():
        held = 1
        slots = []
        while True:
            slot = service.admit()
            try:
                slot.__enter__()
            except BusyError:
                break
            slots.append(slot)
            held += 1
        response = client.post(FORM, data={"question": QUESTION})
        for slot in slots:
            slot.__exit__(None, None, None)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    assert "Gerade stellen viele Menschen Fragen" in response.text
    assert f">{QUESTION}</textarea>" in response.text


@pytest.mark.parametrize("field", ["conversation_id", "language", "style"])
def test_changed_hidden_fields_do_no_harm(client: TestClient, field: str) -> None:
    attack = '"><script>hacked()</script>'
    response = client.post(FORM, data={"question": QUESTION, field: attack})
    assert response.status_code == 200
    assert "<script" not in response.text


def test_markup_in_a_question_is_text(client: TestClient) -> None:
    response = client.post(FORM, data={"question": '<script>hacked()</script> Was kostet "ein" Pass?'})
    assert "<script" not in response.text
    assert "&lt;script&gt;" in response.text


def test_page_of_an_unknown_town_says_so_in_words(client: TestClient) -> None:
    response = client.get("/nirgendwo/fragen")
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "Diese Seite gibt es hier nicht." in response.text


def test_the_sample_towns_languages_all_have_greeting_and_suggestions(
    settings: Settings, small_knowledge: Path
) -> None:
    tenant = load_tenant(small_knowledge / "musterstadt")
    assert set(tenant.languages) == set(LANGUAGES) == set(tenant.greeting) == set(tenant.suggested_questions)
