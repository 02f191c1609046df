"""The metrics of OMoS-QA (Kleinle et al., KONVENS 2024): sentence selection, and predicting that nothing answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean


@dataclass(frozen=True, slots=True)
class PRF:
    """Precision, recall and F = 2PR / (P + R), each 0 to 1."""

    precision: float
    recall: float
    f: float

    @classmethod
    def of(cls, precision: float, recall: float) -> "PRF":
        total = precision + recall
        return cls(precision, recall, 2 * precision * recall / total if total else 0.0)


@dataclass(frozen=True, slots=True)
class Selection:
    """One question's sentence numbers: as predicted, and as people marked them (empty: unanswerable)."""

    predicted: frozenset[int]
    gold: frozenset[int]


@dataclass(frozen=True, slots=True)
class EvidenceFigures:
    """Over all questions of a file."""

    questions: int
    answerable: int
    predicted_empty: int
    selection: PRF
    """Over answerable questions; P and R are means over questions."""
    no_answer: PRF
    """Of predicting the empty set, over all questions."""


def evidence_figures(selections: Sequence[Selection]) -> EvidenceFigures:
    """The paper's figures; a mean or share of nothing is 0."""
    answerable = [selection for selection in selections if selection.gold]
    empty = [selection for selection in selections if not selection.predicted]
    unanswerable = len(selections) - len(answerable)
    rightly_empty = sum(not selection.gold for selection in empty)
    return EvidenceFigures(
        questions=len(selections),
        answerable=len(answerable),
        predicted_empty=len(empty),
        selection=PRF.of(_mean([_precision(s) for s in answerable]), _mean([_recall(s) for s in answerable])),
        no_answer=PRF.of(
            rightly_empty / len(empty) if empty else 0.0, rightly_empty / unanswerable if unanswerable else 0.0
        ),
    )


def _precision(selection: Selection) -> float:
    """1 without a prediction, as in the paper."""
    if not selection.predicted:
        return 1.0
    return len(selection.predicted & selection.gold) / len(selection.predicted)


def _recall(selection: Selection) -> float:
    return len(selection.predicted & selection.gold) / len(selection.gold)


def _mean(values: Sequence[float]) -> float:
    return fmean(values) if values else 0.0
