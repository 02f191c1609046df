import pytest

from evaluation.selection import PRF, Selection, evidence_figures


def _selection(predicted: list[int], gold: list[int]) -> Selection:
    return Selection(frozenset(predicted), frozenset(gold))


def test_figures_of_a_hand_computed_example() -> None:
    figures = evidence_figures(
        [
            _selection([1, 2], [2, 3, 4, 5]),  # P 1/2, R 1/4
            _selection([], [1]),  # P 1 by definition, R 0; predicted empty wrongly
            _selection([3], [3]),  # P 1, R 1
            _selection([], []),  # rightly empty
            _selection([9], []),  # missed
            _selection([8], []),  # missed
        ]
    )
    assert (figures.questions, figures.answerable, figures.predicted_empty) == (6, 3, 2)
    precision, recall = (1 / 2 + 1 + 1) / 3, (1 / 4 + 0 + 1) / 3
    assert figures.selection.precision == pytest.approx(precision)
    assert figures.selection.recall == pytest.approx(recall)
    assert figures.selection.f == pytest.approx(2 * precision * recall / (precision + recall))
    assert figures.no_answer.precision == pytest.approx(1 / 2)
    assert figures.no_answer.recall == pytest.approx(1 / 3)
    assert figures.no_answer.f == pytest.approx(0.4)


def test_the_f_of_the_paper_comes_from_the_means_not_from_single_questions() -> None:
    assert PRF.of(0.790, 0.517).f == pytest.approx(0.625, abs=0.0005)


def test_nothing_predicted_empty_gives_zeros_for_no_answer() -> None:
    assert evidence_figures([_selection([1], [1])]).no_answer == PRF(0.0, 0.0, 0.0)


def test_no_questions_give_zeros() -> None:
    assert evidence_figures([]).selection == PRF(0.0, 0.0, 0.0)
