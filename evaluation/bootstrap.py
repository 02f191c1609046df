"""Shares with 95 % confidence intervals, by resampling whole services instead of single questions.

Questions about one service share its text, its title and its neighbours, so they are right or wrong together more
often than chance would have it. Resampling questions would treat them as independent and give intervals that are too
narrow; resampling services (clusters) does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

import numpy as np

RESAMPLES = 2_000
_SEED = 20
_Z = 1.959964
"""97.5 % quantile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of 1 with its 95 % interval; without questions there is neither."""

    hits: int
    questions: int
    low: float | None
    high: float | None

    @property
    def value(self) -> float | None:
        return self.hits / self.questions if self.questions else None


def share(outcomes: Iterable[tuple[str, bool]]) -> Share:
    """The share of true outcomes among (cluster, outcome) pairs, with the percentile bootstrap's interval.

    2,000 resamples of the clusters with a fixed seed, so the same outcomes give the same interval. Where all outcomes
    are equal resampling sees no spread at all, and Wilson's interval over the clusters stands in.
    """
    clusters: dict[str, tuple[int, int]] = {}
    for cluster, outcome in outcomes:
        hits, questions = clusters.get(cluster, (0, 0))
        clusters[cluster] = (hits + outcome, questions + 1)
    if not clusters:
        return Share(0, 0, None, None)
    counts = np.array([clusters[name] for name in sorted(clusters)], dtype=np.int64)
    hits, questions = (int(total) for total in counts.sum(axis=0))
    if hits in (0, questions):
        low, high = _wilson(hits / questions, len(counts))
    else:
        low, high = _percentiles(counts)
    return Share(hits, questions, round(low, 6), round(high, 6))


def _percentiles(counts: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]") -> tuple[float, float]:
    """2.5 % and 97.5 % percentile of the resampled share; `counts` has shape (clusters, 2): hits, questions."""
    size = len(counts)
    generator = np.random.Generator(np.random.PCG64(_SEED))
    drawn = generator.multinomial(size, np.full(size, 1 / size), size=RESAMPLES) @ counts
    low, high = np.percentile(drawn[:, 0] / drawn[:, 1], (2.5, 97.5))
    return float(low), float(high)


def _wilson(value: float, size: int) -> tuple[float, float]:
    """Wilson's score interval (1927) of a share among `size` independent draws."""
    spread = _Z**2 / size
    centre = (value + spread / 2) / (1 + spread)
    half = _Z * sqrt(value * (1 - value) / size + spread / (4 * size)) / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)
