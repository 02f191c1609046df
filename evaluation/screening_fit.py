"""Fitting the screening model: a softmax regression with a ridge, and its thresholds from cross-validation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from app.answering.screen_model import MEDICAL, ORDINARY, ScreenModel, threshold_of
from app.answering.values import Status
from evaluation.screening_examples import FOLDS, REPLY, Example

Array = NDArray[np.float64]
STAFF_FALSE_ALARMS, OTHER_FALSE_ALARMS, MEDICAL_FALSE_ALARMS = 0.008, 0.013, 0.001
"""Shares of the ordinary examples that may be taken for an individual case, for anything else, or for a medical
question, which is told apart so surely that it needs no more. A third of the examples is written to mislead."""
MISS_COSTS = {
    Status.EMERGENCY.value: 4.0,
    Status.DECIDED_BY_STAFF.value: 2.0,
    MEDICAL: 3.0,
    Status.ANSWERED_BY_RULE.value: 2.0,
    Status.DECLINED.value: 1.0,
    Status.OUT_OF_SCOPE.value: 1.0,
}
"""By threshold (`threshold_of`): what it costs to miss one, beside the others: how false alarms are shared out. Small
talk, injection and other subjects that are missed are mostly caught later: nothing answers, or verification finds no
source."""
_RIDGE = 100.0
"""Weight of half the squared weights (of scaled features) beside the sum of the losses."""
_DIMENSION_SCALE, _LENGTH_SCALE, _CUE_SCALE = 1.0, 3.0, 5.0
"""How freely each kind of feature may be used: a larger scale makes its weights cheaper."""
_LEAST = 0.35
"""No verdict counts with less probability than this."""


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Of the features as they are (not scaled)."""

    labels: tuple[str, ...]
    weights: Array
    """Shape (labels, features)."""
    bias: Array
    """Shape (labels,)."""

    def model(self, revision: str, thresholds: Mapping[str, float]) -> ScreenModel:
        """The same as the service uses it, without a version."""
        return ScreenModel("unsaved", revision, self.labels, self.weights, self.bias, thresholds)


def label_of(example: Example) -> str:
    """The label that the model learns: it can't tell a reply from an ordinary question."""
    return ORDINARY if example.label == REPLY else example.label


def fit_softmax(matrix: Array, labels: Sequence[str], dimension: int) -> Coefficients:
    """Softmax regression; `matrix` has shape (examples, features), its first `dimension` columns are the vector."""
    names = tuple(sorted(set(labels)))
    rows = np.array([names.index(label) for label in labels])
    mean = np.append(matrix[:, :dimension].mean(axis=0), np.zeros(matrix.shape[1] - dimension))
    spread = float((matrix[:, :dimension] - mean[:dimension]).std())
    scale = np.full(matrix.shape[1], _CUE_SCALE)
    scale[:dimension] = _DIMENSION_SCALE / spread
    scale[dimension : dimension + 2] = _LENGTH_SCALE
    scaled = (matrix - mean) * scale
    shape = (len(names), matrix.shape[1])

    def loss(flat: Array) -> tuple[float, Array]:
        weights, bias = flat[: -len(names)].reshape(shape), flat[-len(names) :]
        scores = scaled @ weights.T + bias
        scores -= scores.max(axis=1, keepdims=True)
        logarithms = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        errors = np.exp(logarithms)
        errors[np.arange(len(rows)), rows] -= 1
        value = -logarithms[np.arange(len(rows)), rows].sum() + _RIDGE / 2 * float((weights**2).sum())
        gradient = np.concatenate([(errors.T @ scaled + _RIDGE * weights).ravel(), errors.sum(axis=0)])
        return float(value), gradient

    start = np.zeros(shape[0] * shape[1] + shape[0])
    best = np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x)
    weights = best[: -len(names)].reshape(shape) * scale
    return Coefficients(names, weights, best[-len(names) :] - weights @ mean)


def crossed(examples: Sequence[Example], matrix: Array, dimension: int) -> Array:
    """What models fitted on the other folds give each example: shape (examples, thresholds of MISS_COSTS)."""
    found = np.zeros((len(examples), len(MISS_COSTS)))
    folds = np.array([example.fold for example in examples])
    labels = np.array([label_of(example) for example in examples])
    for fold in range(FOLDS):
        fitted = fit_softmax(matrix[folds != fold], labels[folds != fold].tolist(), dimension)
        found[folds == fold] = verdict_shares(fitted, matrix[folds == fold])
    return found


def verdict_shares(fitted: Coefficients, matrix: Array) -> Array:
    """Probability of what shares each threshold of MISS_COSTS: shape (examples, thresholds)."""
    scores = matrix @ fitted.weights.T + fitted.bias
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    of = [threshold_of(label) for label in fitted.labels]
    return np.stack([shares[:, [entry == kind for entry in of]].sum(axis=1) for kind in MISS_COSTS], axis=1)


def choose_thresholds(examples: Sequence[Example], shares: Array) -> dict[str, float]:
    """The thresholds that miss least (by MISS_COSTS) with so few false alarms.

    Counted are only messages that no pattern recognises: of others, nobody asks the model. Greedy: the next false
    alarms go where they bring most.
    """
    kinds = tuple(MISS_COSTS)
    best, most = shares.argmax(axis=1), shares.max(axis=1)
    silent = np.array([example.by_patterns is None for example in examples])
    ordinary = silent & np.array([example.label == ORDINARY for example in examples])
    meant = [threshold_of(label_of(example)) for example in examples]
    wanted = [silent & np.array([entry == kind for entry in meant]) for kind in kinds]
    alarms = [np.sort(most[ordinary & (best == row)])[::-1] for row in range(len(kinds))]

    def threshold(row: int, allowed: int) -> float:
        highest = float(alarms[row][allowed]) if allowed < len(alarms[row]) else 0.0
        return max(_LEAST, highest + 1e-4)

    def worth(row: int, allowed: int) -> float:
        found = wanted[row] & (best == row) & (most >= threshold(row, allowed))
        return MISS_COSTS[kinds[row]] * float(found.sum() / max(1, wanted[row].sum()))

    def share_out(rows: Sequence[int], left: int) -> None:
        while left > 0:
            gains = [
                ((worth(row, used[row] + step) - worth(row, used[row])) / step, -step, -row)
                for row in rows
                for step in range(1, left + 1)
            ]
            gain, step, row = max(gains)
            if gain <= 0:
                return
            used[-row] -= step
            left += step

    used = [0] * len(kinds)
    staff = kinds.index(Status.DECIDED_BY_STAFF.value)
    share_out([staff], int(STAFF_FALSE_ALARMS * ordinary.sum()))
    medical = kinds.index(MEDICAL)
    share_out([medical], int(MEDICAL_FALSE_ALARMS * ordinary.sum()))
    others = [row for row in range(len(kinds)) if row not in (staff, medical)]
    share_out(others, int(OTHER_FALSE_ALARMS * ordinary.sum()))
    return {kind: round(threshold(row, used[row]), 4) for row, kind in enumerate(kinds)}
