"""The demo page and what the widget shows before the first question."""

import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.settings import Settings
from tests.api.chat_client import assert_problem

WIDGET = "/api/v1/musterstadt/widget"


def test_demo_page_is_the_towns_own_with_the_widget_on_it(client: TestClient, service: AnsweringService) -> None:
    response = client.get("/")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert service.generations.active("musterstadt").tenant.name in response.text
    assert '<script src="/widget.js"' in response.text
    assert 'lang="de"' in response.text


def test_chat_page_is_the_widget_with_a_way_out_for_those_without_javascript(client: TestClient) -> None:
    page = client.get("/musterstadt/chat", params={"language": "tr"}).text
    assert '<html lang="tr" dir="ltr">' in page
    assert '<amtslotse-chat mode="page">' in page
    assert 'data-tenant="musterstadt" data-language="tr"' in page
    assert '<meta name="ai-disclosure"' in page
    assert 'href="/musterstadt/fragen?language=tr"' in page


def test_statement_of_accessibility_names_status_gaps_contact_and_enforcement(client: TestClient) -> None:
    page = client.get("/musterstadt/barrierefreiheit").text
    for words in (
        "teilweise vereinbar",
        "Was noch nicht barrierefrei ist",
        "barrierefrei@musterstadt.example",
        "Ombudsstelle für barrierefreie Informationstechnik",
        "Einfacher Sprache",
        "Das ist ein Entwurf",
    ):
        assert words in page


@pytest.mark.parametrize("page", ["chat", "barrierefreiheit"])
def test_pages_of_an_unknown_town_say_so_in_words(client: TestClient, page: str) -> None:
    response = client.get(f"/nirgendwo/{page}")
    assert (response.status_code, response.headers["content-type"]) == (404, "text/html; charset=utf-8")


def test_widget_learns_disclosure_privacy_and_office_before_the_first_question(
    client: TestClient, settings: Settings
) -> None:
    config = client.get(WIDGET).json()
    assert (config["tenant"], config["language"], config["dir"]) == ("musterstadt", "de", "ltr")
    assert "Maschine" in config["disclosure"]
    assert config["privacy"]["retention_days"] == settings.record_retention_days
    assert config["privacy"]["notice_url"].startswith("https://")
    assert config["office"]["id"] == "buergeramt"
    assert config["suggested_questions"]
    assert config["texts"]


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "en"),
        ("de", "de"),
        ("fr", "fr"),
        ("ru", "ru"),
        ("es", "de"),
        ("", "de"),
        ("../de", "de"),
        ("x" * 500, "de"),
    ],
)
def test_widget_speaks_the_towns_languages_and_german_otherwise(client: TestClient, language: str, shown: str) -> None:
    config = client.get(WIDGET, params={"language": language}).json()
    assert config["language"] == shown


def test_widget_of_an_unknown_town_says_so(client: TestClient) -> None:
    assert_problem(client.get("/api/v1/nirgendwo/widget"), 404, "unknown_tenant")
