"""What every implementation of the `LanguageModel` port must do."""

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Protocol

import pytest

from app.errors import BusyError, CancelledError, InvalidInputError, ModelError
from app.models.llama import LlamaLanguageModel
from app.models.openai_compatible import OpenAICompatibleLanguageModel
from app.models.ports import LanguageModel, Prompt, Sampling
from app.settings import Settings
from tests.fakes import ScriptedLanguageModel

LIST = Prompt("Zählen: eins zwei drei vier. Städte: Köln, Mainz, Trier.\n\n", "Zahlen: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,")
"""A list that a model continues for as long as it may."""
EMOJI = Prompt("🏛️ Bürgeramt, 🚗 Zulassung, 🐕 Hundesteuer\n" * 4, "🏛️ Bürgeramt, 🚗")
LONG = Sampling(max_tokens=400)


class Subject(Protocol):
    """How the suite gets instances of one implementation."""

    def open(self, queue_size: int) -> LanguageModel: ...

    def open_slow(self, queue_size: int) -> LanguageModel:
        """One whose LONG calls last longer than a test."""
        ...


class Embedded:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def open(self, queue_size: int) -> LanguageModel:
        return LlamaLanguageModel.load(self._settings.model_copy(update={"queue_size": queue_size}))

    open_slow = open  # noqa: A003


class Remote:
    def __init__(self, base_url: str) -> None:
        self._base_url = base_url

    def open(self, queue_size: int) -> LanguageModel:
        return OpenAICompatibleLanguageModel(
            Settings(llm_backend="openai", llm_base_url=self._base_url, queue_size=queue_size)
        )

    open_slow = open  # noqa: A003


class Scripted:
    def open(self, queue_size: int) -> ScriptedLanguageModel:
        return ScriptedLanguageModel(" 🏛️ Bürgeramt, 🚗 Zulassung," * 100, queue_size=queue_size)

    def open_slow(self, queue_size: int) -> ScriptedLanguageModel:
        model = self.open(queue_size)
        model.gate.clear()
        return model


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("embedded", marks=pytest.mark.models),
        pytest.param("remote", marks=pytest.mark.models),
        "scripted",
    ],
)
def subject(request: pytest.FixtureRequest) -> Subject:
    match request.param:
        case "embedded":
            return Embedded(request.getfixturevalue("llama_settings"))
        case "remote":
            return Remote(request.getfixturevalue("completion_server"))
        case _:
            return Scripted()


@pytest.fixture(scope="module")
def model(subject: Subject) -> Iterator[LanguageModel]:
    opened = subject.open(queue_size=8)
    yield opened
    opened.close()


@pytest.fixture
def pair(subject: Subject) -> Iterator[LanguageModel]:
    """An instance of its own for the test, with room for two calls that last."""
    opened = subject.open_slow(queue_size=2)
    yield opened
    opened.close()


def text_of(model: LanguageModel, prompt: Prompt, sampling: Sampling) -> str:
    return "".join(model.generate(prompt, sampling))


def test_says_what_it_is(model: LanguageModel) -> None:
    info = model.info
    assert all((info.name, info.file, info.sha256, info.licence, info.runtime, info.draft_languages))
    assert info.context_tokens >= 512


def test_yields_pieces_that_are_never_empty(model: LanguageModel) -> None:
    pieces = list(model.generate(LIST, Sampling(max_tokens=12)))
    assert pieces
    assert all(pieces)
    assert len(pieces) <= 12


def test_a_longer_limit_only_adds_text(model: LanguageModel) -> None:
    short = text_of(model, LIST, Sampling(max_tokens=6))
    long = text_of(model, LIST, Sampling(max_tokens=18))
    assert long.startswith(short)
    assert len(long) > len(short)


def test_the_same_prompt_gives_the_same_text_whatever_ran_before(model: LanguageModel) -> None:
    first = text_of(model, LIST, Sampling(max_tokens=16))
    text_of(model, EMOJI, Sampling(max_tokens=16))
    assert text_of(model, LIST, Sampling(max_tokens=16)) == first


def test_callers_beside_each_other_get_the_same_texts_as_alone(model: LanguageModel) -> None:
    sampling = Sampling(max_tokens=12)
    prompts = [LIST, EMOJI] * 3
    alone = [text_of(model, prompt, sampling) for prompt in prompts]
    with ThreadPoolExecutor(max_workers=len(prompts)) as callers:
        beside = list(callers.map(lambda prompt: text_of(model, prompt, sampling), prompts))
    assert beside == alone


def test_characters_of_several_bytes_and_tokens_arrive_whole(model: LanguageModel) -> None:
    text = text_of(model, EMOJI, Sampling(max_tokens=30))
    assert "🏛️ Bürgeramt" in text
    assert "\ufffd" not in text


@pytest.mark.parametrize("length", [1, 4, 9])
def test_text_ends_before_a_stop_string_wherever_it_begins(model: LanguageModel, length: int) -> None:
    whole = text_of(model, LIST, Sampling(max_tokens=24))
    stop = whole[11 : 11 + length]
    pieces = list(model.generate(LIST, Sampling(max_tokens=24, stop=(stop, "never"))))
    assert "".join(pieces) == whole[: whole.index(stop)]


def test_a_prompt_beyond_the_context_is_refused(model: LanguageModel) -> None:
    with pytest.raises(InvalidInputError):
        text_of(model, Prompt(LIST.prefix, "eins " * 3000), Sampling(max_tokens=8))


def test_a_cancelled_call_yields_nothing(model: LanguageModel) -> None:
    cancel = Event()
    cancel.set()
    with pytest.raises(CancelledError):
        list(model.generate(LIST, LONG, cancel))


def test_a_call_ends_soon_after_it_is_cancelled_and_the_next_one_works(model: LanguageModel) -> None:
    before = text_of(model, LIST, Sampling(max_tokens=8))
    cancel = Event()
    pieces = model.generate(LIST, LONG, cancel)
    next(pieces)
    cancel.set()
    with pytest.raises(CancelledError):
        list(pieces)
    assert list(pieces) == []
    assert text_of(model, LIST, Sampling(max_tokens=8)) == before


def test_calls_beyond_the_queue_are_refused_until_one_ends(pair: LanguageModel) -> None:
    calls = [pair.generate(LIST, LONG) for _ in range(2)]
    with pytest.raises(BusyError) as refused:
        pair.generate(LIST, LONG)
    assert refused.value.retry_after_s > 0
    calls.pop()
    gc.collect()
    calls.append(pair.generate(LIST, LONG))


def test_a_waiting_call_that_is_cancelled_gives_up_its_place(pair: LanguageModel) -> None:
    cancel = Event()
    running = pair.generate(LIST, LONG)
    waiting = pair.generate(LIST, LONG, cancel)
    cancel.set()
    with pytest.raises(CancelledError):
        next(waiting)
    assert pair.generate(LIST, LONG) is not running


def test_closing_fails_the_calls_that_run_and_wait(pair: LanguageModel) -> None:
    calls = [pair.generate(LIST, LONG) for _ in range(2)]
    pair.close()
    for call in calls:
        with pytest.raises(ModelError):
            list(call)
    with pytest.raises(ModelError):
        pair.generate(LIST, LONG)
    pair.close()
