import pytest

from evaluation.gold_answer import GoldAnswer, GoldStatement
from evaluation.judge import Outcome
from evaluation.report_changes import Verdict, changes, dropped
from tests.evaluation.gold_samples import REFUSED, RIGHT, UNANSWERABLE, report

WRONG = RIGHT.model_copy(update={"outcome": Outcome.WRONG})
PARTLY = RIGHT.model_copy(update={"outcome": Outcome.PARTLY})
ASKED_BACK = RIGHT.model_copy(update={"outcome": Outcome.REFUSED})
INVENTED = RIGHT.model_copy(update={"invented": ("99",)})
REWORDED = RIGHT.model_copy(
    update={"statements": (GoldStatement(text="37 Euro.", origin="quote", citations=(1,), language="de"),)}
)


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (RIGHT, RIGHT, Verdict.SAME),
        (RIGHT, REWORDED, Verdict.REWORDED),
        (INVENTED, WRONG, Verdict.BETTER),
        (WRONG, ASKED_BACK, Verdict.BETTER),
        (ASKED_BACK, PARTLY, Verdict.BETTER),
        (PARTLY, RIGHT, Verdict.BETTER),
        (RIGHT, WRONG, Verdict.WORSE),
        (RIGHT, INVENTED, Verdict.WORSE),
    ],
)
def test_answers_are_compared_by_their_worth(before: GoldAnswer, now: GoldAnswer, verdict: Verdict) -> None:
    assert [change.verdict for change in changes(report(now), report(before))] == [verdict]


def test_a_question_with_another_text_is_new() -> None:
    edited = RIGHT.model_copy(update={"question": "Wie teuer ist der Ausweis?"})
    [change] = changes(report(edited), report(WRONG))
    assert (change.verdict, change.before) == (Verdict.NEW, None)


def test_without_a_previous_report_everything_is_new() -> None:
    assert {change.verdict for change in changes(report(RIGHT, REFUSED), None)} == {Verdict.NEW}


def test_only_questions_of_splits_measured_again_are_dropped() -> None:
    held_out = UNANSWERABLE.model_copy(update={"split": "held_out"})
    assert dropped(report(RIGHT), report(RIGHT, REFUSED, held_out)) == (REFUSED.id,)
