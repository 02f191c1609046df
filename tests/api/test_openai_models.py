"""Towns as models, with the keys that open them."""

from collections.abc import Iterator
from pathlib import Path

import openai
import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.settings import Settings
from tests.answering.samples import PRICE_QUESTION
from tests.knowledge import TENANT
from tests.servers import running_app, served

MODEL = f"amtslotse-{TENANT}"
KEY = "3f5c0a1be2d94c7796b8aa00dd11ee22"


def test_every_published_town_is_a_model(client: TestClient, service: AnsweringService) -> None:
    (model,) = client.get("/v1/models").json()["data"]
    created = int(service.generations.active(TENANT).manifest.created_at.timestamp())
    assert model == {"id": MODEL, "object": "model", "created": created, "owned_by": "Musterstadt"}
    assert client.get(f"/v1/models/{MODEL}").json() == model


@pytest.mark.parametrize("model", ["amtslotse-nirgendwo", TENANT, "gpt-4", "%2e%2e"])
def test_an_unknown_model_is_told_in_openais_form(client: TestClient, model: str) -> None:
    response = client.get(f"/v1/models/{model}")
    assert response.status_code == 404
    assert response.json()["error"].keys() == {"message", "type", "param", "code"}


@pytest.fixture
def locked(service: AnsweringService, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """A server that wants a key."""
    keys = tmp_path / "api-keys"
    keys.write_text(f"another-key-of-good-length\n{KEY}\n")
    keys.chmod(0o600)
    with running_app(service, settings.model_copy(update={"api_keys_file": keys})) as app, served(app) as url:
        yield f"{url}/v1"


def test_a_key_opens_both_endpoints(locked: str) -> None:
    with openai.OpenAI(base_url=locked, api_key=KEY, max_retries=0) as client:
        assert [model.id for model in client.models.list()] == [MODEL]
        answer = client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": PRICE_QUESTION}])
        assert "37,00 Euro" in (answer.choices[0].message.content or "")


def test_without_the_right_key_neither_is_open(locked: str) -> None:
    with openai.OpenAI(base_url=locked, api_key=KEY[:-1], max_retries=0) as client:
        with pytest.raises(openai.AuthenticationError) as refused:
            client.models.list()
        assert refused.value.code == "invalid_api_key"
        assert refused.value.response.headers["www-authenticate"] == "Bearer"
        with pytest.raises(openai.AuthenticationError):
            client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": PRICE_QUESTION}])
