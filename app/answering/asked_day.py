"""Which day a question is about: a date, a weekday, a holiday's name, "heute", "jetzt", and the time of day."""

import re
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache

from app.answering.asked_time import TimeSense, find_time, in_the_evening
from app.answering.rule_words import DayWords, PartWords, rule_words
from app.tenants.named_days import named_days

DAY, PART = "@day", "@part"
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
_DOTTED = re.compile(
    r"\b(?:am |vom |den |dem |on )?(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>\d{4}|\d{2}))?\b(?! ?uhr)"
)
_EVENING = "evening"
_LONGEST_WAIT_YEARS = 8
"""29 February comes at least this often."""


@dataclass(frozen=True, slots=True)
class AskedDay:
    """What was understood, and the folded question with `@day`, `@time` and `@part` in place of it."""

    text: str
    days: tuple[date, ...] = ()
    weekdays: tuple[int, ...] = ()
    """Every week ("samstags"), 0 is Monday."""
    now: bool = False
    public_holidays: bool = False
    """Asked about public holidays in general."""
    moment: time | None = None
    """A time of day."""
    sense: TimeSense = TimeSense.AT
    """What is asked about that time."""
    part: str | None = None
    """Key of `rule_words().days.parts`."""
    impossible: bool = False
    """A date that doesn't exist was named."""


@dataclass(slots=True)
class _Reading:
    """The text as it shrinks while one kind of expression after the other is read off."""

    text: str
    found: list[date] = field(default_factory=list)

    def take(self, pattern: re.Pattern[str], token: str) -> list[re.Match[str]]:
        matches = list(pattern.finditer(self.text))
        self.text = pattern.sub(f" {token} ", self.text)
        return matches


def find_day(folded: str, today: date) -> AskedDay:
    """Reads the day off a folded question; dates without a year are the next such day from `today` on."""
    words = rule_words().days
    reading = _Reading(folded)
    impossible = False
    explicit: list[date] = []
    for pattern in (_ISO, *_written_dates(), _DOTTED):
        for match in reading.take(pattern, DAY):
            day = _date_of(match, today)
            impossible |= day is None
            explicit += [day] if day else []
    named = [named_days()[match.group("name")].next_from(today) for match in reading.take(_named(), DAY)]
    clock = find_time(reading.text)
    reading.text = clock.text
    weekday_part, on_weekday, habitual = _weekdays(reading, today)
    relative = _relative(reading, words, today)
    part = weekday_part or _part(reading, words)
    moment = in_the_evening(clock.moment) if clock.moment and part == _EVENING else clock.moment
    days = explicit or named or on_weekday or relative
    holidays = bool(reading.take(words.holidays, DAY)) and not days
    now = bool(reading.take(words.now, "@now"))
    still = words.still.search(reading.text) is not None
    anything = days or habitual or holidays or part or moment
    if moment and not (days or habitual or holidays):
        days = [today]
    return AskedDay(
        text=re.sub(r" +", " ", reading.text).strip(),
        days=tuple(dict.fromkeys(days)),
        weekdays=() if days else tuple(dict.fromkeys(habitual)),
        now=not days and not habitual and (now or (still and not anything)),
        public_holidays=holidays and not habitual,
        moment=moment,
        sense=clock.sense,
        part=part,
        impossible=impossible,
    )


def explicit_days(folded: str, today: date) -> tuple[date, ...]:
    """The days that a folded text names by date ("3. November", "3.11.2026"), each once, in no certain order.

    A date without a year is the next such day from `today` on; days that don't exist are left out.
    """
    reading = _Reading(folded)
    patterns = (_ISO, *_written_dates(), _DOTTED)
    found = (_date_of(match, today) for pattern in patterns for match in reading.take(pattern, DAY))
    return tuple(dict.fromkeys(day for day in found if day))


def _date_of(match: re.Match[str], today: date) -> date | None:
    parts = match.groupdict()
    month = int(parts["month"]) if parts.get("month") else _month_number(match)
    year = parts.get("year")
    if year:
        return _valid(int(year) + (2000 if len(year) == 2 else 0), month, int(parts["day"]))
    candidates = (_valid(today.year + offset, month, int(parts["day"])) for offset in range(_LONGEST_WAIT_YEARS + 1))
    return next((day for day in candidates if day and day >= today), None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_number(match: re.Match[str]) -> int:
    months = rule_words().days.months
    return next(number for number, words in enumerate(months, start=1) if re.fullmatch(words, match.group("name")))


@lru_cache(maxsize=1)
def _written_dates() -> tuple[re.Pattern[str], ...]:
    month = f"(?P<name>{'|'.join(rule_words().days.months)})"
    return (
        re.compile(
            rf"\b(?:am |vom |den |dem |on )?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th|ten)? (?:of )?{month}"
            r"(?: (?P<year>\d{4}))?\b"
        ),
        re.compile(rf"\b(?:on )?{month} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: (?P<year>\d{{4}}))?\b(?![:.])"),
    )


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(named_days(), key=len, reverse=True))
    return re.compile(rf"\b(?:(?:am|an|on|ueber|zu|at|den|dem|the) ){{0,2}}(?P<name>{names})\b")


@lru_cache(maxsize=1)
def _weekday_patterns() -> tuple[re.Pattern[str], ...]:
    words = rule_words().days
    parts = "|".join(f"(?P<{key}>{part.words})" for key, part in words.parts.items())
    return tuple(
        re.compile(
            r"\b(?:(?:am|an|on|every|jeden|immer|den|dem|the|bis|ab) ){0,2}"
            rf"(?:(?P<next>{words.next}) |{words.this} )?"
            rf"(?:{weekday})(?P<each>s)?(?: ?(?:{parts}))?\b"
        )
        for weekday in words.weekdays
    )


def _weekdays(reading: _Reading, today: date) -> tuple[str | None, list[date], list[int]]:
    part, days, habitual = None, [], []
    for number, pattern in enumerate(_weekday_patterns()):
        for match in reading.take(pattern, DAY):
            part = next((key for key in rule_words().days.parts if match.group(key)), part)
            if match.group("each"):
                habitual.append(number)
                continue
            ahead = (number - today.weekday()) % 7
            days.append(today + timedelta(days=ahead or (7 if match.group("next") else 0)))
    return part, sorted(days), habitual


def _relative(reading: _Reading, words: DayWords, today: date) -> list[date]:
    days = [today + timedelta(days=2) for _ in reading.take(words.after_tomorrow, DAY)]
    days += [today + timedelta(days=1) for _ in reading.take(words.tomorrow, DAY)]
    days += [today for _ in reading.take(words.today, DAY)]
    for _ in reading.take(words.weekend, DAY):
        saturday = today + timedelta(days=max(0, 5 - today.weekday()))
        days += [day for day in (saturday, saturday + timedelta(days=1)) if day.weekday() >= 5]
    return sorted(days)


def _part(reading: _Reading, words: DayWords) -> str | None:
    found: list[str] = []
    for key, part in words.parts.items():
        found += [key for _ in reading.take(_part_pattern(part), PART)]
    return found[0] if found else None


def _part_pattern(part: PartWords) -> re.Pattern[str]:
    return re.compile(rf"(?<!guten )(?<!schoenen )\b{part.words}\b")
