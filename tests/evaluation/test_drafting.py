"""How a draft is judged: what passes, what is right, and what the figures say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import Settings
from evaluation.drafting import Drafted, draft, line
from evaluation.drafting_examples import DraftExample, draft_examples
from tests.answering.samples import PROMPTS
from tests.evaluation.drafting_samples import page_data, written
from tests.fakes import ScriptedLanguageModel

SETTINGS = Settings(prompts_dir=PROMPTS)


@pytest.fixture
def model() -> Iterator[ScriptedLanguageModel]:
    made = ScriptedLanguageModel()
    yield made
    made.close()


@pytest.fixture
def examples(tmp_path: Path) -> tuple[DraftExample, ...]:
    """A question for two facts, one for a no, and one without an answer."""
    return tuple(draft_examples(written(tmp_path, page_data()), PROMPTS, seed=0))


def _drafted(model: ScriptedLanguageModel, example: DraftExample, text: str) -> Drafted:
    model.enqueue(text)
    return draft(model, example, SETTINGS)


def test_the_written_answers_are_right(model: ScriptedLanguageModel, examples: tuple[DraftExample, ...]) -> None:
    for example in examples:
        drafted = _drafted(model, example, example.answer)
        assert drafted.right, drafted
        assert drafted.passed == example.answerable


def test_a_wrong_figure_does_not_pass(model: ScriptedLanguageModel, examples: tuple[DraftExample, ...]) -> None:
    drafted = _drafted(model, examples[0], examples[0].answer.replace("90", "95"))
    assert not drafted.passed
    assert not drafted.right
    assert len(drafted.rejections) == 1


def test_half_of_the_answer_passes_and_is_not_right(
    model: ScriptedLanguageModel, examples: tuple[DraftExample, ...]
) -> None:
    whole = examples[0].answer
    drafted = _drafted(model, examples[0], whole[: whole.index("]") + 1])
    assert drafted.passed
    assert not drafted.right


def test_an_answer_without_its_no_is_not_right(
    model: ScriptedLanguageModel, examples: tuple[DraftExample, ...]
) -> None:
    drafted = _drafted(model, examples[1], examples[1].answer.replace("Nein, für", "Für"))
    assert drafted.passed
    assert not drafted.right


def test_nothing_said_is_wrong_where_there_is_an_answer(
    model: ScriptedLanguageModel, examples: tuple[DraftExample, ...]
) -> None:
    drafted = _drafted(model, examples[1], "")
    assert (drafted.sentences, drafted.passed, drafted.right) == ((), False, False)


def test_what_passes_without_an_answer_is_wrong(
    model: ScriptedLanguageModel, examples: tuple[DraftExample, ...]
) -> None:
    unanswerable = examples[2]
    said = f"{unanswerable.evidence[0].text} [1]"
    assert not _drafted(model, unanswerable, said).right
    assert _drafted(model, unanswerable, "Die Hundewiese liegt am Bahnhof. [1]").right  # rejected, so never shown


def test_a_model_without_adapter_gets_the_prompt_with_examples(
    model: ScriptedLanguageModel, examples: tuple[DraftExample, ...]
) -> None:
    _drafted(model, examples[0], examples[0].answer)
    prompt, _ = model.calls[0]
    assert prompt.prefix
    assert prompt.prefix != examples[0].prompt.prefix
    assert examples[0].question in prompt.body


def test_the_line_gives_shares_of_each_kind(model: ScriptedLanguageModel, examples: tuple[DraftExample, ...]) -> None:
    drafts = [
        _drafted(model, examples[0], examples[0].answer),
        _drafted(model, examples[1], examples[1].answer.replace("Nein, für", "Für")),
        _drafted(model, examples[2], examples[2].answer),
        _drafted(model, examples[2], f"{examples[2].evidence[0].text} [1]"),
    ]
    assert line("mine", drafts) == (
        "mine: 2 answerable, drafts that pass 100.0%, pass and are right 50.0%; 2 not answerable, nothing said 50.0% "
        "(refused in words 50.0%)"
    )
    assert line("none", []).startswith("none: 0 answerable, drafts that pass 0.0%")
