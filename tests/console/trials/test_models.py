"""Models of trials: one at a time, and given back."""

from threading import Event

import pytest

from app.console.trials import models
from app.console.trials.models import ModelChoice, TrialModels, model_choices
from app.errors import InvalidInputError, ModelError
from app.settings import Settings
from app.trials.setup import QUOTES_ONLY, RUNNING
from tests.fakes import ScriptedLanguageModel


class _Closing(ScriptedLanguageModel):
    def __init__(self) -> None:
        super().__init__(default="")
        self.closed = Event()

    def close(self) -> None:
        super().close()
        self.closed.set()


def test_the_installed_model_is_offered_with_and_without_its_adapter() -> None:
    offered = {choice.id for choice in model_choices(Settings())}
    assert {"gemma-3-270m", "gemma-3-270m+plain"} <= offered
    assert "gemma-3-4b-it" not in offered


def test_running_and_none_load_nothing(settings: Settings, scripted: ScriptedLanguageModel) -> None:
    trial_models = TrialModels(settings, scripted)
    with trial_models.using(RUNNING) as model:
        assert model is scripted
    with trial_models.using(QUOTES_ONLY) as model:
        assert model is None
    assert trial_models.loaded is None


def test_another_model_takes_the_place_of_the_one_before(settings: Settings) -> None:
    opened = [_Closing(), _Closing()]
    queue = iter(opened)
    trial_models = TrialModels(settings, None, lambda _: next(queue))
    with trial_models.using("gemma-3-270m") as first:
        assert first is opened[0]
    with trial_models.using("gemma-3-270m") as again:
        assert again is opened[0]
    with trial_models.using("gemma-3-270m+plain") as second:
        assert second is opened[1] and opened[0].closed.is_set()
    trial_models.release()
    assert opened[1].closed.is_set()


def test_a_model_that_nobody_asks_gives_its_memory_back(settings: Settings) -> None:
    model = _Closing()
    trial_models = TrialModels(settings, None, lambda _: model, idle_s=0.01)
    with trial_models.using("gemma-3-270m"):
        pass
    assert model.closed.wait(timeout=10)


def test_what_is_not_installed_or_too_big_is_not_loaded(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    trial_models = TrialModels(settings, None)
    with pytest.raises(ModelError, match="nicht installiert"), trial_models.using("gemma-3-4b-it"):
        pass
    huge = ModelChoice("gemma-3-270m", "Gemma", 10**15, fits=False)
    monkeypatch.setattr(models, "model_choices", lambda _: (huge,))
    with pytest.raises(InvalidInputError, match="Arbeitsspeicher"), trial_models.using("gemma-3-270m"):
        pass
