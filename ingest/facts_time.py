"""Durations, ages, days and deadlines: values and their German notation."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from ingest.fact_span import NOWHERE, Limit, Span


class Unit(StrEnum):
    """Units of time, named as `app.text.notation.unit_name` does."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_NAMES = {
    Unit.MINUTE: ("Minute", "Minuten", "Minuten"),
    Unit.HOUR: ("Stunde", "Stunden", "Stunden"),
    Unit.DAY: ("Tag", "Tage", "Tagen"),
    Unit.WORKDAY: ("Werktag", "Werktage", "Werktagen"),
    Unit.WEEK: ("Woche", "Wochen", "Wochen"),
    Unit.MONTH: ("Monat", "Monate", "Monaten"),
    Unit.YEAR: ("Jahr", "Jahre", "Jahren"),
}
"""Singular, plural, and plural in the dative."""
_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()


@dataclass(frozen=True, slots=True)
class Duration:
    """How long something takes or lasts; with `upper` a range. Parts of a unit are possible ("anderthalb")."""

    amount: Decimal
    unit: Unit
    upper: Decimal | None = None
    limit: Limit | None = None
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return self.written(dative=False)

    def written(self, *, dative: bool) -> str:
        """In German: "etwa 2 bis 3 Monate", or "Monaten" after a preposition that asks for the dative."""
        numbers = _number(self.amount) if self.upper is None else f"{_number(self.amount)} bis {_number(self.upper)}"
        one = self.amount == 1 and self.upper is None
        name = _NAMES[self.unit][0 if one else 2 if dative or self.limit in _WITH_DATIVE else 1]
        return f"{f'{self.limit} ' if self.limit else ''}{numbers} {name}"


_WITH_DATIVE = (Limit.AT_MOST, Limit.AT_LEAST)


@dataclass(frozen=True, slots=True)
class Age:
    """How old somebody is, in years; with `upper` from one age to another, both included."""

    years: int
    upper: int | None = None
    limit: Limit | None = None
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        if self.upper is not None:
            return f"von {self.years} bis {self.upper} Jahren"
        if self.limit is None:
            return f"{self.years} Jahre alt"
        return f"{'bis' if self.limit is Limit.AT_MOST else self.limit} {self.years} Jahren"


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A day; without `year` one that comes every year, or whose year the text leaves open."""

    day: int
    month: int
    year: int | None = None
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return f"{self.day}. {_MONTHS[self.month - 1]}{'' if self.year is None else f' {self.year:04}'}"


class DeadlineKind(StrEnum):
    """The value is the word that German notation uses."""

    WITHIN = "innerhalb von"
    LATEST = "spätestens"
    EARLIEST = "frühestens"
    UNTIL = "bis zum"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until or from when something can be done: a span of time before or after an event, or a day."""

    kind: DeadlineKind
    time: Duration | CalendarDate
    relation: Literal["vor", "nach"] | None = None
    """Which side of the event; None where the words don't say, and with a day."""
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        if isinstance(self.time, CalendarDate):
            return f"{self.kind} {'' if self.kind is DeadlineKind.UNTIL else 'am '}{self.time}"
        time = self.time.written(dative=self.kind is DeadlineKind.WITHIN)
        return f"{self.kind} {time}{f' {self.relation}' if self.relation else ''}"


def _number(value: Decimal) -> str:
    digits = f"{value:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return digits.replace(".", ",")
