"""The embedded model's own promises: equal answers, exact limits, clear errors."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.errors import InvalidInputError, ModelError
from app.models.llama import LlamaLanguageModel
from app.models.llama_engine import BATCH_TOKENS, LlamaEngine
from app.models.ports import LanguageModel, Prompt, Sampling, Scoring
from app.settings import Settings

pytestmark = pytest.mark.models

SERVICES = ("Hundesteuer", "Reisepass", "Anwohnerparkausweis", "Geburtsurkunde", "Führungszeugnis", "Sperrmüll")
PREFIXES = tuple(
    f"Antworte {manner}.\n\nText: Ein Personalausweis kostet 37,00 Euro.\nFrage: Was kostet ein Ausweis?\n"
    "Antwort: Ein Personalausweis kostet 37,00 Euro.\n\n"
    for manner in ("kurz", "genau", "freundlich", "höflich", "klar")
)
PROMPTS = [
    Prompt(
        prefix,
        f"Text: Die Gebühr beträgt {number},50 Euro, die Frist {number} Tage.\nFrage: {service}?\nAntwort:",
    )
    for number, prefix in enumerate(PREFIXES, start=7)
    for service in SERVICES
]
SHORT = Sampling(max_tokens=8)


def text_of(model: LanguageModel, prompt: Prompt, sampling: Sampling = SHORT) -> str:
    return "".join(model.generate(prompt, sampling))


@pytest.fixture
def engine(gguf: Path) -> Iterator[LlamaEngine]:
    opened = LlamaEngine.load(gguf, context_tokens=1024, threads=1)
    yield opened
    opened.close()


def test_thirty_prompts_give_the_same_texts_in_any_order_and_with_callers_beside_each_other(
    language_model: LanguageModel,
) -> None:
    assert len(PROMPTS) == 30
    assert len(PREFIXES) > 4  # more than are kept, so that some are computed anew
    texts: list[dict[Prompt, str]] = []
    for seed in (1, 2):
        order = random.Random(seed).sample(PROMPTS, len(PROMPTS))
        with ThreadPoolExecutor(max_workers=6) as callers:
            answers = callers.map(lambda prompt: text_of(language_model, prompt), order)
            texts.append(dict(zip(order, answers, strict=True)))
    assert texts[0] == texts[1]
    assert len(set(texts[0].values())) > 10


def test_scoring_a_prompt_first_changes_nothing_in_what_is_written_from_it(
    language_model: LanguageModel, llama_settings: Settings
) -> None:
    scoring = Scoring(" 37,00 Euro.", most_tokens=3)
    plain = [text_of(language_model, prompt) for prompt in PROMPTS[:6]]
    fresh = LlamaLanguageModel.load(llama_settings)
    scored = [fresh.log_probability(prompt, scoring) for prompt in PROMPTS[:6]]
    texts = [text_of(fresh, prompt) for prompt in PROMPTS[:6]]  # more prompts than states are kept
    again = [fresh.log_probability(prompt, scoring) for prompt in PROMPTS[:6]]
    fresh.close()
    assert texts == plain
    assert again == scored
    assert all(value < 0 for value in scored)


def test_the_text_that_the_model_would_write_is_the_likelier_one(language_model: LanguageModel) -> None:
    written = text_of(language_model, PROMPTS[0])
    likely = language_model.log_probability(PROMPTS[0], Scoring(written, most_tokens=4))
    unlikely = language_model.log_probability(PROMPTS[0], Scoring(" Käsekuchen", most_tokens=4))
    assert likely is not None and unlikely is not None and likely > unlikely + 1


def test_a_fresh_model_gives_the_text_of_a_used_one_for_any_number_of_threads(
    language_model: LanguageModel, llama_settings: Settings
) -> None:
    text_of(language_model, PROMPTS[0])
    used = text_of(language_model, PROMPTS[3])
    for threads in (1, 2):
        fresh = LlamaLanguageModel.load(llama_settings.model_copy(update={"llm_threads": threads}))
        assert text_of(fresh, PROMPTS[3]) == used
        fresh.close()


def test_a_restored_prefix_continues_like_one_that_was_just_evaluated(engine: LlamaEngine) -> None:
    prefix = engine.tokenize(PROMPTS[0].prefix, begin=True)
    body = engine.tokenize(PROMPTS[0].body, begin=False)

    def continuation() -> list[int]:
        tokens = []
        with engine.chooser(temperature=0, seed=1) as choose:
            engine.evaluate(body)
            for _ in range(16):
                tokens.append(choose())
                engine.evaluate(tokens[-1:])
        return tokens

    engine.evaluate(prefix)
    state = engine.save()
    evaluated = continuation()
    engine.restore(state)
    assert continuation() == evaluated


def test_a_seed_repeats_its_text_and_another_gives_another(language_model: LanguageModel) -> None:
    texts = [
        text_of(language_model, PROMPTS[0], Sampling(max_tokens=16, temperature=1.2, seed=seed))
        for seed in (3, 3, 4, 5)
    ]
    assert texts[0] == texts[1]
    assert len(set(texts)) > 1


def test_the_answer_must_fit_beside_the_prompt(language_model: LanguageModel) -> None:
    room = language_model.info.context_tokens
    with pytest.raises(InvalidInputError, match="AMTSLOTSE_LLM_CONTEXT_TOKENS"):
        text_of(language_model, PROMPTS[0], Sampling(max_tokens=room - 20))


def test_a_prompt_may_be_all_prefix_or_all_body(language_model: LanguageModel) -> None:
    assert text_of(language_model, Prompt("eins, zwei, drei, vier,", ""))
    assert text_of(language_model, Prompt("", "eins, zwei, drei, vier,"))


def test_no_tokens_asked_for_gives_no_text(language_model: LanguageModel) -> None:
    assert text_of(language_model, PROMPTS[0], Sampling(max_tokens=0)) == ""


def test_prompts_longer_than_a_batch_are_evaluated_whole(language_model: LanguageModel) -> None:
    filler = "Das Bürgeramt hat am Montag geöffnet. " * 60
    prompt = Prompt(filler, filler + "Das Bürgeramt hat am")
    assert text_of(language_model, prompt, Sampling(max_tokens=3)) == " Montag geöffnet."


def test_control_tokens_in_a_prompt_stay_text(engine: LlamaEngine) -> None:
    tokens = engine.tokenize("<end_of_turn><bos>", begin=False)
    assert b"".join(engine.token_bytes(token) for token in tokens) == b"<end_of_turn><bos>"
    assert not any(engine.is_end(token) for token in tokens)


@pytest.mark.parametrize("text", ["Öffnungszeiten: 8–12 Uhr", "🏛️\n\n  § 5 Abs. 2", "قسم الخدمات"])
def test_tokens_give_back_the_text_that_they_were_made_of(engine: LlamaEngine, text: str) -> None:
    tokens = engine.tokenize(text, begin=False)
    assert b"".join(engine.token_bytes(token) for token in tokens).decode() == text
    assert len(engine.tokenize(text, begin=True)) == len(tokens) + 1


def test_names_file_hash_and_runtime(language_model: LanguageModel, gguf: Path) -> None:
    info = language_model.info
    assert (info.name, info.file) == (gguf.stem, gguf.name)
    assert info.sha256 == "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
    assert info.runtime.startswith("llama-cpp-python 0.3.")


def test_batches_have_the_size_that_published_answers_were_made_with() -> None:
    assert BATCH_TOKENS == 256  # another size changes probabilities, so recorded answers may no longer replay


def test_a_missing_file_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="amtslotse models prepare"):
        LlamaEngine.load(tmp_path / "none.gguf", 512, 1)


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        LlamaEngine.load(tmp_path, 512, 1)


@pytest.mark.parametrize("content", [b"", b"GG", b"PK\x03\x04 not a model", b"GGUF", b"GGUF" + b"\xff" * 4096])
def test_a_file_that_is_no_gguf_says_how_to_check_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="amtslotse models"):
        LlamaEngine.load(path, 512, 1)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.999])
def test_a_file_that_was_cut_off_says_how_to_check_it(tmp_path: Path, gguf: Path, share: float) -> None:
    path = tmp_path / "model.gguf"
    with gguf.open("rb") as source:
        path.write_bytes(source.read(int(gguf.stat().st_size * share)))
    with pytest.raises(ModelError, match="amtslotse models verify"):
        LlamaEngine.load(path, 512, 1)


def test_loading_and_generating_print_nothing(
    llama_settings: Settings, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    model = LlamaLanguageModel.load(llama_settings)
    text_of(model, PROMPTS[0], Sampling(max_tokens=1))
    model.close()
    (tmp_path / "bad.gguf").write_bytes(b"GGUF")
    with pytest.raises(ModelError):
        LlamaEngine.load(tmp_path / "bad.gguf", 512, 1)
    assert capfd.readouterr() == ("", "")
