"""Figures in a text, normalised: what must never be invented.

A figure is anything that a citizen could act on wrongly: amounts, percentages, dates, times, durations, phone
numbers, mail addresses, links, § references and every other number. Two notations of the same figure give the
same key ("37,00 €" and "37 Euro"; "drei Wochen" and "3 Wochen"; "8 Uhr" and "08:00").
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.text.notation import (
    DATE,
    MAIL,
    NUMBER,
    NUMBER_OR_WORD,
    UNIT_WORDS,
    URL,
    count_text,
    date_parts,
    decimal_text,
    unit_name,
)
from app.text.number_words import NUMBER_WORDS_PATTERN


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


_PATTERNS: tuple[tuple[FigureKind, re.Pattern[str]], ...] = (
    (FigureKind.MAIL, re.compile(MAIL)),
    (FigureKind.URL, re.compile(URL)),
    (FigureKind.PARAGRAPH, re.compile(r"(?:§§?|\bArt(?:\.|ikel))\s*(\d+(?:[ \u00a0]?[a-z])?\b)", re.IGNORECASE)),
    (FigureKind.AMOUNT, re.compile(rf"(?<!\d)({NUMBER})(?:,-)?\s*(?:€|euro?s?\b)|€\s*({NUMBER})", re.IGNORECASE)),
    (FigureKind.PERCENT, re.compile(rf"(?<!\d)({NUMBER})\s*(?:%|prozent\b|percent\b)", re.IGNORECASE)),
    (FigureKind.DATE, re.compile(DATE, re.IGNORECASE)),
    (
        FigureKind.TIME,
        re.compile(
            r"\b(?P<clock>\d{1,2})(?:[:.](?P<past>\d{2}))?\s?(?P<half>[ap])\.?\s?m\b|"
            r"\b(?P<hour>\d{1,2})[:.](?P<minute>\d{2})\b(?:\s?uhr\b)?|"
            r"\b(?P<full>\d{1,2})\s?uhr\b",
            re.IGNORECASE,
        ),
    ),
    (FigureKind.DURATION, re.compile(rf"\b({NUMBER}|{NUMBER_OR_WORD})[\s-]({UNIT_WORDS})\b", re.IGNORECASE)),
    (
        FigureKind.PHONE,
        re.compile(
            r"(?<![\d,.])(?:(?:\+|00)49[\s/-]{0,2}(?:\(0\))?[\s/(-]{0,2}\d{2,5}|\+?\d{2,5})"
            r"(?:[\s/()-]{1,3}\d{2,}){1,4}(?!\d|,\d)"
        ),
    ),
    (FigureKind.NUMBER, re.compile(rf"(?<!\w)(?:{NUMBER})(?!\w)")),
    (FigureKind.NUMBER, re.compile(rf"(?<!\w)(?:{NUMBER_WORDS_PATTERN})(?!\w)", re.IGNORECASE)),
)
_RANGE = re.compile(
    rf"\b({NUMBER}|{NUMBER_OR_WORD})\s?(?:bis|to|–|-|und|oder|or)\s?"
    rf"(?=(?:{NUMBER}|{NUMBER_OR_WORD})[\s-]?({UNIT_WORDS}|€|euros?|%|prozent|percent|uhr)(?!\w))",
    re.IGNORECASE,
)
SAME_LETTERS = str.maketrans("ıİſ\u212a", "iIsk")
"""Letters that a pattern without case takes for another: dotless and dotted i, long s, Kelvin sign."""


def figures(text: str) -> frozenset[Figure]:
    """Every figure of a text, each stretch read once, the most specific kind first. Linear in the text."""
    plain = unicodedata.normalize("NFC", text).translate(SAME_LETTERS)
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
            return decimal_text(match.group(1) or match.group(2), places=2)
        case FigureKind.PERCENT:
            return decimal_text(match.group(1))
        case FigureKind.PARAGRAPH:
            return "".join(match.group(1).split()).casefold()
        case FigureKind.DATE:
            return _date(match)
        case FigureKind.TIME:
            return _time(match)
        case FigureKind.DURATION:
            return f"{count_text(match.group(1))} {unit_name(match.group(2))}"
        case FigureKind.PHONE:
            return _phone(whole)
        case FigureKind.NUMBER:
            return count_text(whole)
        case _:
            return whole.casefold().rstrip("/")


def _date(match: re.Match[str]) -> str | None:
    if iso := match.group("iso"):
        return str(iso)
    parts = date_parts(match)
    if parts is None:
        return None
    year, month, day = parts
    return f"{month:02}-{day:02}" if year is None else f"{year:04}-{month:02}-{day:02}"


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
