"""Blind order and votes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.trials.trial import BlindChoice, Choice, Tally, TrialAnswer, Vote

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ANSWER = TrialAnswer("a1", "t1", NOW, "Was kostet das?", False, {}, {})


def _with_order(*, swapped: bool) -> TrialAnswer:
    answers = (replace(ANSWER, id=f"a{number}") for number in range(100))
    return next(answer for answer in answers if answer.swapped is swapped)


def test_the_order_stays_the_same_for_a_question_and_is_even_over_many() -> None:
    swapped = [replace(ANSWER, id=f"q{number}").swapped for number in range(400)]
    assert swapped == [replace(ANSWER, id=f"q{number}").swapped for number in range(400)]
    assert 160 < sum(swapped) < 240


@pytest.mark.parametrize(
    ("swapped", "first", "second"), [(False, Choice.LEFT, Choice.RIGHT), (True, Choice.RIGHT, Choice.LEFT)]
)
def test_a_blind_vote_counts_for_the_side_that_was_shown(swapped: bool, first: Choice, second: Choice) -> None:
    answer = _with_order(swapped=swapped)
    assert BlindChoice.FIRST.revealed(answer) is first
    assert BlindChoice.SECOND.revealed(answer) is second
    assert BlindChoice.BOTH.revealed(answer) is Choice.BOTH
    assert BlindChoice.NEITHER.revealed(answer) is Choice.NEITHER


def test_a_tally_counts_every_choice() -> None:
    chosen = [Choice.LEFT, Choice.LEFT, Choice.NEITHER, Choice.BOTH]
    tally = Tally.of(Vote("a1", NOW, None, choice, "") for choice in chosen)
    assert tally == Tally(left=2, right=0, both=1, neither=1)
    assert tally.total == 4
