"""What a benchmark reports: figures beside their baselines and goals."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `ratio` and `met` follow from baseline and goal."""

    name: str
    value: float
    unit: Literal["s", "ms", "tokens/s", "chunks/s", "kB", "GB", "%", "requests"]
    baseline: float | None = None
    """The same measured on the bare library, in the same run and unit."""
    goal: float | None = None
    """The value must stay below this."""

    @property
    def ratio(self) -> float | None:
        """Value over baseline."""
        return self.value / self.baseline if self.baseline else None

    @property
    def met(self) -> bool | None:
        """None without a goal."""
        return None if self.goal is None else self.value < self.goal


def p50(values: Sequence[float]) -> float:
    """Median of at least one value."""
    return median(values)


def p95(values: Sequence[float]) -> float:
    """95th percentile, interpolated within the values; of few values the largest counts most."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def as_table(figures: Sequence[Figure]) -> str:
    """Plain text, one line a figure."""
    width = max(len(figure.name) for figure in figures)
    header = f"{'':{width}}  {'value':>16}{'bare':>16}{'ratio':>8}{'goal':>12}"
    return "\n".join([header, *(f"{figure.name:{width}}  {_cells(figure)}".rstrip() for figure in figures)])


def as_rows(figures: Sequence[Figure]) -> list[dict[str, object]]:
    """The same for JSON."""
    return [
        {
            "name": figure.name,
            "value": figure.value,
            "unit": figure.unit,
            "baseline": figure.baseline,
            "ratio": figure.ratio,
            "goal": figure.goal,
            "met": figure.met,
        }
        for figure in figures
    ]


def _cells(figure: Figure) -> str:
    baseline = "" if figure.baseline is None else _number(figure.baseline, figure.unit)
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    goal = "" if figure.goal is None else f"< {figure.goal:g} {figure.unit}"
    verdict = {True: "  met", False: "  not met", None: ""}[figure.met]
    return f"{_number(figure.value, figure.unit):>16}{baseline:>16}{ratio:>8}{goal:>12}{verdict}"


def _number(value: float, unit: str) -> str:
    return f"{value:.2f} {unit}" if value < 100 else f"{value:.0f} {unit}"
