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


def test_widget_script_is_served_as_a_module_of_the_service_itself(client: TestClient) -> None:
    response = client.get("/widget.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert "amtslotse-chat" in response.text


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
    ("language", "shown"), [("en", "en"), ("de", "de"), ("fr", "de"), ("", "de"), ("../de", "de"), ("x" * 500, "de")]
)
def test_widget_speaks_the_towns_languages_and_german_otherwise(client: TestClient, language: str, shown: str) -> None:
    config = client.get(WIDGET, params={"language": language}).json()
    assert config["language"] == shown


def test_widget_of_an_unknown_town_says_so(client: TestClient) -> None:
    assert_problem(client.get("/api/v1/nirgendwo/widget"), 404, "unknown_tenant")
