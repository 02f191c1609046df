"""What a chart is drawn with: bars, lines, points and labels at places in percent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A bar or a part of one, in percent of the drawing's width and height, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    series: int
    """From 1."""
    says: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line, in percent."""

    x1: float
    y1: float
    x2: float
    y2: float
    series: int


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a line, in percent."""

    x: float
    y: float
    series: int
    says: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of an axis at a place in percent."""

    at: float
    text: str
    narrow: bool = True
    """Whether there is room for it on narrow screens, too."""
