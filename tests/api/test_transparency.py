"""The transparency register over HTTP: JSON as its schema says, and a page with the same facts."""

import re
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from app.answering.service import AnsweringService
from app.models.ports import Embedder
from app.settings import Settings
from app.starting import build_service
from app.transparency import shown
from app.version import code_version
from app.wording.catalog import catalog
from app.wording.transparency import transparency_catalog
from tests.api.chat_client import asked, assert_problem
from tests.fakes import ScriptedLanguageModel
from tests.knowledge import SERVICES, TENANT
from tests.servers import running_app
from tests.transparency.samples import measure

JSON, PAGE = f"/api/v1/{TENANT}/transparency", f"/{TENANT}/transparenz"
SCHEMA = "/api/v1/transparency.schema.json"
ASKED_FOR = {
    "purpose", "does_not", "risk", "models", "knowledge", "data", "responsible", "oversight", "evaluation", "limits",
    "energy", "complaints",
}  # fmt: skip


def _text(html: str) -> str:
    """What a reader of the page sees, in one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def _register(client: TestClient, **parameters: str) -> dict[str, Any]:
    response = client.get(JSON, params=parameters)
    assert response.status_code == 200, response.text
    register: dict[str, Any] = response.json()
    return register


def _sentences(value: Any) -> list[str]:
    """Every text of several words, at any depth."""
    if isinstance(value, dict):
        return [text for each in value.values() for text in _sentences(each)]
    if isinstance(value, list):
        return [text for each in value for text in _sentences(each)]
    return [value] if isinstance(value, str) and " " in value else []


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_register_is_as_its_published_schema_says(client: TestClient, language: str) -> None:
    response = client.get(SCHEMA)
    assert response.headers["content-type"] == "application/schema+json"
    schema = response.json()
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "urn:amtslotse:transparency:1.0"
    assert set(schema["required"]) >= ASKED_FOR
    register = _register(client, language=language)
    Draft202012Validator(schema).validate(register)
    assert set(register) == set(schema["properties"])


def test_the_register_says_where_its_schema_is_and_is_no_generated_text(client: TestClient) -> None:
    response = client.get(JSON)
    assert f'<{SCHEMA}>; rel="describedby"' in response.headers["link"]
    assert "ai-generated" not in response.headers


def test_the_register_tells_what_runs_and_what_is_published(client: TestClient, service: AnsweringService) -> None:
    register = _register(client)
    generation = service.generations.active(TENANT)
    assert register["software"]["version"] == code_version()
    assert register["disclosure"] == catalog("de").text("disclosure")
    assert register["knowledge"]["generation"] == generation.id
    assert register["knowledge"]["texts"] == len(SERVICES)
    assert register["responsible"]["controller"] == generation.tenant.privacy.controller
    assert register["models"][0]["name"] == "scripted"
    assert register["risk"]["risk_class"] == "limited"


def test_the_page_has_the_same_facts(client: TestClient) -> None:
    page, register = _text(client.get(PAGE).text), _register(client)
    left_out = {*register["risk"]["articles"], *(model["location_label"] for model in register["models"])}
    for sentence in _sentences({name: register[name] for name in ASKED_FOR | {"disclosure", "data_note"}}):
        if sentence not in left_out:
            assert sentence in page, sentence
    for model in register["models"]:
        for file in model["files"]:
            assert f"{file['name']} {file['sha256']}" in page
    for owner in register["knowledge"]["owners"]:
        assert f"{owner['name']} {owner['texts']}" in page
    assert register["knowledge"]["generation"] in page
    assert register["complaints"]["contact"]["email"] in page


def test_energy_is_counted_from_the_answers_that_are_kept(client: TestClient, service: AnsweringService) -> None:
    answer = asked(client, "Was kostet ein neuer Personalausweis?")
    energy = _register(client)["energy"]
    payload = service.get(TENANT, answer["answer_id"]).payload
    assert payload is not None
    assert (energy["answers"], energy["days"]) == (1, 30)
    assert energy["median_wh"] == energy["total_wh"] == payload["energy_wh"]
    assert shown.energy(energy["median_wh"], transparency_catalog("de")) in _text(client.get(PAGE).text)


def test_nothing_is_made_up_where_nothing_was_measured(client: TestClient) -> None:
    register, page = _register(client), _text(client.get(PAGE).text)
    assert register["evaluation"]["figures"] is None
    assert register["energy"]["median_wh"] is None
    assert "Nicht gemessen. Dem veröffentlichten Stand wurden keine Prüffragen gestellt." in page
    assert "In den letzten 30 Tagen ist keine Antwort gespeichert." in page
    assert " Wh" not in page
    assert "mindestens" not in page


def test_measured_figures_stand_beside_the_towns_goals(
    published_copy: Any,
    settings: Settings,
    embedder: Embedder,
    scripted: ScriptedLanguageModel,
    service: AnsweringService,
) -> None:
    measure(published_copy)
    own = settings.model_copy(update={"data_dir": published_copy})
    with running_app(build_service(own, embedder, scripted, service.records), own) as app:
        client = TestClient(app)
        figures, page = _register(client)["evaluation"]["figures"], _text(client.get(PAGE).text)
    assert (figures["right"], figures["right_refusals"], figures["questions"]) == (0.789, None, 331)
    assert "richtig beantwortet wurden 78,9 % mindestens 72 %" in page
    assert "auch sagt keine solchen Fragen mindestens 65 %" in page


@pytest.mark.parametrize(("language", "spoken"), [("de", "de"), ("en", "en"), ("uk", "en"), ("x" * 500, "en")])
def test_the_register_speaks_german_and_english(client: TestClient, language: str, spoken: str) -> None:
    assert _register(client, language=language)["language"] == spoken
    page = client.get(PAGE, params={"language": language}).text
    assert f'<html lang="{spoken}" dir="ltr">' in page
    assert transparency_catalog(spoken).text("heading.complaints") in page


def test_what_the_town_wrote_is_marked_as_german_on_an_english_page(client: TestClient) -> None:
    controller = _register(client)["responsible"]["controller"]
    assert f'<span lang="de" dir="ltr">{controller}</span>' in client.get(PAGE, params={"language": "en"}).text


def test_an_unknown_town_has_no_register(client: TestClient) -> None:
    assert_problem(client.get("/api/v1/nirgendwo/transparency"), 404, "unknown_tenant")
    assert_problem(client.get("/nirgendwo/transparenz"), 404, "unknown_tenant")


def test_the_page_has_landmarks_headings_in_order_and_tables_that_say_what_they_are(client: TestClient) -> None:
    html = client.get(PAGE).text
    assert [len(re.findall(rf"<{tag}\b", html)) for tag in ("h1", "main", "header", "footer")] == [1, 1, 1, 1]
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert html.count("<table") == html.count("<caption") > 3
    assert re.findall(r"<th (?!scope=)", html) == []
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="#|aria-labelledby=")([^"]+)"', html)) <= set(ids)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", html)


def test_demo_page_and_widget_lead_to_the_register(client: TestClient) -> None:
    assert f'href="{PAGE}"' in client.get("/").text
    assert client.get(f"/api/v1/{TENANT}/widget").json()["texts"]["transparency"]
