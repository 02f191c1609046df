from app.answering.values import Status
from evaluation.gold_gate import GateThresholds, gate
from evaluation.judge import Outcome
from tests.evaluation.gold_samples import REFUSED, RIGHT, UNANSWERABLE, report

FEW = GateThresholds(answerable_questions=1, unanswerable_questions=1)
ANSWERED = UNANSWERABLE.model_copy(update={"status": Status.ANSWERED, "outcome": Outcome.WRONG})


def test_a_good_report_may_be_published() -> None:
    assert gate(report(RIGHT, UNANSWERABLE), FEW) == []


def test_every_missed_goal_is_a_reason() -> None:
    bad = RIGHT.model_copy(update={"id": "b", "invented": ("99",), "unsupported": 1})
    reasons = gate(report(RIGHT, REFUSED, bad, ANSWERED), FEW)
    assert reasons == [
        "dev: 66.7 % right answers, at least 92 % are needed.",
        "dev: 0.0 % right refusals, at least 95 % are needed.",
        "dev: 33.3 % of the answerable questions refused, at most 3 % may be.",
        "dev: 1 invented figures, at most 0 may be.",
        "dev: 1 statements without a source, at most 0 may be.",
    ]


def test_too_few_questions_are_a_reason_however_good_the_answers_are() -> None:
    reasons = gate(report(RIGHT), GateThresholds())
    assert len(reasons) == 2
    assert all("too few" in reason for reason in reasons)


def test_each_split_has_to_be_good_enough() -> None:
    held_out = REFUSED.model_copy(update={"split": "held_out"})
    reasons = gate(report(RIGHT, UNANSWERABLE, held_out), FEW)
    assert reasons and all(reason.startswith("held_out:") for reason in reasons)


def test_a_share_at_its_threshold_is_enough() -> None:
    half = GateThresholds(
        right=0.5, wrong_refusals=0.5, right_refusals=1, answerable_questions=2, unanswerable_questions=1
    )
    assert gate(report(RIGHT, REFUSED, UNANSWERABLE), half) == []
