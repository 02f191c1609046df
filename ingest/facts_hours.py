"""Opening hours: the value, its German notation, and how texts write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time

from app.tenants.office import WEEKDAYS, TimeSpan, Weekday
from ingest.fact_span import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The same hours on one or more weekdays, both in the order of the week and the day."""

    days: tuple[Weekday, ...]
    hours: tuple[TimeSpan, ...]
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        hours = " und ".join(f"{one.start:%H:%M}–{one.end:%H:%M}" for one in self.hours)
        return f"{_days_text(self.days)} {hours} Uhr"


_SHORT_NAMES = "Mo Di Mi Do Fr Sa So".split()
_LAST_MINUTE = time(23, 59)
"""How "24 Uhr" is kept as a closing time."""
_NAMES = (
    "mo montag montags monday mondays mon",
    "di dienstag dienstags tuesday tuesdays tue tues",
    "mi mittwoch mittwochs wednesday wednesdays wed",
    "do donnerstag donnerstags thursday thursdays thu thur thurs",
    "fr freitag freitags friday fridays fri",
    "sa samstag samstags sonnabend sonnabends saturday saturdays sat",
    "so sonntag sonntags sunday sundays sun",
)
_NUMBERS = {name: number for number, names in enumerate(_NAMES) for name in names.split()}
_EVERY_DAY = ("täglich", "daily", "every day")
_DAY = (
    r"(?:(?:Mo|Di|Mi|Do|Fr|Sa|So)\b\.?|(?i:(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)s?|"
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?)\b|"
    r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
)
"""Abbreviations with a capital only: "do" and "so" are words."""
_THROUGH = r"(?:–|-|bis|to|through)"
_AND = r"(?:und|and|sowie|&|,|/)"
_DAYS = rf"(?P<days>(?<!\w){_DAY}(?:\s?(?:{_THROUGH}|{_AND})\s?{_DAY}){{0,7}}|(?<!\w)(?i:{'|'.join(_EVERY_DAY)})\b)"
_TIME = r"\d{1,2}(?:[:.]\d{2})?(?!\d)(?:\s?(?:[ap]\.?m\b\.?|noon\b))?"
_HOURS = rf"{_TIME}(?:\s?Uhr)?\s?(?:–|-|bis|to|until|und|and)\s?(?:12\s)?{_TIME}(?:\s?Uhr\b|\s?h\b)?"
_FILLERS = r"(?:(?:jeweils|auch|zusätzlich|nur|vormittags|nachmittags|von|from|between|zwischen|geöffnet|open)\s){0,3}"
_WEEK = re.compile(
    rf"{_DAYS}\s?[:,]?\s?(?i:{_FILLERS})(?P<hours>{_HOURS}(?:\s?{_AND}\s?(?i:{_FILLERS}){_HOURS}){{0,3}})"
)
_ONE_SPAN = re.compile(
    r"(?P<start>\d{1,2})(?:[:.](?P<start_past>\d{2}))?(?:\s?(?P<start_half>[ap])\.?m\b\.?|\s?noon\b)?(?:\s?Uhr)?"
    r"\s?(?:–|-|bis|to|until|und|and)\s?(?:12\s(?=12))?"
    r"(?P<end>\d{1,2})(?:[:.](?P<end_past>\d{2}))?(?:\s?(?P<end_half>[ap])\.?m\b\.?|\s?(?P<noon>noon)\b)?"
)
_CLOCK = re.compile(r"Uhr|\d[:.]\d\d|[ap]\.?m\b|noon|\sh\b")
"""What tells hours from other numbers."""
_DAY_OR_THROUGH = re.compile(rf"(?P<day>{_DAY})|(?P<through>{_THROUGH})")


def read_hours(text: str) -> Iterator[OpeningHours]:
    """Weekdays followed by hours; hours without a weekday are none."""
    for match in _WEEK.finditer(text):
        days, hours = _days(match["days"]), _spans(match["hours"])
        if days and hours and _CLOCK.search(match["hours"]):
            yield OpeningHours(days, hours, Span(*match.span()))


def _days(written: str) -> tuple[Weekday, ...]:
    if written.casefold() in _EVERY_DAY:
        return WEEKDAYS
    found: list[int] = []
    through = False
    for match in _DAY_OR_THROUGH.finditer(written):
        if match["through"]:
            through = True
            continue
        number = _NUMBERS[match["day"].rstrip(".").casefold()]
        found.extend(range(found[-1] + 1, number + 1) if through and found and found[-1] < number else (number,))
        through = False
    return tuple(WEEKDAYS[number] for number in sorted(set(found)))


def _spans(written: str) -> tuple[TimeSpan, ...]:
    """In the order of the day; empty when one of them is no span of time."""
    spans = []
    for match in _ONE_SPAN.finditer(written):
        half = match["start_half"]
        if half is None and match["end_half"] == "p" and int(match["start"]) < int(match["end"]) < 12:
            half = "p"
        start = _clock(match["start"], match["start_past"], half)
        end = _clock(match["end"], match["end_past"], match["end_half"])
        if start is None or end is None or start >= end:
            return ()
        spans.append(TimeSpan(start=start, end=end))
    return tuple(sorted(spans, key=lambda span: span.start))


def _clock(hour: str, past: str | None, half: str | None) -> time | None:
    hours, minutes = int(hour), int(past or 0)
    if half is not None and hours <= 12:
        hours = hours % 12 + (12 if half == "p" else 0)
    if (hours, minutes) == (24, 0):
        return _LAST_MINUTE
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


def _days_text(days: tuple[Weekday, ...]) -> str:
    """Neighbours together: "Mo–Mi, Fr"."""
    groups: list[list[int]] = []
    for number in sorted(WEEKDAYS.index(day) for day in days):
        if groups and groups[-1][-1] == number - 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    names = [[_SHORT_NAMES[group[0]], _SHORT_NAMES[group[-1]]] for group in groups]
    return ", ".join(first if first == last else f"{first}–{last}" for first, last in names)
