"""How texts write durations, ages, days and deadlines."""

import re
from calendar import monthrange
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from app.text.notation import DATE, NUMBER, UNIT_WORDS, count_text, date_parts, unit_name
from app.text.number_words import NUMBER_WORDS_PATTERN
from ingest.fact_span import Limit, Span, before, limit_before
from ingest.facts_time import Age, CalendarDate, Deadline, DeadlineKind, Duration, Unit

_LEAP_YEAR = 2000
_MOST_AGE = 130
_SHORT_MONTHS = frozenset("jan feb mär apr jun jul aug sep sept okt oct nov dez dec".split())
"""After a longer name a full stop ends the sentence."""
_FRACTIONS = {
    "anderthalb": "1.5", "eineinhalb": "1.5", "einundeinhalb": "1.5", "zweieinhalb": "2.5", "dreieinhalb": "3.5",
    "viereinhalb": "4.5", "fünfeinhalb": "5.5", "one and a half": "1.5", "two and a half": "2.5",
    "ein halbes": "0.5", "einem halben": "0.5", "eines halben": "0.5", "einen halben": "0.5", "eine halbe": "0.5",
    "einer halben": "0.5", "half a": "0.5", "half an": "0.5",
}  # fmt: skip
_PLAIN = rf"(?:{NUMBER}|(?<!\w)(?:{NUMBER_WORDS_PATTERN}|ein(?:e[nmr]?)?|one)(?!\w))"
_GENITIVE = r"(?<!\w)(?:eines|an?)(?!\w)"
""""eines Jahres" and "a year" are a duration only after a word such as "innerhalb", "about"."""
_DURATION = re.compile(
    rf"(?<![\w.,§])(?:(?P<fraction>{'|'.join(_FRACTIONS)})|(?P<low>{_PLAIN})(?:\s?(?:bis(?: zu)?|–|-|to|oder|or)\s?"
    rf"(?P<high>{_PLAIN}))?|(?P<one>{_GENITIVE}))"
    rf"[\s-](?:(?:volle|ganze|weitere|angefangene|aufeinanderfolgende|further|full)[nr]?\s)?(?P<unit>kalendertage?n?|"
    rf"{UNIT_WORDS})(?!\w|-\w)",
    re.IGNORECASE,
)
_DATE = re.compile(DATE, re.IGNORECASE)

_WITHIN = r"innerhalb(?: von| der ersten)?|binnen|within"
_LATEST = r"(?:bis )?spätestens|at the latest|no later than|not later than|mit einer frist von"
_EARLIEST = r"frühestens|nicht früher als|at the earliest|no earlier than|not earlier than"
_BEFORE_DURATION = re.compile(
    rf"(?<!\w)(?:(?P<WITHIN>{_WITHIN})|(?P<LATEST>{_LATEST})|(?P<EARLIEST>{_EARLIEST}))\s\Z", re.IGNORECASE
)
_BEFORE_DATE = re.compile(
    rf"(?<!\w)(?<!\d )(?:(?P<LATEST>{_LATEST})(?: (?:zum|am|bis|bis zum|on|by))?|"
    rf"(?P<EARLIEST>{_EARLIEST})(?: (?:am|ab|on))?|"
    r"(?P<UNTIL>bis(?: zum| einschließlich| einschließlich zum)?|by|until))\s\Z",
    re.IGNORECASE,
)
_BEGINS = ("ab", "from")
""""ab 6 Wochen vor" says from when, "mindestens 6 Wochen vor" until when."""
_AFTER = re.compile(
    r"\s(?P<vor>vor(?:her|ab)?|before|in advance|beforehand)(?!\w)|\s(?P<nach>nach|danach|later|after)(?!\w)",
    re.IGNORECASE,
)
_ENDS_PERIOD = re.compile(r"\s?(?:bis(?: zum)?|to|until|–|-|und(?: dem)?|and)\s?", re.IGNORECASE)
_OLD = re.compile(r"\s(?:alt(?:e[nmrs]?)?|of age|old|jung)(?!\w)|-old(?!\w)", re.IGNORECASE)
_NO_AGE_AFTER = re.compile(r"\s(?:vor|nach|lang|später|danach|zuvor|before|after|ab dem)(?!\w)", re.IGNORECASE)
_AGE_BEFORE = re.compile(
    r"(?<!\w)(?<!nicht )(?<!not )(?:(?P<AT_LEAST>ab|from)|(?P<UNDER>unter|under|below|jünger als|younger than)|"
    r"(?P<OVER>über|over|älter als|older than)|(?P<AT_MOST>bis)|(?P<range>von|between|zwischen)|"
    r"(?P<exact>mit|aged|at the age of))\s\Z",
    re.IGNORECASE,
)
_BORN_AGE = re.compile(r"(?<!\w)(?:aged|at the age of)\s(?P<years>\d{1,3})(?![\w.,])", re.IGNORECASE)


