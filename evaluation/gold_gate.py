"""Whether a gold run is good enough to publish the knowledge that it was made with."""

from dataclasses import dataclass

from evaluation.bootstrap import Share
from evaluation.report import GoldReport
from evaluation.report_figures import GoldFigures


@dataclass(frozen=True, slots=True)
class GateThresholds:
    """Goals for every split in a report; shares are shares of 1, compared with the measured value itself."""

    right: float = 0.92
    right_refusals: float = 0.95
    wrong_refusals: float = 0.03
    """At most."""
    invented_figures: int = 0
    """At most."""
    unsupported_statements: int = 0
    """At most."""
    answerable_questions: int = 20
    """At least: on fewer questions a share says nothing."""
    unanswerable_questions: int = 5
    """At least."""


def gate(report: GoldReport, thresholds: GateThresholds) -> list[str]:
    """The reasons not to publish, each a sentence; empty when there are none."""
    return [reason for split in report.splits for reason in _reasons(split.split, split.figures, thresholds)]


def _reasons(split: str, figures: GoldFigures, goal: GateThresholds) -> list[str]:
    few = [
        f"{split}: {found} {name} questions are too few to judge by, at least {least} are needed."
        for name, found, least in (
            ("answerable", figures.right.questions, goal.answerable_questions),
            ("unanswerable", figures.right_refusals.questions, goal.unanswerable_questions),
        )
        if found < least
    ]
    low = [
        f"{split}: {_percent(share)} {name}, at least {100 * least:g} % are needed."
        for name, share, least in (
            ("right answers", figures.right, goal.right),
            ("right refusals", figures.right_refusals, goal.right_refusals),
        )
        if share.value is not None and share.value < least
    ]
    refused, most_refused = figures.wrong_refusals, f"{100 * goal.wrong_refusals:g} %"
    high = (
        [f"{split}: {_percent(refused)} of the answerable questions refused, at most {most_refused} may be."]
        if refused.value is not None and refused.value > goal.wrong_refusals
        else []
    )
    counted = [
        f"{split}: {found} {name}, at most {most} may be."
        for name, found, most in (
            ("invented figures", figures.invented_figures, goal.invented_figures),
            ("statements without a source", figures.unsupported_statements, goal.unsupported_statements),
        )
        if found > most
    ]
    return few + low + high + counted


def _percent(share: Share) -> str:
    return "–" if share.value is None else f"{100 * share.value:.1f} %"
