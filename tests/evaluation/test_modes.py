from pathlib import Path

import pytest

from app.answering.values import Origin
from app.errors import ConfigurationError
from app.settings import Settings
from evaluation.gold_answer import GoldStatement
from evaluation.gold_file import GoldKind, GoldQuestion
from evaluation.modes import AnswerMode, answer_modes, evaluate_modes, mode_figures
from tests.evaluation.gold_samples import REFUSED, RIGHT, UNANSWERABLE
from tests.knowledge import TENANT

OWN = str(Settings.model_fields["llm_model"].default)


def _names(settings: Settings) -> list[str]:
    return [mode.name for mode in answer_modes(settings)]


def test_quotes_and_the_embedded_model_are_always_compared() -> None:
    assert _names(Settings(llm_adapter="none")) == ["verbatim quotes", f"{OWN}, plain"]
    assert _names(Settings(llm_adapter="none", llm_backend="none")) == ["verbatim quotes", f"{OWN}, plain"]


def test_an_adapter_gets_a_row_and_the_plain_model_goes_without() -> None:
    _, plain, adapted = answer_modes(Settings())
    assert (plain.update["llm_adapter"], adapted.update["llm_adapter"]) == ("none", "builtin")
    assert adapted.name == f"{OWN}, with adapter"


def test_another_model_gets_rows_when_the_settings_name_it(tmp_path: Path) -> None:
    usual = _names(Settings())
    assert _names(Settings(llm_model="/models/larger.gguf")) == [*usual, "/models/larger.gguf, plain"]
    assert _names(Settings(llm_backend="openai", llm_model="town-model")) == [*usual, "town-model, remote"]
    adapter = tmp_path / "adapter.gguf"
    adapter.touch()
    last = answer_modes(Settings(llm_model="/models/larger.gguf", llm_adapter=str(adapter)))[-1]
    assert last.name == "/models/larger.gguf, with adapter"
    assert last.update["llm_adapter"] == str(adapter)


def test_an_adapter_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="AMTSLOTSE_LLM_ADAPTER"):
        answer_modes(Settings(llm_adapter=str(tmp_path / "missing.gguf")))


def test_modes_do_not_change_other_settings(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    for mode in answer_modes(settings):
        assert settings.model_copy(update=dict(mode.update)).data_dir == tmp_path


def test_generated_share_is_over_statements_that_tell_facts() -> None:
    drafted = RIGHT.model_copy(
        update={
            "statements": (
                *RIGHT.statements,
                GoldStatement(text="37 Euro.", origin=Origin.GENERATED, citations=(1,), language="de"),
            )
        }
    )
    figures = mode_figures("test", "model", (drafted, RIGHT, REFUSED, UNANSWERABLE))
    assert figures.generated == pytest.approx(1 / 3)
    assert figures.answered_p50_s == 1.0
    assert (figures.right.hits, figures.refused.hits, figures.right_refusals.hits) == (2, 1, 1)


def test_without_answers_there_is_no_share_and_no_time() -> None:
    figures = mode_figures("test", "model", (REFUSED,))
    assert (figures.generated, figures.answered_p50_s) == (None, None)


@pytest.mark.models
def test_each_mode_asks_all_questions(published: Path, small_knowledge: Path) -> None:
    human = GoldQuestion(id="a", split="dev", question="Bist du ein Mensch?", language="de", kind=GoldKind.SMALL_TALK)
    settings = Settings(data_dir=published, knowledge_dir=small_knowledge)
    steps: list[tuple[str, int, int]] = []
    modes = (AnswerMode("one", {"llm_backend": "none"}), AnswerMode("two", {"llm_backend": "none"}))
    figures = evaluate_modes(settings, modes, TENANT, (human,), lambda *step: steps.append(step))
    assert [(row.mode, row.model, row.questions) for row in figures] == [("one", "none", 1), ("two", "none", 1)]
    assert steps == [("one", 0, 1), ("one", 1, 1), ("two", 0, 1), ("two", 1, 1)]
