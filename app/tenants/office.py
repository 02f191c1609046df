"""Offices of a town: where they are, how to reach them, when they are open."""

from datetime import date, time
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    model_validator,
)

from app.tenants.strict import SLUG_PATTERN, Strict

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class TimeSpan(Strict):
    """Open from `start` (included) to `end` (excluded), local time of the tenant."""

    start: time
    end: time

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start >= self.end:
            raise ValueError(f"opening time {self.start:%H:%M} is not before closing time {self.end:%H:%M}")
        return self


def _parse_span(value: Any) -> Any:
    if isinstance(value, str):
        start, dash, end = value.partition("-")
        if not dash:
            raise ValueError(f"write opening hours as '08:00-12:00', not '{value}'")
        return {"start": start.strip(), "end": end.strip()}
    return value


Span = Annotated[TimeSpan, BeforeValidator(_parse_span)]


class HoursException(Strict):
    """One day on which the weekly hours don't hold."""

    date: date
    closed: bool = False
    hours: tuple[Span, ...] = ()
    reason: str

    @model_validator(mode="after")
    def _closed_or_hours(self) -> Self:
        if self.closed == bool(self.hours):
            raise ValueError(f"exception on {self.date}: give either 'closed: true' or 'hours', not both or neither")
        return self


class Address(Strict):
    street: str
    postal_code: str
    city: str


class Office(Strict):
    """A place or team that citizens can turn to."""

    id: str = Field(pattern=SLUG_PATTERN)
    name: str
    article: Literal["das", "die", "der"] | None = None
    """German article of `name`, for sentences about the office."""
    synonyms: tuple[str, ...] = ()
    names: dict[str, Annotated[tuple[str, ...], Field(min_length=1)]] = Field(default_factory=dict)
    """Names in other languages (ISO 639-1); the first is shown, all are understood."""
    address: Address
    phone: str
    email: str
    url: str
    appointment_url: str | None = None
    step_free: bool | None = None
    hours: dict[Weekday, tuple[Span, ...]] = Field(default_factory=dict)
    """Weekly opening hours; a day that is not named is closed."""
    exceptions: tuple[HoursException, ...] = ()

    def name_in(self, language: str) -> str:
        """The name as it is shown in that language; the German one where it has none."""
        return self.names[language][0] if language in self.names else self.name
