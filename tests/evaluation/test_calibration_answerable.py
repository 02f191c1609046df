"""The model that tells whether the knowledge answers: calibrated, and the same every time."""

from math import exp

import numpy as np

from evaluation.calibration_answerable import AnswerableRow, fit_answerable, folds_of
from evaluation.reliability import Judged, reliability


def _rows(count: int = 600) -> list[AnswerableRow]:
    """Three of four answerable, told by one feature among noise; deterministic."""
    random = np.random.default_rng(7)
    rows = []
    for number in range(count):
        signal = float(random.normal())
        answerable = bool(random.random() < 1 / (1 + exp(-(1.5 + 2 * signal))))
        features = {"dense": signal, "sentence": float(random.normal()), "unknown": float(random.normal())}
        rows.append(AnswerableRow(features, answerable, f"service-{number % 50}", None))
    return rows


def test_probabilities_are_calibrated_on_rows_that_were_not_seen() -> None:
    rows = _rows()
    model, _ = fit_answerable(rows[:400], None)
    unseen = [Judged(model.probability(row.features), row.answerable) for row in rows[400:]]
    assert reliability(unseen, {}).calibration_error < 0.08


def test_a_feature_may_only_speak_in_its_direction() -> None:
    model, _ = fit_answerable(_rows(), None)
    assert model.weights["dense"] > 0
    assert model.weights["sentence"] >= 0
    assert model.weights["unknown"] <= 0


def test_the_cautious_point_answers_less_often() -> None:
    _, thresholds = fit_answerable(_rows(), None)
    assert thresholds["cautious"] >= thresholds["helpful"]


def test_the_same_rows_give_the_same_model() -> None:
    assert fit_answerable(_rows(), ["dense"]) == fit_answerable(_rows(), ["dense"])


def test_folds_leave_every_group_out_once() -> None:
    folds = folds_of(["b", "a", "c", "b", "d", "e", "f"])
    assert sorted(group for fold in folds for group in fold) == ["a", "b", "c", "d", "e", "f"]
