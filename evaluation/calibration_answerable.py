"""Fitting "does the knowledge answer this?": the model, its calibration, the thresholds of both operating points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.answering.evidence import answerable_features, score_sentences
from app.answering.page_evidence import page_evidence
from app.answering.retrieve import Retrieval
from app.index.generation import Generation
from app.models.evidence.model import EvidenceModel
from app.models.logistic import LogisticModel
from evaluation.calibration_cases import Case
from evaluation.fitting import Array, fit_binary
from evaluation.reliability import Judged, operating_point

DENSE_ONLY = tuple(
    """dense sentence sentence_z document_z passage passage_gap name name_z question question_z page page_best words
    keywords cue passage_odds best_odds best_gap""".split()
)
"""The features that questions without words in common with the texts have, too."""
_SIGNS = {
    "dense": 1, "sentence": 1, "sentence_z": 1, "document_z": 1, "passage": 1, "passage_gap": 1, "name": 1, "name_z": 1,
    "question": 1, "question_z": 1, "named": 1, "coverage": 1, "unknown": -1, "lexical": 1,
    "page": 1, "page_best": 1, "cue": 1, "passage_odds": 1, "best_odds": 1, "best_gap": 1,
}  # fmt: skip
_WRONG_ANSWER_COST = {"cautious": 2.0, "helpful": 1.0}
"""Per operating point, how bad a wrong answer to an unanswerable question is, compared with a wrong refusal."""
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class AnswerableRow:
    """One question as the answerable model sees it."""

    features: Mapping[str, float]
    answerable: bool
    group: str
    """Rows of a group are never on both sides of a fold."""
    refusal: float | None
    """See `Case.refusal`."""


def answerable_rows(
    ranked: Sequence[tuple[Case, Retrieval]], generation: Generation, sentence: LogisticModel, evidence: EvidenceModel
) -> list[AnswerableRow]:
    """A row a question for which retrieval found anything."""
    return [
        AnswerableRow(_features(retrieval, generation, sentence, evidence), case.answerable, case.group, case.refusal)
        for case, retrieval in ranked
        if retrieval.candidates
    ]


def _features(
    retrieval: Retrieval, generation: Generation, sentence: LogisticModel, evidence: EvidenceModel
) -> dict[str, float]:
    page = page_evidence(retrieval, generation, evidence)
    scored = score_sentences(retrieval, generation, page)
    return answerable_features(retrieval, page, scored, [sentence.probability(entry.features) for entry in scored])


def fit_answerable(
    rows: Sequence[AnswerableRow], names: Sequence[str] | None
) -> tuple[LogisticModel, dict[str, float]]:
    """The model with calibrated probabilities, and the threshold of each operating point.

    Slope and bias are fitted to scores that each question got from a model of other services: on questions that it
    was fitted on the model is too sure of itself. Both classes weigh the same in the model, so that it learns refusing
    as well; the calibration gives them back their shares. `names` are the features to use; None: all.
    """
    names = list(names or rows[0].features)
    model = _scaled(_fit(rows, names), _calibration(rows, _unseen_scores(rows, names)))
    judged = [Judged(model.probability(row.features), row.answerable) for row in rows]
    return model, {point: _threshold(judged, cost) for point, cost in _WRONG_ANSWER_COST.items()}


def fit_second_opinion(rows: Sequence[AnswerableRow]) -> tuple[LogisticModel, dict[str, float]]:
    """How the language model's refusals are weighed with the own probability, and the thresholds of both.

    The own log odds are those of models that saw no question of the same service. Every row needs its refusal.
    """
    own = _unseen_scores(rows, list(rows[0].features))
    slope = _calibration(rows, own)
    own = slope.bias + slope.weights["score"] * own
    refusals = np.array([row.refusal for row in rows], dtype=np.float64)
    matrix = np.column_stack([own, refusals])
    truth = np.array([row.answerable for row in rows])
    model = fit_binary(matrix, truth, ["own", "refusal"], {"own": 1, "refusal": -1}, balanced=False)
    judged = [
        Judged(model.probability({"own": float(values[0]), "refusal": float(values[1])}), row.answerable)
        for values, row in zip(matrix, rows, strict=True)
    ]
    return model, {point: _threshold(judged, cost) for point, cost in _WRONG_ANSWER_COST.items()}


def folds_of(groups: Sequence[str], folds: int = _FOLDS) -> list[frozenset[str]]:
    """The groups that each fold leaves out; every group once, the same way every time."""
    ordered = sorted(set(groups))
    return [frozenset(ordered[fold::folds]) for fold in range(folds)]


def _fit(rows: Sequence[AnswerableRow], names: Sequence[str]) -> LogisticModel:
    matrix = np.array([[row.features[name] for name in names] for row in rows])
    return fit_binary(matrix, np.array([row.answerable for row in rows]), names, _SIGNS)


def _calibration(rows: Sequence[AnswerableRow], scores: Array) -> LogisticModel:
    """Slope and bias that turn scores of questions not seen in fitting into log odds of probabilities."""
    truth = np.array([row.answerable for row in rows])
    return fit_binary(scores.reshape(-1, 1), truth, ["score"], {"score": 1}, balanced=False)


def _unseen_scores(rows: Sequence[AnswerableRow], names: Sequence[str]) -> Array:
    """Each row's log odds by a model that saw no row of its group."""
    scores = np.zeros(len(rows))
    for left_out in folds_of([row.group for row in rows]):
        model = _fit([row for row in rows if row.group not in left_out], names)
        for index, row in enumerate(rows):
            if row.group in left_out:
                scores[index] = model.score(row.features)
    return scores


def _scaled(model: LogisticModel, slope: LogisticModel) -> LogisticModel:
    factor = slope.weights["score"]
    weights = {name: factor * weight for name, weight in model.weights.items()}
    return LogisticModel(bias=slope.bias + factor * model.bias, weights=weights)


def _threshold(judged: Sequence[Judged], wrong_answer_cost: float) -> float:
    """The cheapest threshold; among equally good ones the middle one leaves room for questions not seen here."""
    grid = [round(float(step), 3) for step in np.arange(0.05, 0.95, 0.005)]
    costs = [operating_point(judged, threshold).cost(wrong_answer_cost) for threshold in grid]
    best = [threshold for threshold, cost in zip(grid, costs, strict=True) if cost == min(costs)]
    return best[len(best) // 2]
