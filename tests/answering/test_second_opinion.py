"""The language model's second opinion: asked only where it could decide, and never in the way when it has none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import log
from pathlib import Path

import pytest

from app.answering.evidence import select_evidence
from app.answering.pipeline import Pipeline
from app.answering.retrieve import retrieve
from app.answering.second_opinion import LIMIT, SecondOpinion, SecondOpinionWeights
from app.answering.values import Evidence, EvidenceSentence
from app.answering.weights import load_weights
from app.index.generation import Generation
from app.index.modules import ModuleKind
from app.models.logistic import LogisticModel
from evaluation.verification.pairs import evidence_of
from tests.answering.samples import PRICE_QUESTION
from tests.fakes import ScriptedLanguageModel

PROMPTS = Path("prompts")
EVIDENCE = evidence_of(
    1, ModuleKind.COSTS, ["Die Gebühr beträgt 5,00 Euro."], page="p", title="Hundemarke", language="de"
)
SECOND = SecondOpinionWeights("0" * 64, LogisticModel(0.0, {"own": 1.0, "refusal": -0.5}), {"helpful": 0.5})


def test_only_a_doubtful_own_probability_leaves_the_decision_open() -> None:
    assert SECOND.settled(0.999, "helpful") is True
    assert SECOND.settled(0.001, "helpful") is False
    assert SECOND.settled(0.5, "helpful") is None


def test_a_likely_refusal_lowers_the_probability_and_an_unlikely_one_raises_it() -> None:
    assert SECOND.combined(0.5, LIMIT) < 0.5 < SECOND.combined(0.5, -LIMIT)
    assert SECOND.combined(1.0, LIMIT) < 1.0  # certainty stays finite


@pytest.mark.parametrize(
    ("told", "odds"), [(log(0.5), 0.0), (log(0.8), log(4.0)), (-200.0, -LIMIT), (0.0, LIMIT), (None, None)]
)
def test_the_models_log_probability_becomes_bounded_log_odds(told: float | None, odds: float | None) -> None:
    model = ScriptedLanguageModel(prompt="draft-adapted")
    model.opinion = told
    refusal = SecondOpinion(model, PROMPTS, "Was kostet die Marke?", None).refusal(EVIDENCE)
    model.close()
    assert refusal == (None if odds is None else pytest.approx(odds))


def test_a_model_without_a_taught_refusal_has_no_opinion() -> None:
    model = ScriptedLanguageModel(prompt="draft")
    model.opinion = -1.0
    assert SecondOpinion(model, PROMPTS, "Was kostet die Marke?", None).refusal(EVIDENCE) is None
    model.close()


@pytest.mark.models
@pytest.mark.parametrize(("refusal", "answers"), [(-LIMIT, True), (LIMIT, False), (None, True)])
def test_the_second_opinion_decides_where_the_own_probability_is_in_doubt(
    pipeline: Pipeline, generation: Generation, refusal: float | None, answers: bool
) -> None:
    asked: list[int] = []

    def opinion(sentences: Sequence[EvidenceSentence]) -> float | None:
        asked.append(len(sentences))
        return refusal

    doubtful = LogisticModel(0.1, dict.fromkeys(load_weights().answerable.weights, 0.0))
    evidence = _selected(pipeline, generation, doubtful, opinion)
    assert bool(evidence.sentences) == answers
    assert asked and evidence.refusal == refusal


@pytest.mark.models
@pytest.mark.parametrize("bias", [9.0, -9.0])
def test_the_model_is_not_asked_where_its_opinion_could_not_turn_the_decision(
    pipeline: Pipeline, generation: Generation, bias: float
) -> None:
    def opinion(sentences: Sequence[EvidenceSentence]) -> float | None:
        raise AssertionError("it costs time and energy")

    certain = LogisticModel(bias, dict.fromkeys(load_weights().answerable.weights, 0.0))
    assert bool(_selected(pipeline, generation, certain, opinion).sentences) == (bias > 0)


def _selected(pipeline: Pipeline, generation: Generation, own: LogisticModel, opinion: object) -> Evidence:
    second = replace(SECOND, thresholds={"helpful": 0.5, "cautious": 0.5})
    thresholds = {"helpful": 0.5, "cautious": 0.5}
    weights = replace(pipeline.weights, answerable=own, answerable_thresholds=thresholds, second_opinion=second)
    retrieval = retrieve(PRICE_QUESTION, "de", date(2026, 11, 2), generation, pipeline.embedder, weights)
    return select_evidence(retrieval, generation, weights, opinion)  # type: ignore[arg-type]
