"""The cells of a table: German notations to exact values, and conditions to the engine's language."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Value = str | Decimal | date
CellKind = Literal["text", "money", "number", "duration", "date", "weekday"]
ANY = frozenset({"", "-", "–", "*", "egal", "any"})
WEEKDAYS_DE = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_GERMAN = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"-?\d+([.,]\d+)?")
_UNIT = re.compile(r"(?i)\s*(euro|eur|€)$")
_DURATION = re.compile(r"(?i)(\d+) (tag|woche|monat|jahr)(?:e|en|n)?")
_RANGE = re.compile(r"(?P<low>[\d.,]+)\s*(?:bis|–|-|\.\.)\s*(?P<high>[\d.,]+)")
_LETTERS = re.compile(r"([A-Za-z])\s*(?:bis|–|-)\s*([A-Za-z])")
_BOUNDS: tuple[tuple[str, str], ...] = (
    (r"(?:>=|≥|ab|mindestens)\s*(\S+)|(\S+)\s*(?:oder|und) mehr", ">= {}"),
    (r"(?:<=|≤|bis|höchstens)\s*(\S+)|(\S+)\s*(?:oder|und) weniger", "<= {}"),
    (r"(?:<|unter|vor)\s*(\S+)", "< {}"),
    (r"(?:>|über|nach)\s*(\S+)", "> {}"),
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as calendars count it."""

    count: int
    unit: Literal["tag", "woche", "monat", "jahr"]


def parse_number(text: str) -> Decimal:
    """ "1.234,50", "96,00", "96.00", "1 200 €"; raises ValueError for anything else."""
    bare = _UNIT.sub("", text.strip()).replace(" ", "").replace("\u00a0", "")
    if _GERMAN.fullmatch(bare):
        bare = bare.replace(".", "")
    elif not _PLAIN.fullmatch(bare):
        raise ValueError(f"'{text}' is no number; write 96,00 or 1.234,50")
    return Decimal(bare.replace(",", "."))


def parse_duration(text: str) -> Duration:
    """ "2 Wochen", "1 Monat"; raises ValueError."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is no length of time; write '2 Wochen' or '1 Monat'")
    return Duration(int(match.group(1)), match.group(2).casefold())  # type: ignore[arg-type]


def parse_date(text: str) -> date:
    """ "19.01.2033" or "2033-01-19"; raises ValueError."""
    match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text.strip())
    try:
        if match:
            return date(int(match.group(3)), int(match.group(2)), int(match.group(1)))
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise ValueError(f"'{text}' is no day; write 19.01.2033") from error


def parse_value(text: str, kind: CellKind) -> Value | Duration | None:
    """A result's value; None for an empty cell. Raises ValueError."""
    if not text.strip():
        return None
    parsers: dict[CellKind, Callable[[str], Value | Duration]] = {
        "money": parse_number, "number": parse_number, "duration": parse_duration, "date": parse_date,
        "weekday": _weekday, "text": str.strip,
    }  # fmt: skip
    return parsers[kind](text)


def condition(text: str, kind: Literal["number", "text", "letter"]) -> str:
    """A condition cell as a unary expression of the engine; empty when every value fits. Raises ValueError.

    Several values are separated by "|". Numbers know "ab 3", "unter 24", "3 oder mehr", "bis 45.000", "2 bis 4";
    letters know "A-K".
    """
    stripped = text.strip()
    if stripped.casefold() in ANY:
        return ""
    parts = [part.strip() for part in stripped.split("|")]
    if kind == "number":
        return " or ".join(_number_condition(part) for part in parts)
    if kind == "letter":
        return ",".join(json.dumps(letter) for part in parts for letter in _letters(part))
    return ",".join(json.dumps(part, ensure_ascii=False) for part in parts)


def _number_condition(text: str) -> str:
    between = _RANGE.fullmatch(text)
    if between:
        return f"[{parse_number(between.group('low'))}..{parse_number(between.group('high'))}]"
    for pattern, form in _BOUNDS:
        match = re.fullmatch(pattern, text, re.IGNORECASE)
        if match:
            return form.format(parse_number(next(group for group in match.groups() if group)))
    return f"== {parse_number(text)}"


def _letters(text: str) -> list[str]:
    span = _LETTERS.fullmatch(text)
    if span:
        first, last = (ord(letter.upper()) for letter in span.groups())
        if first <= last:
            return [chr(code) for code in range(first, last + 1)]
    if len(text) == 1 and text.isalpha():
        return [text.upper()]
    raise ValueError(f"'{text}' is no letter; write 'A-K' or 'M'")


def _weekday(text: str) -> str:
    if text.strip().casefold() not in WEEKDAYS_DE:
        raise ValueError(f"'{text}' is no weekday; write 'Dienstag'")
    return text.strip().capitalize()
