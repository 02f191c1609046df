"""Whether probabilities mean what they say: bins, errors, operating points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.reliability import BINS, Judged, operating_point, reliability, reliability_lines

_JUDGED = st.lists(st.builds(Judged, st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_a_bin_holds_its_questions_with_mean_probability_and_share() -> None:
    found = reliability([Judged(0.62, True), Judged(0.68, False), Judged(1.0, True)], {})
    assert [entry.count for entry in found.bins] == [0, 0, 0, 0, 0, 0, 2, 0, 0, 1]
    assert found.bins[6].predicted == pytest.approx(0.65)
    assert found.bins[6].observed == 0.5
    assert (found.bins[0].predicted, found.bins[0].observed) == (None, None)


def test_the_calibration_error_weighs_bins_by_their_questions() -> None:
    judged = [Judged(0.05, False)] * 3 + [Judged(0.95, False)]
    assert reliability(judged, {}).calibration_error == pytest.approx((3 * 0.05 + 0.95) / 4)


def test_the_brier_score_is_the_mean_squared_distance() -> None:
    assert reliability([Judged(0.5, True), Judged(1.0, True)], {}).brier == pytest.approx(0.125)


def test_an_operating_point_counts_both_kinds_of_mistakes_and_answers_from_its_threshold_on() -> None:
    judged = [Judged(0.4, True), Judged(0.5, True), Judged(0.5, False), Judged(0.1, False)]
    point = operating_point(judged, 0.5)
    assert (point.wrong_refusals, point.answerable, point.wrong_answers, point.unanswerable) == (1, 2, 1, 2)
    assert point.cost(2.0) == pytest.approx(0.5 + 2 * 0.5)
    assert (point + point).answerable == 4


def test_the_table_has_a_line_a_bin_and_one_an_operating_point() -> None:
    judged = [Judged(0.9, True), Judged(0.2, False)]
    points = {name: operating_point(judged, 0.5) for name in ("cautious", "helpful")}
    lines = list(reliability_lines(reliability(judged, points)))
    assert len(lines) == 1 + BINS + 1 + 2
    assert lines[-1] == "helpful: wrong refusals 0 of 1 (0.0%), wrong answers 0 of 1 (0.0%)"


@given(_JUDGED)
def test_every_question_is_in_one_bin_and_errors_are_shares(judged: list[Judged]) -> None:
    found = reliability(judged, {})
    assert found.count == len(judged)
    assert 0 <= found.calibration_error <= 1
    assert 0 <= found.brier <= 1
