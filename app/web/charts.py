"""Charts as numbers that a template draws as SVG, and as the table beside it: both from the same values.

Places are percentages of the drawing, so that a chart fits any width while its words keep their size. Every series has
a pattern or a kind of line besides its colour.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from app.web.chart_marks import Box, Point, Segment, Tick
from app.wording.console import console_catalog

MOST_SERIES = 6
"""As many colours and patterns there are."""
_WIDE_TICKS, _NARROW_TICKS = 8, 3
_GRID_LINES = 4
_BAR_SHARE = 0.72
"""Width of a bar as a share of the room that it has."""


class Kind(StrEnum):
    BARS = "bars"
    STACKED = "stacked"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """What the template draws."""

    id: str
    """Unique on its page."""
    kind: Kind
    title: str
    unit: str
    """Behind values, for example `ms`; empty for counts."""
    axis: str
    """What the labels are, for example `Tag`: heading of the table's first column."""
    labels: tuple[str, ...]
    short_labels: tuple[str, ...]
    series: tuple[Series, ...]
    decimals: int = 0

    @cached_property
    def top(self) -> float:
        """The value at the upper edge: a round number above all values."""
        if self.kind is Kind.STACKED:
            highest = max((sum(column) for column in self._columns()), default=0.0)
        else:
            highest = max(
                (value for series in self.series for value in series.values if value is not None), default=0.0
            )
        return _round_above(highest, self.decimals)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for series in self.series for value in series.values)

    def grid(self) -> tuple[Tick, ...]:
        """Lines across, with their values; `at` from above."""
        return tuple(
            Tick(_place(100 * (1 - line / _GRID_LINES)), self.said(self.top * line / _GRID_LINES))
            for line in range(_GRID_LINES + 1)
        )

    def ticks(self) -> tuple[Tick, ...]:
        """The labels that there is room for; `at` from the left."""
        wide = range(0, len(self.labels), math.ceil(len(self.labels) / _WIDE_TICKS) or 1)
        narrow = wide[:: math.ceil(len(wide) / _NARROW_TICKS) or 1]
        return tuple(Tick(self._middle(place), self.short_labels[place], place in narrow) for place in wide)

    def boxes(self) -> Iterator[Box]:
        """The bars, each series on top of the one before, or beside it."""
        room = 100 / max(len(self.labels), 1)
        side_by_side = len(self.series) if self.kind is Kind.BARS else 1
        width = room * _BAR_SHARE / side_by_side
        for place, column in enumerate(self._columns()):
            below = 0.0
            for number, value in enumerate(column):
                height = 100 * value / self.top
                left = self._middle(place) - room * _BAR_SHARE / 2 + (width * number if side_by_side > 1 else 0)
                if value > 0:
                    says = f"{self.labels[place]}, {self.series[number].name}: {self.said(value)}"
                    yield Box(
                        _place(left), _place(100 - below - height), _place(width), _place(height), number + 1, says
                    )
                below += height if self.kind is Kind.STACKED else 0.0

    def segments(self) -> Iterator[Segment]:
        """The lines; where a value is missing there is a gap."""
        for number, series in enumerate(self.series, start=1):
            for place, (start, end) in enumerate(zip(series.values, series.values[1:], strict=False)):
                if start is not None and end is not None:
                    x1, x2 = self._middle(place), self._middle(place + 1)
                    yield Segment(x1, self._height(start), x2, self._height(end), number)

    def points(self) -> Iterator[Point]:
        """The values on the lines."""
        for number, series in enumerate(self.series, start=1):
            for place, value in enumerate(series.values):
                if value is not None:
                    says = f"{self.labels[place]}, {series.name}: {self.said(value)}"
                    yield Point(self._middle(place), self._height(value), number, says)

    def rows(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The table: a label and its values in the order of the series."""
        for place, label in enumerate(self.labels):
            yield label, tuple(self.said(series.values[place]) for series in self.series)

    def said(self, value: float | None) -> str:
        """A value as people read it, with its unit."""
        if value is None:
            return "–"
        number = f"{value:,.{self.decimals}f}".translate(str.maketrans(",.", ".,"))
        return f"{number} {self.unit}" if self.unit else number

    @property
    def description(self) -> str:
        """What the drawing shows, for those who don't see it."""
        wording = console_catalog("charts")
        totals = [
            sum(value or 0.0 for value in column) for column in zip(*(s.values for s in self.series), strict=True)
        ]
        if self.is_empty:
            return wording.text("empty_description", title=self.title)
        place = max(range(len(totals)), key=totals.__getitem__)
        said = ", ".join(f"{series.name} {self.said(series.values[place])}" for series in self.series)
        return wording.text(f"description.{self.kind}", title=self.title, label=self.labels[place], values=said)

    def _columns(self) -> Iterator[tuple[float, ...]]:
        for column in zip(*(series.values for series in self.series), strict=True):
            yield tuple(value or 0.0 for value in column)

    def _middle(self, place: int) -> float:
        return _place(100 * (place + 0.5) / max(len(self.labels), 1))

    def _height(self, value: float) -> float:
        return _place(100 * (1 - value / self.top))


def _place(percent: float) -> float:
    """As exact as a drawing of 10,000 pixels needs it."""
    return round(percent, 2)


def _round_above(highest: float, decimals: int) -> float:
    """The next of 1, 2, 4, 6, 8 times a power of ten, so that quarters of it are short numbers."""
    least = 4 * math.pow(10, -decimals)
    if highest <= least:
        return least
    power = math.pow(10, math.floor(math.log10(highest)))
    return next((factor * power for factor in (1, 2, 4, 6, 8) if factor * power >= highest), 10 * power)


def shown(series: Sequence[Series], others: str) -> tuple[Series, ...]:
    """At most as many series as can be told apart: the largest ones in their order, and all the rest as one."""
    listed = tuple(series)
    if len(listed) <= MOST_SERIES:
        return listed
    total = {one.name: sum(value or 0.0 for value in one.values) for one in listed}
    largest = set(sorted(total, key=lambda name: -total[name])[: MOST_SERIES - 1])
    rest = [one for one in listed if one.name not in largest]
    summed = tuple(sum(value or 0.0 for value in column) for column in zip(*(one.values for one in rest), strict=True))
    return (*(one for one in listed if one.name in largest), Series(others, summed))
