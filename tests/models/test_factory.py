from pathlib import Path

import pytest

from app.errors import ConfigurationError, ModelError
from app.models.factory import open_embedder, open_language_model
from app.models.llama import LlamaLanguageModel
from app.models.openai_compatible import OpenAICompatibleLanguageModel
from app.settings import Settings


@pytest.mark.models
def test_opens_the_embedded_model(llama_settings: Settings) -> None:
    model = open_language_model(llama_settings)
    assert isinstance(model, LlamaLanguageModel)
    model.close()


def test_opens_a_client_without_contacting_the_server() -> None:
    model = open_language_model(Settings(llm_backend="openai", llm_base_url="http://127.0.0.1:9/v1"))
    assert isinstance(model, OpenAICompatibleLanguageModel)
    model.close()


def test_a_client_needs_a_base_url() -> None:
    with pytest.raises(ConfigurationError, match="AMTSLOTSE_LLM_BASE_URL"):
        open_language_model(Settings(llm_backend="openai"))


def test_may_go_without_a_language_model() -> None:
    assert open_language_model(Settings(llm_backend="none")) is None


def test_models_that_were_not_prepared_say_how_to_get_them(tmp_path: Path) -> None:
    settings = Settings(models_dir=tmp_path)
    with pytest.raises(ModelError, match="amtslotse models prepare"):
        open_language_model(settings)
    with pytest.raises(ModelError, match="amtslotse models prepare"):
        open_embedder(settings)
