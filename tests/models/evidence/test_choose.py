"""The rule that turns scores into a set of sentences: the best expected precision and recall."""

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.evidence.model import choose
from app.models.evidence.page import Scores

MISSED = 0.3


def _log_odds(*probabilities: float) -> Scores:
    p = np.array(probabilities)
    return np.asarray(np.log(p / (1 - p)))


def _value(chosen: tuple[int, ...], probabilities: list[float], weight: float) -> float:
    right = sum(probabilities[row] for row in chosen)
    return weight * right / len(chosen) + (1 - weight) * right / (sum(probabilities) + MISSED)


@pytest.mark.parametrize(
    ("probabilities", "weight", "chosen"),
    [
        ((0.9, 0.8, 0.1, 0.05), 0.5, (0, 1)),  # 0.66 with one, 0.82 with two, 0.72 with three
        ((0.05, 0.9, 0.1, 0.8), 0.5, (1, 3)),  # by their place in the page, not by probability
        ((0.9, 0.8, 0.1, 0.05), 1.0, (0,)),
        ((0.9, 0.8, 0.1, 0.05), 0.0, (0, 1, 2, 3)),
        ((0.01, 0.02, 0.01), 0.9, (1,)),  # never nothing: whether the page answers is another question
        ((0.6, 0.6, 0.6), 0.5, (0, 1, 2)),
        ((0.6, 0.6, 0.6), 1.0, (0,)),  # of equals the first
        ((0.3,), 0.5, (0,)),
    ],
)
def test_hand_made_scores(probabilities: tuple[float, ...], weight: float, chosen: tuple[int, ...]) -> None:
    assert choose(_log_odds(*probabilities), weight) == chosen


def test_a_lone_strong_sentence_stays_alone_and_a_run_stays_together() -> None:
    assert choose(_log_odds(*[0.03] * 10, 0.95, *[0.03] * 10), 0.5) == (10,)
    assert choose(_log_odds(*[0.03] * 10, 0.9, 0.85, 0.8, *[0.03] * 10), 0.5) == (10, 11, 12)


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=6), st.floats(0.0, 1.0))
def test_no_other_set_of_sentences_is_worth_more(probabilities: list[float], weight: float) -> None:
    rows = range(len(probabilities))
    every = chain.from_iterable(combinations(rows, size) for size in range(1, len(probabilities) + 1))
    best = max(_value(chosen, probabilities, weight) for chosen in every)
    chosen = choose(_log_odds(*probabilities), weight)
    assert chosen == tuple(sorted(chosen))
    assert _value(chosen, probabilities, weight) == pytest.approx(best)


@given(st.lists(st.floats(-6, 6), min_size=1, max_size=30), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_caring_more_for_precision_never_shows_more(scores: list[float], one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert len(choose(np.array(scores), more)) <= len(choose(np.array(scores), less))
