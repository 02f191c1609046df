"""Fitting the evidence model: three regressions, the readers, and the two numbers that decide what is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from app.models.evidence.model import Linear, choose, combined, context_features, page_features, stacked
from app.models.evidence.page import Scores
from app.models.evidence.reader import Readers
from evaluation.evidence_examples import Example, Features
from evaluation.evidence_readers import train_readers
from evaluation.selection import Selection, evidence_figures

_ALONE_C, _CONTEXT_C, _PAGE_C = 0.05, 0.1, 0.05
"""Inverse regularisation of the three regressions, chosen by cross-validation among 0.01 to 1."""
_PRECISION_GRID = np.linspace(0.2, 0.8, 25)


@dataclass(frozen=True, eq=False)
class Fitted:
    """The three regressions, the readers, and the threshold of the page."""

    alone: Linear
    in_context: Linear
    unanswered: Linear
    readers: Readers
    unanswered_threshold: float


@dataclass(frozen=True, eq=False)
class Scored:
    """An example with scores from regressions that have not seen its page."""

    example: Example
    sentences: Scores
    unanswered: float


def fit(examples: Sequence[Example]) -> Fitted:
    """All three regressions; what a later one learns from comes from earlier ones that have not seen the page."""
    folds = sorted({example.fold for example in examples})
    first: dict[int, Scores] = {}
    for fold in folds:
        alone = _fit_alone([example for example in examples if example.fold != fold])
        first |= {id(example): alone.score(example.features) for example in examples if example.fold == fold}
    second: dict[int, Scores] = {}
    for fold in folds:
        in_context = _fit_context([example for example in examples if example.fold != fold], first)
        for example in (example for example in examples if example.fold == fold):
            second[id(example)] = in_context.score(example.features | context_features(first[id(example)]))
    of_page = {
        id(example): page_features(example.features, first[id(example)], second[id(example)]) for example in examples
    }
    unanswered: dict[int, float] = {}
    for fold in folds:
        pages = _fit_pages([example for example in examples if example.fold != fold], of_page)
        for example in (example for example in examples if example.fold == fold):
            unanswered[id(example)] = float(pages.score(of_page[id(example)])[0])
    scored = [Scored(example, second[id(example)], unanswered[id(example)]) for example in examples]
    return Fitted(
        alone=_fit_alone(examples),
        in_context=_fit_context(examples, first),
        unanswered=_fit_pages(examples, of_page),
        readers=train_readers(examples),
        unanswered_threshold=_page_threshold(scored),
    )


def score(example: Example, fitted: Fitted) -> Scored:
    """As `EvidenceModel.score` does."""
    first = fitted.alone.score(example.features)
    second = fitted.in_context.score(example.features | context_features(first))
    page = fitted.unanswered.score(page_features(example.features, first, second))
    read = fitted.readers.score(example.features, example.products)
    return Scored(example, combined(second, read), float(page[0]))


def selected(scored: Scored, weight: float, cut: float) -> Selection:
    """Sentences (from 0) as `EvidenceModel.select` would take them with these two numbers, beside the marked ones."""
    gold = frozenset(np.flatnonzero(scored.example.marked).tolist())
    if scored.unanswered >= cut:
        return Selection(frozenset(), gold)
    return Selection(frozenset(choose(scored.sentences, weight)), gold)


def precision_weight(scored: Sequence[tuple[Scored, float]]) -> float:
    """What `choose` should take for the best F of these examples, each with the threshold of its page."""
    return float(
        max(
            _PRECISION_GRID,
            key=lambda weight: evidence_figures([selected(e, weight, cut) for e, cut in scored]).selection.f,
        )
    )


def _page_threshold(scored: Sequence[Scored]) -> float:
    """Log odds with the best F of predicting that a page doesn't answer."""
    grid = np.quantile([entry.unanswered for entry in scored], np.linspace(0.5, 0.98, 49))
    return float(
        max(grid, key=lambda cut: evidence_figures([selected(entry, 0.5, cut) for entry in scored]).no_answer.f)
    )


def _fit_alone(examples: Sequence[Example]) -> Linear:
    return _fit_sentences([(example, example.features) for example in examples], _ALONE_C)


def _fit_context(examples: Sequence[Example], first: dict[int, Scores]) -> Linear:
    """On pages that answer only: whether a page does is the third regression's part."""
    answered = [example for example in examples if example.answered]
    return _fit_sentences([(e, e.features | context_features(first[id(e)])) for e in answered], _CONTEXT_C)


def _fit_sentences(rows: Sequence[tuple[Example, Features]], c: float) -> Linear:
    """Long pages count less a sentence, by the root of their length."""
    names = tuple(rows[0][1])
    matrix = np.concatenate([stacked(features, names) for _, features in rows])
    labels = np.concatenate([example.marked for example, _ in rows])
    weights = np.concatenate([np.full(len(e.marked), 1 / np.sqrt(len(e.marked))) for e, _ in rows])
    return _regression(names, matrix, labels, weights, c)


def _fit_pages(examples: Sequence[Example], of_page: dict[int, Features]) -> Linear:
    names = tuple(of_page[id(examples[0])])
    matrix = np.concatenate([stacked(of_page[id(example)], names) for example in examples])
    labels = np.array([not example.answered for example in examples])
    weights = np.where(labels, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))
    return _regression(names, matrix, labels, weights, _PAGE_C)


def _regression(
    names: tuple[str, ...], matrix: NDArray[np.float64], labels: NDArray[np.bool_], weights: Scores, c: float
) -> Linear:
    mean, spread = matrix.mean(axis=0), matrix.std(axis=0) + 1e-6
    model = LogisticRegression(C=c, max_iter=500).fit((matrix - mean) / spread, labels, weights)
    scaled = model.coef_[0] / spread
    return Linear(names, scaled, float(model.intercept_[0] - scaled @ mean))
