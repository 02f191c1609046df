"""Metrics of a ranking, by hand-checkable formulas."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

DEPTH = 10


@dataclass(frozen=True, slots=True)
class RankingFigures:
    """Means over questions, 0 to 1."""

    r_at_1: float
    """Share of questions with a right item first."""
    r_at_5: float
    r_at_10: float
    mrr: float
    """Mean of 1 / rank of the first right item; 0 where none was found."""
    ndcg_at_10: float


def ranking_figures(rankings: Sequence[tuple[Sequence[str], frozenset[str]]]) -> RankingFigures:
    """Figures over pairs of a ranking (best first, no item twice) and its right items (at least one).

    A right item within the first k counts fully for R@k, also when there are several: any of them answers.
    """
    return RankingFigures(
        r_at_1=_mean([bool(right & set(ranking[:1])) for ranking, right in rankings]),
        r_at_5=_mean([bool(right & set(ranking[:5])) for ranking, right in rankings]),
        r_at_10=_mean([bool(right & set(ranking[:10])) for ranking, right in rankings]),
        mrr=_mean([_reciprocal_rank(ranking, right) for ranking, right in rankings]),
        ndcg_at_10=_mean([_ndcg(ranking, right) for ranking, right in rankings]),
    )


def _reciprocal_rank(ranking: Sequence[str], right: frozenset[str]) -> float:
    return next((1 / rank for rank, item in enumerate(ranking, start=1) if item in right), 0.0)


def _ndcg(ranking: Sequence[str], right: frozenset[str]) -> float:
    """Gain 1 a right item, discount 1 / log2(rank + 1), over the best possible order of the first ten."""
    gained = sum(1 / log2(rank + 1) for rank, item in enumerate(ranking[:DEPTH], start=1) if item in right)
    ideal = sum(1 / log2(rank + 1) for rank in range(1, min(DEPTH, len(right)) + 1))
    return gained / ideal


def _mean(values: Sequence[float]) -> float:
    return fmean(values) if values else 0.0
