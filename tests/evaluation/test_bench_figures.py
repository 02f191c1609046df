import pytest

from evaluation.bench_answers import AnswerTiming, answer_figures, bench_questions
from evaluation.bench_figures import Figure, as_rows, as_table, p50, p95
from evaluation.gold_file import GoldKind, GoldQuestion


def _gold(number: int, kind: GoldKind = GoldKind.ANSWERABLE, after: tuple[str, ...] = ()) -> GoldQuestion:
    return GoldQuestion(
        id=f"q{number}", split="dev", question=f"Frage {number}?", language="de", kind=kind, after=after
    )


def test_percentiles_lie_within_the_values() -> None:
    values = [float(value) for value in range(1, 101)]
    assert p50(values) == 50.5
    assert p95(values) == pytest.approx(95.05)
    assert p95([3.0]) == 3.0


def test_a_goal_is_met_only_below_it_and_a_ratio_needs_a_baseline() -> None:
    assert Figure("x", 2.9, "s", goal=3.0).met is True
    assert Figure("x", 3.0, "s", goal=3.0).met is False
    assert Figure("x", 3.0, "s").met is None
    assert Figure("x", 3.0, "s", baseline=2.0).ratio == 1.5
    assert Figure("x", 3.0, "s").ratio is None


def test_the_table_says_plainly_whether_a_goal_is_met() -> None:
    table = as_table([Figure("quick", 1.0, "s", goal=3.0), Figure("slow", 9.0, "s", baseline=3.0, goal=6.0)])
    _, quick, slow = table.splitlines()
    assert quick.split() == ["quick", "1.00", "s", "<", "3", "s", "met"]
    assert slow.split() == ["slow", "9.00", "s", "3.00", "s", "3.00", "<", "6", "s", "not", "met"]


def test_rows_for_json_hold_what_follows_from_the_figure() -> None:
    (row,) = as_rows([Figure("slow", 9.0, "s", baseline=3.0, goal=6.0)])
    assert row == {
        "name": "slow", "value": 9.0, "unit": "s", "baseline": 3.0, "ratio": 3.0, "goal": 6.0, "met": False,
    }  # fmt: skip


def test_answers_are_split_into_drafted_and_quoted_and_overhead_counts_drafted_ones_alone() -> None:
    figures = answer_figures(
        [
            AnswerTiming(drafted=True, first_statement_s=1.0, done_s=2.1, model_s=2.0),
            AnswerTiming(drafted=True, first_statement_s=3.0, done_s=4.1, model_s=4.0),
            AnswerTiming(drafted=False, first_statement_s=0.1, done_s=0.2, model_s=0.0),
        ]
    )
    by_name = {figure.name: figure for figure in figures}
    assert by_name["first statement p50, all (3)"].value == 1.0
    assert by_name["first statement p50, all (3)"].goal == 3.0
    assert by_name["done p50, drafted (2)"].value == pytest.approx(3.1)
    assert by_name["done p50, quoted (1)"].value == 0.2
    overhead = by_name["pipeline's own time, share of the model's"]
    assert overhead.value == pytest.approx(100 * 0.2 / 6.0)
    assert overhead.met is True


def test_without_drafts_there_is_no_overhead_to_report() -> None:
    figures = answer_figures([AnswerTiming(drafted=False, first_statement_s=0.1, done_s=0.2, model_s=0.0)])
    assert not any("model" in figure.name for figure in figures)


def test_the_questions_of_a_benchmark_are_fixed_and_answerable_alone() -> None:
    questions = [_gold(1, GoldKind.SMALL_TALK), _gold(2, after=("Davor?",)), *(_gold(n) for n in range(3, 13))]
    chosen = bench_questions(questions, 5)
    assert [question.id for question in chosen] == ["q3", "q5", "q7", "q9", "q11"]
    assert bench_questions(questions, 50) == questions[2:]
