"""How German and English texts write numbers, months and units of time: what every reader of figures needs."""

import re
from decimal import Decimal, InvalidOperation

from app.text.number_words import NUMBER_WORDS, NUMBER_WORDS_PATTERN

MONTHS = {
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
"""Number of a month by its case-folded names."""
ARTICLE_NUMBERS = {"ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "eines": 1, "one": 1, "a": 1, "an": 1}
_UNITS = {
    "jahr": "year", "year": "year", "monat": "month", "month": "month", "woche": "week", "week": "week",
    "werktag": "workday", "arbeitstag": "workday", "working": "workday", "tag": "day", "day": "day",
    "stunde": "hour", "hour": "hour", "minute": "minute",
}  # fmt: skip
NUMBER = r"\d{1,3}(?:[.\u202f\u00a0]\d{3}){1,4}(?:,\d+)?|\d{1,3}(?:,\d{3}){1,4}(?:\.\d+)?|\d+(?:[.,]\d+)?"
"""Matches a number in German or English notation; has no groups."""
NUMBER_OR_WORD = "|".join([NUMBER_WORDS_PATTERN, *ARTICLE_NUMBERS])
UNIT_WORDS = (
    "jahre?[ns]?|years?|monate?[ns]?|months?|wochen?|weeks?|werktage?[ns]?|arbeitstage?[ns]?|working days?|tage?[ns]?|"
    "days?|stunden?|hours?|minuten?|minutes?"
)
"""Matches a unit of time, to be used without case."""
_MONTH_WORDS = "|".join(sorted(MONTHS, key=len, reverse=True))
DATE = (
    r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b|"
    rf"\b(?P<day>\d{{1,2}})\.\s?(?P<month>{_MONTH_WORDS})\b\.?(?:\s(?P<year>\d{{4}}))?|"
    rf"\b(?P<eday>\d{{1,2}})\s(?P<emonth>{_MONTH_WORDS})\b(?:\s(?P<eyear>\d{{4}}))?|"
    rf"\b(?P<amonth>{_MONTH_WORDS})\s(?P<aday>\d{{1,2}})\b(?:,?\s(?P<ayear>\d{{4}}))?|"
    r"\b(?P<nday>\d{1,2})\.(?P<nmonth>\d{1,2})\.(?P<nyear>\d{4}|\d{2}(?!\d))?"
)
"""Matches a date, to be used without case; `date_parts` reads the match."""
MAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
URL = r"(?:https?://|www\.)[^\s<>()\"“”]{1,300}[^\s<>()\"“”.,;:!?]"


def decimal_text(number: str, places: int | None = None) -> str:
    """A written number as plain decimal: "1.250,50" and "1,250.50" give "1250.5"; padded when `places` is given."""
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


def count_text(word: str) -> str:
    """The same for a number that may be a word: "zwei" and "2" give "2"."""
    folded = word.casefold()
    number = NUMBER_WORDS.get(folded) or ARTICLE_NUMBERS.get(folded)
    return str(number) if number else decimal_text(word)


def unit_name(word: str) -> str:
    """ "Wochen" and "weeks" as "week"; `word` must match `UNIT_WORDS`."""
    folded = word.casefold()
    return next(name for stem, name in _UNITS.items() if folded.startswith(stem))


def date_parts(match: re.Match[str]) -> tuple[int | None, int, int] | None:
    """Year (None where none is written), month and day of a match of `DATE`; None when it is no date."""
    if iso := match["iso"]:
        year, month, day = map(int, iso.split("-"))
        return year, month, day
    for prefix in ("", "e", "a"):
        if match[f"{prefix}day"]:
            if match[f"{prefix}month"] == "may":  # the verb: "people over 24 may apply"
                return None
            month = MONTHS[match[f"{prefix}month"].casefold()]
            return _in_calendar(int(match[f"{prefix}day"]), month, match[f"{prefix}year"])
    return _in_calendar(int(match["nday"]), int(match["nmonth"]), match["nyear"])


def _in_calendar(day: int, month: int, year: str | None) -> tuple[int | None, int, int] | None:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return (int(f"20{year}") if len(year) == 2 else int(year)) if year else None, month, day
