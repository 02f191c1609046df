"""Which time of day a question names, in digits or words: "um 14 Uhr", "bis halb sechs", "at a quarter to three"."""

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from app.text.number_words import NUMBER_WORDS
from app.text.terms import fold

TIME = "@time"
_HOURS = {fold(word): value for word, value in NUMBER_WORDS.items() if value < 24} | {"ein": 1, "eins": 1, "one": 1}
_WORD = "|".join(sorted(_HOURS, key=len, reverse=True))
_SHIFTS = {
    "halb": -30, "dreiviertel": -15, "drei viertel": -15, "viertel vor": -15, "viertel nach": 15, "viertel ueber": 15,
    "half past": 30, "quarter to": -15, "quarter past": 15,
}  # fmt: skip
"""Minutes that a fraction adds to the full hour that it names."""
_BEFORE = (
    r"\b(?:(?P<until>bis(?: um| gegen)?|until|till) |(?P<before>vor|before) |(?P<after>nach|after) "
    r"|(?P<at>um|gegen|at|ab|by|von|from) )?(?:kurz |schon |erst |a )?"
)
_DIGITS = re.compile(
    rf"{_BEFORE}(?:(?P<shift>{'|'.join(_SHIFTS)}) )?(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?"
    r"(?: ?(?P<unit>uhr|h|oclock|am|pm))?(?![\w.:/-])"
)
_WORDS = re.compile(
    rf"{_BEFORE}(?:(?P<shift>{'|'.join(_SHIFTS)}) )?(?P<word>{_WORD})(?: (?P<unit>uhr|oclock|am|pm))?\b"
    r"(?P<ends>(?= *(?:\?|$|\n|@|(?:offen|auf|zu|geoeffnet|geschlossen|dicht|noch|schon|auch|da|jemand|besetzt|bei|beim"
    r"|im|in|ins|zum|zur|am|kommen|vorbei|open|closed)\b)))?"
)
_LAST_AFTERNOON_HOUR = 5
"""Up to here an hour without "morgens" is one of the afternoon: nobody asks for an office at three in the night."""
_LAST_CLOSING_HOUR = 7
"""Up to here an hour named as an end is one of the evening."""


class TimeSense(StrEnum):
    """What holds at the time asked about."""

    AT = "at"
    UNTIL = "until"
    """Still open until then ("bis 18 Uhr")."""
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class AskedTime:
    """The time of day, what is asked about it, and the text with `@time` in its place."""

    text: str
    moment: time | None = None
    sense: TimeSense = TimeSense.AT


def find_time(text: str) -> AskedTime:
    """The first number of a folded text that is marked as a time of day by "um", "Uhr", "halb" or minutes."""
    for pattern in (_DIGITS, _WORDS):
        for match in pattern.finditer(text):
            moment = _moment(match)
            if moment is not None:
                marked = f"{text[: match.start()]} {TIME} {text[match.end() :]}"
                return AskedTime(marked, moment, _sense(match))
    return AskedTime(text)


def in_the_evening(moment: time) -> time:
    """The same time of a clock with twelve hours, in the second half of the day."""
    return moment if moment.hour >= 12 else moment.replace(hour=moment.hour + 12)


def _sense(match: re.Match[str]) -> TimeSense:
    return next((sense for sense in TimeSense if match.groupdict().get(sense)), TimeSense.AT)


def _moment(match: re.Match[str]) -> time | None:
    parts = match.groupdict()
    hour = int(parts["hour"]) if parts.get("hour") else _HOURS[match.group("word")]
    minute = int(parts.get("minute") or 0)
    if hour == 24 or not _is_marked(match):
        return None
    if parts["unit"] == "pm" and hour < 12:
        hour += 12
    elif parts["unit"] != "am" and not (parts.get("hour") or "").startswith("0"):
        latest = _LAST_CLOSING_HOUR if parts["until"] else _LAST_AFTERNOON_HOUR
        hour += 12 if hour <= latest + bool(parts["shift"]) else 0
    minutes = hour * 60 + minute + _SHIFTS.get(parts["shift"] or "", 0)
    return time(minutes // 60 % 24, minutes % 60)


def _is_marked(match: re.Match[str]) -> bool:
    """Whether the number is one of a clock: "nach 14" is, but of "nach zwei Wochen" only the clock's words are."""
    parts = match.groupdict()
    if parts["unit"] or parts["shift"] or parts.get("minute") or parts["at"] in ("um", "gegen", "at"):
        return True
    before = parts["until"] or parts["before"] or parts["after"] or parts["at"]
    return bool(before) and (parts.get("hour") is not None or parts.get("ends") is not None)
