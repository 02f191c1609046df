"""The marking of machine-made words over HTTP: always there, and different for what a model worded."""

import re

import pytest
from fastapi.testclient import TestClient

from app.api.answer_parts import TRAINED_ALGORITHMIC_MEDIA
from tests.answering.samples import PRICE_QUESTION, TOLD
from tests.api.chat_client import CHAT, STREAM, asked, streamed
from tests.fakes import ScriptedLanguageModel

QUESTIONS = (PRICE_QUESTION, "Guten Tag!", "Hilfe, meine Wohnung brennt!", "Wie wird das Wetter?", "How much is an ID?")


@pytest.mark.parametrize("text", QUESTIONS)
def test_every_answer_carries_disclosure_flag_and_header(client: TestClient, text: str) -> None:
    answer = asked(client, text)
    assert answer["disclosure"].strip()
    assert answer["ai_generated"] is True
    for headers in ({}, STREAM):
        response = client.post(CHAT, json={"question": text}, headers=headers)
        assert response.headers["ai-generated"] == "true"


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_first_event_of_every_stream_says_that_a_machine_answers(client: TestClient, text: str) -> None:
    first = streamed(client, text)[0]
    assert first.name == "disclosure"
    assert first.data["text"].strip()
    assert first.data["ai_generated"] is True


@pytest.mark.parametrize(
    "extra", [{"disclosure": False}, {"disclosure": ""}, {"no_disclosure": True}, {"ai_generated": False}]
)
def test_no_field_of_a_question_takes_it_away(client: TestClient, extra: dict[str, object]) -> None:
    response = client.post(CHAT, json={"question": PRICE_QUESTION, **extra})
    assert response.status_code == 422


def test_no_parameter_or_header_takes_it_away(client: TestClient) -> None:
    response = client.post(
        f"{CHAT}?disclosure=false&ai_generated=0",
        json={"question": PRICE_QUESTION},
        headers={"AI-Generated": "false", "X-No-Disclosure": "1", "Prefer": "return=minimal"},
    )
    assert response.json()["disclosure"].strip()
    assert response.headers["ai-generated"] == "true"
    config = client.get("/api/v1/musterstadt/widget?disclosure=&language=xx").json()
    assert config["disclosure"].strip()


def test_words_of_the_model_and_words_of_the_town_are_told_apart(
    client: TestClient, scripted: ScriptedLanguageModel
) -> None:
    scripted.enqueue(f"{TOLD} [1]")
    marks = {
        statement["origin"]: (statement["ai_generated"], statement["digital_source_type"])
        for statement in asked(client, PRICE_QUESTION)["statements"]
    }
    assert marks["generated"] == (True, TRAINED_ALGORITHMIC_MEDIA)
    assert marks["quote"] == (False, None)


def test_streamed_statements_have_the_same_marks(client: TestClient, scripted: ScriptedLanguageModel) -> None:
    scripted.enqueue(f"{TOLD} [1]", f"{TOLD} [1]")
    events = streamed(client, PRICE_QUESTION)
    assert [event.data for event in events if event.name == "statement"] == asked(client, PRICE_QUESTION)["statements"]


def test_the_page_with_the_chat_describes_it_for_machines(client: TestClient) -> None:
    page = client.get("/").text
    (disclosure,) = re.findall(r'<meta name="ai-disclosure" content="([^"]+)">', page)
    assert "Maschine" in disclosure
