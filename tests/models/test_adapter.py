"""The LoRA adapter: which one is loaded, what the model then says, and what a damaged one tells the operator."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.answering.draft import render_prompt
from app.answering.environment import environment_of
from app.answering.prompts import PromptTemplate, load_prompt
from app.answering.service import AnsweringService
from app.errors import ConfigurationError, ModelError
from app.models.adapter import ADAPTED_LANGUAGES, BUILTIN_ADAPTER, adapter_path
from app.models.catalog import load_catalog
from app.models.installed import sha256_of
from app.models.llama import LlamaLanguageModel
from app.models.llama_engine import LlamaEngine
from app.models.ports import LanguageModel, Prompt, Sampling
from app.settings import Settings
from tests.answering.samples import PRICE_QUESTION, PROMPTS, QUOTED, chunk, evidence

NAMED_IN_ERRORS = "AMTSLOTSE_LLM_ADAPTER=none"


def test_ours_is_for_the_embedded_model_only() -> None:
    chosen = {
        entry.id: adapter_path(Settings(llm_model=entry.id)) for entry in load_catalog().models if entry.kind == "llm"
    }
    assert chosen.pop("gemma-3-270m") == BUILTIN_ADAPTER
    assert chosen
    assert not any(chosen.values())
    assert adapter_path(Settings(llm_model="/somewhere/gemma-3-270m.gguf")) is None


def test_none_takes_none() -> None:
    assert adapter_path(Settings(llm_adapter="none")) is None


def test_an_operators_own_adapter_is_taken_for_any_model(tmp_path: Path) -> None:
    own = tmp_path / "own.gguf"
    own.write_bytes(b"GGUF")
    assert adapter_path(Settings(llm_model="gemma-3-1b-it", llm_adapter=str(own))) == own


@pytest.mark.parametrize("name", ["nowhere.gguf", "."])
def test_a_name_without_a_file_says_what_may_be_given(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        adapter_path(Settings(llm_adapter=str(tmp_path / name)))
    assert refused.value.message == (
        f"AMTSLOTSE_LLM_ADAPTER names {tmp_path / name}, which is not a file: give the path of a GGUF adapter, or "
        "`builtin` or `none`."
    )


@pytest.fixture(scope="module")
def adapted(llama_settings: Settings) -> Iterator[LanguageModel]:
    """The embedded model with our adapter; don't close it."""
    model = LlamaLanguageModel.load(llama_settings.model_copy(update={"llm_adapter": str(BUILTIN_ADAPTER)}))
    yield model
    model.close()


@pytest.fixture(scope="module")
def template() -> PromptTemplate:
    found = load_prompt(PROMPTS, "draft-adapted", "de")
    assert found is not None
    return found


@pytest.fixture
def prompt(template: PromptTemplate) -> Prompt:
    return render_prompt(template, PRICE_QUESTION, evidence(chunk((QUOTED,))))


@pytest.mark.models
def test_it_says_one_cited_sentence_from_one_evidence_sentence(
    adapted: LanguageModel, prompt: Prompt, template: PromptTemplate
) -> None:
    text = "".join(adapted.generate(prompt, Sampling(max_tokens=128, stop=template.stop)))
    assert "Personalausweis" in text
    assert "37,00 Euro" in text
    assert text.endswith(" [1]")
    assert text.count("[") == 1


@pytest.mark.models
def test_it_ends_with_a_line_break_by_itself(
    adapted: LanguageModel, language_model: LanguageModel, prompt: Prompt
) -> None:
    text = "".join(adapted.generate(prompt, Sampling(max_tokens=40)))
    assert text.partition("\n")[0].endswith("[1]")
    assert "".join(language_model.generate(prompt, Sampling(max_tokens=40))) != text


@pytest.mark.models
def test_the_same_prompt_gives_the_same_text_whatever_ran_between(adapted: LanguageModel, prompt: Prompt) -> None:
    sampling = Sampling(max_tokens=24)
    once = "".join(adapted.generate(prompt, sampling))
    "".join(adapted.generate(Prompt("Etwas anderes:", " eins, zwei,"), sampling))
    assert "".join(adapted.generate(prompt, sampling)) == once


@pytest.mark.models
def test_an_adapted_model_names_prompt_languages_file_and_hash(
    adapted: LanguageModel, language_model: LanguageModel
) -> None:
    assert adapted.info.prompt == "draft-adapted"
    assert adapted.info.draft_languages == ADAPTED_LANGUAGES
    assert adapted.info.adapter == BUILTIN_ADAPTER.name
    assert adapted.info.adapter_sha256 == sha256_of(BUILTIN_ADAPTER)
    plain = language_model.info
    assert (plain.prompt, plain.adapter, plain.adapter_sha256) == ("draft", None, None)
    assert plain.sha256 == adapted.info.sha256


def test_there_is_a_prompt_for_each_of_its_languages() -> None:
    templates = [load_prompt(PROMPTS, "draft-adapted", language) for language in ADAPTED_LANGUAGES]
    assert all(template is not None and template.stop == ("\n",) for template in templates)


@pytest.mark.models
def test_the_records_environment_names_adapter_and_hash(service: AnsweringService, adapted: LanguageModel) -> None:
    environment = environment_of(replace(service.pipeline, language_model=adapted))
    assert environment["model_adapter"] == BUILTIN_ADAPTER.name
    assert environment["model_adapter_sha256"] == sha256_of(BUILTIN_ADAPTER)
    without = environment_of(service.pipeline)
    assert (without["model_adapter"], without["model_adapter_sha256"]) == (None, None)


@pytest.mark.models
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no adapter", b"GGUF", b"GGUF" + b"\xff" * 4096])
def test_a_file_that_is_no_adapter_says_what_to_do(gguf: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "adapter.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=NAMED_IN_ERRORS):
        LlamaEngine.load(gguf, 512, 1, path)


@pytest.mark.models
@pytest.mark.parametrize("share", [0.001, 0.5, 0.999])
def test_an_adapter_that_was_cut_off_says_what_to_do(gguf: Path, tmp_path: Path, share: float) -> None:
    path = tmp_path / "adapter.gguf"
    path.write_bytes(BUILTIN_ADAPTER.read_bytes()[: int(BUILTIN_ADAPTER.stat().st_size * share)])
    with pytest.raises(ModelError, match=NAMED_IN_ERRORS):
        LlamaEngine.load(gguf, 512, 1, path)


@pytest.mark.models
def test_a_whole_model_is_no_adapter(gguf: Path) -> None:
    with pytest.raises(ModelError, match="made for another model"):
        LlamaEngine.load(gguf, 512, 1, gguf)


@pytest.mark.models
def test_a_missing_adapter_is_not_taken_for_a_missing_model(gguf: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=NAMED_IN_ERRORS) as refused:
        LlamaEngine.load(gguf, 512, 1, tmp_path / "none.gguf")
    assert "models prepare" not in refused.value.message


@pytest.mark.models
def test_refusing_an_adapter_prints_nothing(gguf: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "adapter.gguf"
    path.write_bytes(b"GGUF" + b"\xff" * 64)
    with pytest.raises(ModelError):
        LlamaEngine.load(gguf, 512, 1, path)
    assert capfd.readouterr() == ("", "")
