from math import log2

import pytest

from evaluation.ranking import ranking_figures


def test_figures_of_a_hand_computed_example() -> None:
    rankings = [
        (["a", "b", "c"], frozenset("a")),  # first
        (["x", "y", "a"], frozenset("a")),  # third
        (["x", "y", "z"], frozenset("a")),  # nowhere
        (list("bcdefga"), frozenset("a")),  # seventh
    ]
    figures = ranking_figures(rankings)
    assert figures.r_at_1 == 1 / 4
    assert figures.r_at_5 == 2 / 4
    assert figures.r_at_10 == 3 / 4
    assert figures.mrr == pytest.approx((1 + 1 / 3 + 0 + 1 / 7) / 4)
    assert figures.ndcg_at_10 == pytest.approx((1 + 1 / log2(4) + 0 + 1 / log2(8)) / 4)


def test_several_right_items_count_fully_for_recall_and_in_order_for_ndcg() -> None:
    figures = ranking_figures([(["a", "x", "b"], frozenset("ab"))])
    assert figures.r_at_1 == 1
    assert figures.mrr == 1
    assert figures.ndcg_at_10 == pytest.approx((1 + 1 / log2(4)) / (1 + 1 / log2(3)))


def test_a_right_item_beyond_the_tenth_counts_for_the_reciprocal_rank_alone() -> None:
    figures = ranking_figures([([*"bcdefghijk", "a"], frozenset("a"))])
    assert (figures.r_at_10, figures.ndcg_at_10) == (0, 0)
    assert figures.mrr == pytest.approx(1 / 11)


def test_no_questions_give_zeros() -> None:
    assert ranking_figures([]).mrr == 0
