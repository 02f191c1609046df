"""Logistic regressions with few features whose signs are known beforehand, fitted without chance.

A similarity can only speak for a passage, never against it. Without that bound, features that say nearly the same
get large weights of opposite sign, and the model breaks on questions that look different from those it was fitted on.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from app.models.logistic import LogisticModel

Array = NDArray[np.float64]
_REGULARISATION = 1e-3
"""Weight of the squared weights (of standardised features) beside the mean loss."""


def fit_ranking(
    groups: Sequence[tuple[Array, NDArray[np.bool_]]], names: Sequence[str], signs: Mapping[str, int]
) -> LogisticModel:
    """Conditional logit: within each group (a question), right rows shall score above the others.

    Groups have shape (rows, features) and (rows,); those without a right row are left out. `signs` gives 1 or -1 for
    features that may only speak for or against. The scores are then scaled to probabilities over all rows.
    """
    kept = [(matrix, labels) for matrix, labels in groups if labels.any()]
    every = np.concatenate([matrix for matrix, _ in kept])
    mean, spread = _moments(every)
    standard = [((matrix - mean) / spread, labels) for matrix, labels in kept]

    def loss(weights: Array) -> tuple[float, Array]:
        total, gradient = 0.0, np.zeros_like(weights)
        for matrix, labels in standard:
            scores = matrix @ weights
            shares = np.exp(scores - scores.max())
            right = shares * labels
            total -= float(np.log(right.sum() / shares.sum()))
            gradient -= matrix.T @ (right / right.sum() - shares / shares.sum())
        return total / len(standard), gradient / len(standard)

    weights = _minimise(loss, names, signs, extra=0)
    scores = np.concatenate([matrix @ weights for matrix, _ in standard])
    truth = np.concatenate([labels for _, labels in standard])
    slope = fit_binary(scores.reshape(-1, 1), truth, ["score"], {"score": 1}, balanced=False)
    scaled = weights / spread * slope.weights["score"]
    return _model(names, scaled, slope.bias - float(scaled @ mean))


def fit_binary(
    matrix: Array, labels: NDArray[np.bool_], names: Sequence[str], signs: Mapping[str, int], balanced: bool = True
) -> LogisticModel:
    """Logistic regression with bounded signs; `balanced` gives both classes the same weight."""
    mean, spread = _moments(matrix)
    standard = np.column_stack([(matrix - mean) / spread, np.ones(len(matrix))])
    importance = np.where(labels, 0.5 / labels.mean(), 0.5 / (1 - labels.mean())) if balanced else np.ones(len(labels))

    def loss(weights: Array) -> tuple[float, Array]:
        scores = standard @ weights
        losses = np.logaddexp(0.0, np.where(labels, -scores, scores))
        errors = importance * (1 / (1 + np.exp(-scores)) - labels)
        return float((importance * losses).mean()), standard.T @ errors / len(labels)

    weights = _minimise(loss, names, signs, extra=1)
    scaled = weights[:-1] / spread
    return _model(names, scaled, float(weights[-1] - scaled @ mean))


def _minimise(
    loss: Callable[[Array], tuple[float, Array]], names: Sequence[str], signs: Mapping[str, int], extra: int
) -> Array:
    bounds = [{1: (0.0, None), -1: (None, 0.0), 0: (None, None)}[signs.get(name, 0)] for name in names]

    def penalised(weights: Array) -> tuple[float, Array]:
        value, gradient = loss(weights)
        feature_weights = np.concatenate([weights[: len(names)], np.zeros(extra)])
        return value + _REGULARISATION * float(
            feature_weights @ feature_weights
        ), gradient + 2 * _REGULARISATION * feature_weights

    start = np.zeros(len(names) + extra)
    result = minimize(penalised, start, jac=True, method="L-BFGS-B", bounds=bounds + [(None, None)] * extra)
    return np.asarray(result.x)


def _moments(matrix: Array) -> tuple[Array, Array]:
    spread = matrix.std(axis=0)
    spread[spread == 0] = 1.0
    return matrix.mean(axis=0), spread


def _model(names: Sequence[str], weights: Array, bias: float) -> LogisticModel:
    return LogisticModel(bias=bias, weights={name: float(weight) for name, weight in zip(names, weights, strict=True)})
