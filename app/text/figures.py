"""Figures in a text, normalised: what must never be invented.

A figure is anything that a citizen could act on wrongly: amounts, percentages, dates, times, durations, phone
numbers, mail addresses, links, § references and every other number. Two notations of the same figure give the
same key ("37,00 €" and "37 Euro"; "drei Wochen" and "3 Wochen"; "8 Uhr" and "08:00").
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from app.text.number_words import NUMBER_WORDS, NUMBER_WORDS_PATTERN


class FigureKind(StrEnum):
    AMOUNT = "amount"
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    PHONE = "phone"
    MAIL = "mail"
    URL = "url"
    PARAGRAPH = "paragraph"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """One normalised figure. `value` is comparable within its kind."""

    kind: FigureKind
    value: str


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner january jan", "februar february feb", "märz maerz march mär", "april apr", "mai may",
            "juni june jun", "juli july jul", "august aug", "september sep sept", "oktober october okt oct",
            "november nov", "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ARTICLE_NUMBERS = {"ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "eines": 1, "one": 1, "a": 1, "an": 1}
_UNITS = {
    "jahr": "year", "year": "year", "monat": "month", "month": "month", "woche": "week", "week": "week",
    "werktag": "workday", "arbeitstag": "workday", "working": "workday", "tag": "day", "day": "day",
    "stunde": "hour", "hour": "hour", "minute": "minute",
}  # fmt: skip
_NUMBER = r"\d{1,3}(?:[.\u202f\u00a0]\d{3}){1,4}(?:,\d+)?|\d{1,3}(?:,\d{3}){1,4}(?:\.\d+)?|\d+(?:[.,]\d+)?"
_WORDS = "|".join([NUMBER_WORDS_PATTERN, *_ARTICLE_NUMBERS])
_UNIT_WORDS = (
    "jahre?[ns]?|years?|monate?[ns]?|months?|wochen?|weeks?|werktage?[ns]?|arbeitstage?[ns]?|working days?|tage?[ns]?|"
    "days?|stunden?|hours?|minuten?|minutes?"
)
_MONTH_WORDS = "|".join(sorted(_MONTHS, key=len, reverse=True))

_PATTERNS: tuple[tuple[FigureKind, re.Pattern[str]], ...] = (
    (FigureKind.MAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")),
    (FigureKind.URL, re.compile(r"(?:https?://|www\.)[^\s<>()\"“”]{1,300}[^\s<>()\"“”.,;:!?]")),
    (FigureKind.PARAGRAPH, re.compile(r"(?:§§?|\bArt(?:\.|ikel))\s*(\d+(?:[ \u00a0]?[a-z])?\b)", re.IGNORECASE)),
    (FigureKind.AMOUNT, re.compile(rf"(?<!\d)({_NUMBER})(?:,-)?\s*(?:€|euro?s?\b)|€\s*({_NUMBER})", re.IGNORECASE)),
    (FigureKind.PERCENT, re.compile(rf"(?<!\d)({_NUMBER})\s*(?:%|prozent\b|percent\b)", re.IGNORECASE)),
    (
        FigureKind.DATE,
        re.compile(
            rf"\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b|"
            rf"\b(?P<day>\d{{1,2}})\.\s?(?P<month>{_MONTH_WORDS})\b\.?(?:\s(?P<year>\d{{4}}))?|"
            rf"\b(?P<eday>\d{{1,2}})\s(?P<emonth>{_MONTH_WORDS})\b(?:\s(?P<eyear>\d{{4}}))?|"
            rf"\b(?P<amonth>{_MONTH_WORDS})\s(?P<aday>\d{{1,2}})\b(?:,?\s(?P<ayear>\d{{4}}))?|"
            rf"\b(?P<nday>\d{{1,2}})\.(?P<nmonth>\d{{1,2}})\.(?P<nyear>\d{{4}}|\d{{2}}(?!\d))?",
            re.IGNORECASE,
        ),
    ),
    (
        FigureKind.TIME,
        re.compile(
            r"\b(?P<clock>\d{1,2})(?:[:.](?P<past>\d{2}))?\s?(?P<half>[ap])\.?\s?m\b|"
            r"\b(?P<hour>\d{1,2})[:.](?P<minute>\d{2})\b(?:\s?uhr\b)?|"
            r"\b(?P<full>\d{1,2})\s?uhr\b",
            re.IGNORECASE,
        ),
    ),
    (FigureKind.DURATION, re.compile(rf"\b({_NUMBER}|{_WORDS})[\s-]({_UNIT_WORDS})\b", re.IGNORECASE)),
    (
        FigureKind.PHONE,
        re.compile(
            r"(?<![\d,.])(?:(?:\+|00)49[\s/-]{0,2}(?:\(0\))?[\s/(-]{0,2}\d{2,5}|\+?\d{2,5})"
            r"(?:[\s/()-]{1,3}\d{2,}){1,4}(?!\d|,\d)"
        ),
    ),
    (FigureKind.NUMBER, re.compile(rf"(?<!\w)(?:{_NUMBER})(?!\w)")),
    (FigureKind.NUMBER, re.compile(rf"(?<!\w)(?:{NUMBER_WORDS_PATTERN})(?!\w)", re.IGNORECASE)),
)
_RANGE = re.compile(
    rf"\b({_NUMBER}|{_WORDS})\s?(?:bis|to|–|-|und|oder|or)\s?"
    rf"(?=(?:{_NUMBER}|{_WORDS})[\s-]?({_UNIT_WORDS}|€|euros?|%|prozent|percent|uhr)(?!\w))",
    re.IGNORECASE,
)
_SAME_LETTERS = str.maketrans("ıİſ\u212a", "iIsk")
"""Letters that a pattern without case takes for another: dotless and dotted i, long s, Kelvin sign."""


def figures(text: str) -> frozenset[Figure]:
    """Every figure of a text, each stretch read once, the most specific kind first. Linear in the text."""
    plain = unicodedata.normalize("NFC", text).translate(_SAME_LETTERS)
    return frozenset(_scan(_RANGE.sub(_repeat_unit, plain)))


def _repeat_unit(match: re.Match[str]) -> str:
    """Reads "2 bis 3 Wochen" as "2 Wochen 3 Wochen", so that both ends carry the unit."""
    return f"{match.group(1)} {match.group(2)} "


def _scan(text: str) -> Iterator[Figure]:
    for kind, pattern in _PATTERNS:
        rest: list[str] = []
        end = 0
        for match in pattern.finditer(text):
            value = _value(kind, match)
            if value is None:
                continue
            yield Figure(kind, value)
            rest.append(text[end : match.start()])
            end = match.end()
        rest.append(text[end:])
        text = " ␣ ".join(rest)


def _value(kind: FigureKind, match: re.Match[str]) -> str | None:
    whole = match.group(0)
    match kind:
        case FigureKind.AMOUNT:
            return _decimal(match.group(1) or match.group(2), places=2)
        case FigureKind.PERCENT:
            return _decimal(match.group(1))
        case FigureKind.PARAGRAPH:
            return "".join(match.group(1).split()).casefold()
        case FigureKind.DATE:
            return _date(match)
        case FigureKind.TIME:
            return _time(match)
        case FigureKind.DURATION:
            return f"{_count(match.group(1))} {_unit(match.group(2))}"
        case FigureKind.PHONE:
            return _phone(whole)
        case FigureKind.NUMBER:
            return _count(whole)
        case _:
            return whole.casefold().rstrip("/")


def _decimal(number: str, places: int | None = None) -> str:
    plain = number.replace("\u202f", "").replace("\u00a0", "")
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", plain):  # English thousands
        plain = plain.replace(",", "")
    elif "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+", plain):
        plain = plain.replace(".", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return plain
    if places is not None:
        return f"{value:.{places}f}"
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _count(word: str) -> str:
    folded = word.casefold()
    number = NUMBER_WORDS.get(folded) or _ARTICLE_NUMBERS.get(folded)
    return str(number) if number else _decimal(word)


def _unit(word: str) -> str:
    folded = word.casefold()
    return next(name for stem, name in _UNITS.items() if folded.startswith(stem))


def _date(match: re.Match[str]) -> str | None:
    if iso := match.group("iso"):
        return str(iso)
    for day, month, year in (("day", "month", "year"), ("eday", "emonth", "eyear"), ("aday", "amonth", "ayear")):
        if match.group(day):
            if match.group(month) == "may":  # the verb: "people over 24 may apply"
                return None
            return _day_month(int(match.group(day)), _MONTHS[match.group(month).casefold()], match.group(year))
    return _day_month(int(match.group("nday")), int(match.group("nmonth")), match.group("nyear"))


def _day_month(day: int, month: int, year: str | None) -> str | None:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    full_year = f"20{year}" if year and len(year) == 2 else year
    return f"{full_year}-{month:02}-{day:02}" if full_year else f"{month:02}-{day:02}"


def _time(match: re.Match[str]) -> str | None:
    if half := match.group("half"):
        hour, minute = int(match.group("clock")), int(match.group("past") or 0)
        if hour <= 12:
            hour = hour % 12 + (12 if half.casefold() == "p" else 0)
        elif not match.group("past"):  # German "am": "Haus 14 am Markt"
            return None
    else:
        hour, minute = int(match.group("hour") or match.group("full")), int(match.group("minute") or 0)
    return f"{hour:02}:{minute:02}" if hour <= 24 and minute < 60 else None


def _phone(written: str) -> str:
    """All digits, as dialled within Germany."""
    digits = "".join(char for char in written if char.isdecimal())
    if written.startswith(("+49", "0049")):
        return "0" + digits.lstrip("0").removeprefix("49").lstrip("0")
    return digits
