"""The reliability diagram as one HTML file that needs nothing else; every figure of it also stands in a table."""

from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from evaluation.reliability import Bin, Reliability, percent
from evaluation.report_html import TEMPLATES

_LEFT, _TOP, _SIDE, _BARS = 60.0, 20.0, 360.0, 70.0
"""The square of the diagram and the height of the bars below it, in SVG units."""
_SMALLEST, _LARGEST = 4.0, 14.0
"""Radius of a dot, in SVG units: its area grows with the number of questions."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One bin in the diagram, in SVG units."""

    x: float
    y: float
    radius: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How many questions a bin has, below the diagram, in SVG units."""

    x: float
    y: float
    width: float
    height: float


def reliability_html(found: Reliability, generation: str) -> str:
    """The page; `generation` is the published knowledge that the questions were asked of."""
    most = max(entry.count for entry in found.bins)
    return _template().render(
        found=found,
        generation=generation,
        percent=percent,
        dots=[dot for entry in found.bins if (dot := _dot(entry, most)) is not None],
        bars=[_bar(entry, most) for entry in found.bins],
        ticks=[(round(step / 5, 1), _x(step / 5), _y(step / 5)) for step in range(6)],
        left=_LEFT,
        top=_TOP,
        side=_SIDE,
        bottom=_TOP + _SIDE,
    )


def _dot(entry: Bin, most: int) -> Dot | None:
    if entry.predicted is None or entry.observed is None:
        return None
    radius = max(_SMALLEST, _LARGEST * (entry.count / most) ** 0.5)
    label = f"{entry.count} questions: predicted {percent(entry.predicted)}, answerable {percent(entry.observed)}"
    return Dot(_x(entry.predicted), _y(entry.observed), round(radius, 1), label)


def _bar(entry: Bin, most: int) -> Bar:
    height = _BARS * entry.count / most
    width = (entry.high - entry.low) * _SIDE
    return Bar(_x(entry.low) + 1, round(_TOP + _SIDE + 40 + _BARS - height, 1), round(width - 2, 1), round(height, 1))


def _x(share: float) -> float:
    return round(_LEFT + share * _SIDE, 1)


def _y(share: float) -> float:
    return round(_TOP + (1 - share) * _SIDE, 1)


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("reliability.html")
