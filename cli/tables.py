"""Evaluation reports as plain text."""

from dataclasses import astuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluation.ranking import RankingFigures
    from evaluation.replay import ReplayReport
    from evaluation.retrieval import RetrievalReport
    from evaluation.selection import PRF, EvidenceFigures

_SHOWN = 5
"""Differences that are printed in full a pass."""


def retrieval(report: "RetrievalReport") -> str:
    """One line a side of the search."""
    lines = [
        f"{report.questions} questions, {report.services} services in {report.passages} passages",
        f"{'':10}{'R@1':>8}{'R@5':>8}{'R@10':>8}{'MRR':>8}{'nDCG@10':>9}",
        _ranking("dense", report.dense),
        _ranking("lexical", report.lexical),
        _ranking("fused", report.fused),
    ]
    if report.left_out:
        lines.append(f"left out: {report.left_out} questions whose page is not among the pages searched")
    return "\n".join(lines)


def evidence(figures: "EvidenceFigures") -> str:
    """The two measures of the OMoS-QA paper, in percent."""
    lines = [
        f"{figures.questions} questions, {figures.answerable} answerable, {figures.predicted_empty} predicted empty",
        f"{'':20}{'P':>8}{'R':>8}{'F':>8}",
        _prf("sentence selection", figures.selection),
        _prf("no answer", figures.no_answer),
    ]
    return "\n".join(lines)


def replay(report: "ReplayReport") -> str:
    """Counts a pass, and the first differences."""
    lines = [f"{report.asked} answers"]
    for result in report.passes:
        lines.append(f"{result.name:28}{result.identical:>6} identical{result.different:>6} different")
    for result in report.passes:
        lines += [f"{result.name}: {difference}" for difference in result.differences[:_SHOWN]]
    return "\n".join(lines)


def _ranking(name: str, figures: "RankingFigures") -> str:
    *shares, last = astuple(figures)
    return f"{name:10}" + "".join(f"{share:>8.3f}" for share in shares) + f"{last:>9.3f}"


def _prf(name: str, figures: "PRF") -> str:
    return f"{name:20}" + "".join(f"{100 * value:>8.1f}" for value in astuple(figures))
