"""The trial room: asks both sides, and nothing of it is citizens' traffic."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.answering.service import AnsweringService
from app.answering.values import Origin, Question, Status
from app.console.trials.models import TrialModels
from app.console.trials.room import TrialRoom
from app.console.trials.side import pipeline_for, side_from, walk_unrecorded
from app.errors import InvalidInputError, LockedError, ModelError
from app.settings import Settings
from app.switches.state import InForce
from app.trials.repository import TrialRepository
from app.trials.setup import SetUp
from app.trials.trial import Trial
from tests.console.staff import TENANT
from tests.fakes import ScriptedLanguageModel

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FEE = "Was kostet ein Bewohnerparkausweis?"


def _finish(room: TrialRoom, trial: Trial) -> None:
    room._lists.submit(lambda: None).result(timeout=120)


def test_both_sides_answer_and_the_answer_log_stays_empty(
    room: TrialRoom, trial: Trial, service: AnsweringService, scripted: ScriptedLanguageModel
) -> None:
    kept = room.ask(trial, FEE, NOW)
    left, right = side_from(kept.left), side_from(kept.right)
    assert left.answer.model == "scripted" and right.answer.model == "none"
    assert right.answer.status is Status.ANSWERED
    assert {statement.origin for statement in right.answer.statements} <= {Origin.QUOTE, Origin.FRAME}
    assert right.total_ms > 0
    assert service.records.count(TENANT) == 0


def test_the_live_side_answers_as_the_service_does(
    room: TrialRoom, trial: Trial, service: AnsweringService, scripted: ScriptedLanguageModel
) -> None:
    kept = side_from(room.ask(trial, FEE, NOW).left)
    with service.admit():
        *_, recorded = service.ask(Question(text=FEE, tenant=TENANT, asked_at=NOW))
    assert kept.answer == recorded.answer  # type: ignore[union-attr]


def test_personal_data_is_masked_before_anything_is_kept(room: TrialRoom, trial: Trial) -> None:
    kept = room.ask(trial, "Ich heiße Sabine Mustermann, sabine@example.org. Was kostet ein Reisepass?", NOW)
    assert "sabine@example.org" not in kept.question and "Mustermann" not in kept.question
    assert "sabine@example.org" not in str(kept.left) + str(kept.right)


def test_staff_try_what_is_switched_off_and_visitors_do_not(room: TrialRoom, trial: Trial) -> None:
    off = InForce(services=("bewohnerparkausweis",))
    assert side_from(room.ask(trial, FEE, NOW).right).answer.status is Status.ANSWERED
    visitors = room.ask(trial, FEE, NOW, by_visitor=True, switches=off)
    assert side_from(visitors.right).answer.status is Status.PAUSED


def test_a_model_that_breaks_down_is_an_answer_of_its_own(
    room: TrialRoom, trial: Trial, scripted: ScriptedLanguageModel
) -> None:
    scripted.enqueue(ModelError("broken"))
    kept = room.ask(trial, FEE, NOW)
    assert side_from(kept.left).answer.status is Status.FAILED
    assert side_from(kept.right).answer.status is Status.ANSWERED


def test_a_question_that_nobody_could_answer_keeps_nothing(
    room: TrialRoom, trial: Trial, trials: TrialRepository
) -> None:
    with pytest.raises(InvalidInputError):
        room.ask(trial, "x" * 5_000, NOW)
    assert trials.answers(trial, with_visitors=True) == ()


def test_a_list_is_worked_off_and_says_what_could_not_be_asked(
    room: TrialRoom, trial: Trial, trials: TrialRepository
) -> None:
    room.start_list(trial, [FEE, "y" * 5_000, "Wie lange gilt ein Reisepass?"], NOW)
    _finish(room, trial)
    progress = room.progress(trial)
    assert progress is not None
    assert (progress.done, progress.total, progress.running, progress.error) == (3, 3, False, None)
    assert [question[:3] for question, _ in progress.failed] == ["yyy"]
    assert len(trials.answers(trial, with_visitors=True)) == 2


def test_one_list_at_a_time_and_it_can_be_stopped(
    room: TrialRoom, trial: Trial, scripted: ScriptedLanguageModel
) -> None:
    scripted.gate.clear()
    room.start_list(trial, [FEE] * 1 + ["Wie lange gilt ein Reisepass?"], NOW)
    with pytest.raises(LockedError):
        room.start_list(trial, [FEE], NOW)
    room.stop_list(trial)
    scripted.gate.set()
    _finish(room, trial)
    progress = room.progress(trial)
    assert progress is not None and not progress.running and progress.done < 2


def test_a_list_with_two_loaded_models_loads_each_once(
    service: AnsweringService, settings: Settings, trials: TrialRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def opened(wanted: Settings) -> ScriptedLanguageModel:
        loaded.append(f"{wanted.llm_model} {wanted.llm_adapter}")
        return ScriptedLanguageModel(default="")

    models = TrialModels(settings, None, opened, idle_s=60)
    room = TrialRoom(settings, service, models)
    left, right = SetUp(model="gemma-3-270m"), SetUp(model="gemma-3-270m+plain")
    trial = trials.create(TENANT, "Zwei Modelle", left, right, "petra", NOW)
    room.start_list(trial, [FEE, "Wie lange gilt ein Reisepass?"], NOW)
    _finish(room, trial)
    room.close()
    assert loaded == ["gemma-3-270m builtin", "gemma-3-270m none"]
    assert len(trials.answers(trial, with_visitors=True)) == 2
    assert models.loaded is None


def test_a_set_up_that_cannot_answer_is_refused_before_it_is_kept(room: TrialRoom, settings: Settings) -> None:
    with pytest.raises(InvalidInputError, match="nicht gültig"):
        room.check(TENANT, SetUp(prompts={"draft.de": "id: draft"}))
    published = (settings.prompts_dir / "draft.de.yaml").read_text("utf-8")
    room.check(TENANT, SetUp(prompts={"draft.de": published.replace("version: 2", "version: 3")}))


def test_an_edited_prompt_is_what_that_side_drafts_from(
    room: TrialRoom, trials: TrialRepository, settings: Settings, scripted: ScriptedLanguageModel
) -> None:
    published = (settings.prompts_dir / "draft.de.yaml").read_text("utf-8")
    edited = published.replace("Die Stadtverwaltung beantwortet", "Das Rathaus beantwortet")
    trial = trials.create(TENANT, "Anweisung", SetUp(), SetUp(prompts={"draft.de": edited}), "petra", NOW)
    kept = room.ask(trial, FEE, NOW)
    assert side_from(kept.left).prompt != side_from(kept.right).prompt
    prompts = [prompt.text for prompt, _ in scripted.calls]
    assert ["Das Rathaus" in prompt for prompt in prompts] == [False, True]


def test_a_threshold_of_one_refuses_and_one_of_zero_answers(
    service: AnsweringService, scripted: ScriptedLanguageModel
) -> None:
    live, generation = service.pipeline, service.generations.active(TENANT)
    question = Question(text=FEE, tenant=TENANT, asked_at=NOW)

    def status(setup: SetUp) -> Status:
        pipeline = pipeline_for(setup, live, None, Path("prompts"))
        return walk_unrecorded(pipeline, question, generation).answer.status

    assert status(SetUp(threshold=1.0)) is Status.NOT_IN_KNOWLEDGE
    assert status(SetUp(threshold=0.0)) is Status.ANSWERED
    assert status(SetUp(caution="helpful")) is Status.ANSWERED
