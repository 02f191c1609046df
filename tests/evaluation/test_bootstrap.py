import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.bootstrap import share

OUTCOMES = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.booleans()), min_size=1, max_size=60)


def test_without_questions_there_is_neither_share_nor_interval() -> None:
    nothing = share([])
    assert (nothing.value, nothing.low, nothing.high, nothing.questions) == (None, None, None, 0)


@given(OUTCOMES)
def test_the_interval_holds_the_share_and_stays_a_share(outcomes: list[tuple[str, bool]]) -> None:
    found = share(outcomes)
    assert found.value == pytest.approx(sum(hit for _, hit in outcomes) / len(outcomes))
    assert found.value is not None and found.low is not None and found.high is not None
    assert 0 <= found.low <= found.value + 1e-6 and found.value - 1e-6 <= found.high <= 1


@given(OUTCOMES)
def test_the_same_outcomes_in_another_order_give_the_same_interval(outcomes: list[tuple[str, bool]]) -> None:
    assert share(reversed(outcomes)) == share(sorted(outcomes)) == share(outcomes)


def test_questions_of_one_service_that_fail_together_widen_the_interval() -> None:
    alone = share((f"service-{number}", number % 4 > 0) for number in range(80))
    together = share((f"service-{number // 8}", (number // 8) % 4 > 0) for number in range(80))
    assert alone.low is not None and together.low is not None
    assert together.low < alone.low


def test_all_right_is_no_certainty() -> None:
    few, many = share((str(number), True) for number in range(10)), share((str(number), True) for number in range(100))
    assert few.low == pytest.approx(0.722, abs=0.001)  # Wilson's interval of 10 of 10
    assert many.low is not None and many.low > 0.95
    assert few.high == 1
