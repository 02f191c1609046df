"""The kept engine behind its narrow door."""

from concurrent.futures import ThreadPoolExecutor
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tenants.rules.engine import calculate, check_formula, compile_table, names_in

FEES = compile_table(["count", "kind"], [["== 1", '"a"'], [">= 2", '"a"'], ["", '"b"']], "first")
ITEMS = compile_table(["age", "express"], [[">= 24", ""], ["< 24", ""], ["", '"ja"']], "all")


def test_the_first_row_that_fits_answers() -> None:
    assert FEES.hits({"count": Decimal(1), "kind": "a"}) == (0,)
    assert FEES.hits({"count": Decimal(7), "kind": "a"}) == (1,)
    assert FEES.hits({"kind": "b"}) == (2,)
    assert FEES.hits({"count": Decimal(0), "kind": "a"}) == ()


def test_all_rows_that_fit_answer_together() -> None:
    assert ITEMS.hits({"age": Decimal(30), "express": "ja"}) == (0, 2)
    assert ITEMS.hits({"age": Decimal(20), "express": "nein"}) == (1,)


def test_what_is_unknown_leaves_rows_possible() -> None:
    assert FEES.possible({"kind": "a"}) == (0, 1)
    assert FEES.undecided({"kind": "a"}) == {"count"}
    assert FEES.undecided({"kind": "b"}) == frozenset()
    assert ITEMS.possible({"express": "ja"}) == (0, 1, 2)


@given(st.integers(1, 60), st.integers(0, 10_000_000), st.sampled_from(["1", "0.8", "1.3", "0.1", "1.075"]))
def test_money_is_right_to_the_cent(count: int, cents: int, factor: str) -> None:
    fee = Decimal(cents) / 100
    exact = (count * fee * Decimal(factor)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert calculate("count * fee * factor", {"count": Decimal(count), "fee": fee, "factor": Decimal(factor)}) == exact


def test_formulas_know_steps_and_bounds() -> None:
    steps = "max([0, ceil((length - 15) / 5)]) * 5"
    assert [calculate(steps, {"length": Decimal(n)}) for n in (10, 15, 16, 25)] == [0, 0, 5, 10]


@pytest.mark.parametrize("formula", ["count * ", "(1", "'a'", "count * missing"])
def test_a_formula_without_a_number_is_an_error(formula: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be calculated|gives no number"):
        calculate(formula, {"count": Decimal(2)})


def test_faults_and_names_of_formulas_are_told() -> None:
    assert check_formula("count * fee") is None
    assert check_formula("count *") is not None
    assert names_in("max([0, a]) * b_2 + 3") == {"a", "b_2"}


def test_threads_and_repetitions_get_the_same_rows() -> None:
    known: list[dict[str, Decimal | str]] = [{"count": Decimal(n % 4), "kind": "ab"[n % 2]} for n in range(400)]
    once = [FEES.hits(each) for each in known]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(FEES.hits, known)) == once