def read_times(text: str) -> Iterator[Duration | Age | CalendarDate | Deadline]:
    """All durations, ages, days and deadlines; a deadline comes instead of the time within it."""
    yield from _dates(text)
    for match in _DURATION.finditer(text):
        if (fact := _duration(match, text)) is not None:
            yield fact
    for match in _BORN_AGE.finditer(text):
        if int(match["years"]) <= _MOST_AGE:
            yield Age(int(match["years"]), span=Span(*match.span()))


def _dates(text: str) -> Iterator[CalendarDate | Deadline]:
    last_end = -1
    for match in _DATE.finditer(text):
        parts = date_parts(match)
        if parts is None:
            continue
        year, month, day = parts
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or _LEAP_YEAR, month)[1] or year == 0:
            continue
        written = match.group().rstrip()
        if written.endswith(".") and match["month"] and match["month"].casefold() not in _SHORT_MONTHS:
            written = written[:-1]
        date = CalendarDate(day, month, year, Span(match.start(), match.start() + len(written)))
        in_period = last_end >= 0 and bool(_ENDS_PERIOD.fullmatch(text, last_end, match.start()))
        last_end = date.span.end
        word = before(_BEFORE_DATE, text, match.start())
        if word is None or in_period:
            yield date
        else:
            yield Deadline(DeadlineKind[word.lastgroup or ""], date, span=Span(word.start(), date.span.end))


def _duration(match: re.Match[str], text: str) -> Duration | Age | Deadline | None:
    unit = _unit(match["unit"])
    amount = Decimal(_FRACTIONS[match["fraction"].casefold()] if match["fraction"] else _count(match))
    upper = Decimal(count_text(match["high"])) if match["high"] else None
    if upper is not None and upper <= amount:
        return None
    if unit is Unit.YEAR and (age := _age(match, amount, upper, text)):
        return age
    limit, start = limit_before(text, match.start())
    word = before(_BEFORE_DURATION, text, start)
    if match["one"] and limit is None and word is None:
        return None
    duration = Duration(amount, unit, upper, limit, Span(start, match.end()))
    after = _AFTER.match(text, match.end())
    relation: Literal["vor", "nach"] | None = None
    if after is not None:
        relation = "vor" if after["vor"] else "nach"
    if word is not None:
        end = after.end() if after else match.end()
        return Deadline(DeadlineKind[word.lastgroup or ""], duration, relation, Span(word.start(), end))
    if limit is Limit.AT_LEAST and relation == "vor" and after is not None:
        exact = Duration(amount, unit, upper, span=Span(match.start(), match.end()))
        begins = text[start : match.start()].strip().casefold() in _BEGINS
        kind = DeadlineKind.EARLIEST if begins else DeadlineKind.LATEST
        return Deadline(kind, exact, "vor", Span(start, after.end()))
    return duration


def _age(match: re.Match[str], amount: Decimal, upper: Decimal | None, text: str) -> Age | None:
    """ "ab 24 Jahren", "von 4 bis 17 Jahren", "16 Jahre alt"; None when the years are no age."""
    if amount != int(amount) or amount > _MOST_AGE or not (match["low"] or "")[:1].isdecimal():
        return None
    old = _OLD.match(text, match.end())
    end = old.end() if old else match.end()
    years = int(amount)
    word = before(_AGE_BEFORE, text, match.start())
    kind = word.lastgroup if word else None
    if upper is not None:
        if upper != int(upper) or upper > _MOST_AGE or kind not in ("range", "AT_LEAST") or word is None:
            return None
        return Age(years, int(upper), span=Span(word.start(), end))
    if kind == "range" or (
        old is None and (word is None or _NO_AGE_AFTER.match(text, match.end()) or _said_of_time(word, match))
    ):
        return None
    if kind in (None, "exact"):
        limit, start = limit_before(text, match.start())
        return Age(years, None, limit, Span(word.start() if word else start, end))
    assert word is not None
    return Age(years, None, Limit[kind or ""], Span(word.start(), end))


def _said_of_time(word: re.Match[str], match: re.Match[str]) -> bool:
    """ "über 3 Jahre" and "bis 3 Jahre" may be said of time; the dative "über 3 Jahren" and "ab", "unter" are not."""
    about_age = " als" in word.group() or "than" in word.group()
    return not about_age and word.lastgroup in ("OVER", "exact") and match["unit"].casefold() not in ("jahren", "years")


def _count(match: re.Match[str]) -> str:
    return "1" if match["one"] else count_text(match["low"])


def _unit(word: str) -> Unit:
    folded = word.casefold()
    return Unit(unit_name(folded.removeprefix("kalender")))
