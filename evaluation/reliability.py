"""Whether probabilities mean what they say: reliability in ten bins, calibration error, and both operating points."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One question: the probability (0 to 1) that the knowledge answers it, and whether it does."""

    probability: float
    answerable: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions with a probability from `low` up to below `high`; the last bin includes 1."""

    low: float
    high: float
    count: int
    predicted: float | None
    """Mean probability, 0 to 1; None in an empty bin."""
    observed: float | None
    """Share that the knowledge answers, 0 to 1."""


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What a threshold does: questions refused though answerable, and answered though not."""

    wrong_refusals: int
    answerable: int
    wrong_answers: int
    unanswerable: int

    def cost(self, wrong_answer_cost: float) -> float:
        """Share of wrong refusals, plus that of wrong answers so many times."""
        return self.refusal_rate + wrong_answer_cost * self.answer_rate

    @property
    def refusal_rate(self) -> float:
        return self.wrong_refusals / max(1, self.answerable)

    @property
    def answer_rate(self) -> float:
        return self.wrong_answers / max(1, self.unanswerable)

    def __add__(self, other: "OperatingPoint") -> "OperatingPoint":
        return OperatingPoint(
            self.wrong_refusals + other.wrong_refusals,
            self.answerable + other.answerable,
            self.wrong_answers + other.wrong_answers,
            self.unanswerable + other.unanswerable,
        )


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far probabilities can be taken at their word."""

    bins: tuple[Bin, ...]
    calibration_error: float
    """Expected calibration error: mean distance of predicted and observed share over bins, weighted by count."""
    brier: float
    """Mean squared distance of probability and truth; 0 is best."""
    points: Mapping[str, OperatingPoint]
    """By name: `cautious`, `helpful`."""

    @property
    def count(self) -> int:
        return sum(entry.count for entry in self.bins)


def reliability(judged: Sequence[Judged], points: Mapping[str, OperatingPoint]) -> Reliability:
    """The reliability of at least one judged question."""
    bins = tuple(_bin(judged, index) for index in range(BINS))
    off = sum(entry.count * abs(entry.predicted - entry.observed) for entry in bins if entry.predicted is not None
              and entry.observed is not None)  # fmt: skip
    return Reliability(
        bins=bins,
        calibration_error=off / len(judged),
        brier=fmean((entry.probability - entry.answerable) ** 2 for entry in judged),
        points=points,
    )


def operating_point(judged: Sequence[Judged], threshold: float) -> OperatingPoint:
    """What answering from `threshold` on does to these questions."""
    return OperatingPoint(
        wrong_refusals=sum(entry.answerable and entry.probability < threshold for entry in judged),
        answerable=sum(entry.answerable for entry in judged),
        wrong_answers=sum(not entry.answerable and entry.probability >= threshold for entry in judged),
        unanswerable=sum(not entry.answerable for entry in judged),
    )


def reliability_lines(found: Reliability) -> Iterator[str]:
    """The table as text, a line a bin, then the summary."""
    yield f"{'probability':>13} {'questions':>9} {'predicted':>9} {'answerable':>10}"
    for entry in found.bins:
        yield f"{_span(entry):>13} {entry.count:>9} {percent(entry.predicted):>9} {percent(entry.observed):>10}"
    yield f"expected calibration error {found.calibration_error:.3f}, Brier score {found.brier:.3f}"
    for name, point in found.points.items():
        yield (
            f"{name}: wrong refusals {point.wrong_refusals} of {point.answerable} ({point.refusal_rate:.1%}), "
            f"wrong answers {point.wrong_answers} of {point.unanswerable} ({point.answer_rate:.1%})"
        )


def percent(share: float | None) -> str:
    """A share for people; a dash where there is none."""
    return "–" if share is None else f"{share:.1%}"


def _span(entry: Bin) -> str:
    return f"{entry.low:.1f} to {entry.high:.1f}"


def _bin(judged: Sequence[Judged], index: int) -> Bin:
    inside = [entry for entry in judged if min(int(entry.probability * BINS), BINS - 1) == index]
    return Bin(
        low=index / BINS,
        high=(index + 1) / BINS,
        count=len(inside),
        predicted=fmean(entry.probability for entry in inside) if inside else None,
        observed=fmean(entry.answerable for entry in inside) if inside else None,
    )
