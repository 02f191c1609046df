"""Figures, days and names as a person reads them, in the language of the register."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.wording.catalog import Catalog, catalog

_THOUSAND = 1000
_DECIMAL_POINT = frozenset({"en"})
"""Languages that write 0.5 rather than 0,5."""


def number(value: float, language: str, decimals: int = 0) -> str:
    """With a fixed number of decimals."""
    text = f"{value:.{decimals}f}"
    return text if language in _DECIMAL_POINT else text.replace(".", ",")


def percent(share: float, wording: Catalog) -> str:
    """A share of 1 with one decimal; none where it says nothing."""
    say, decimals = wording.text, 0 if round(share * 100, 1).is_integer() else 1
    return say("shown.percent", value=number(share * 100, wording.language, decimals))


def energy(watt_hours: float, wording: Catalog) -> str:
    """To two significant digits: an estimate is no more exact than that."""
    kilo = watt_hours >= _THOUSAND
    value = watt_hours / _THOUSAND if kilo else watt_hours
    decimals = 0
    while value and decimals < 6 and value * 10**decimals < 10:
        decimals += 1
    unit = "kilowatt_hours" if kilo else "watt_hours"
    return wording.text(f"shown.{unit}", value=number(value, wording.language, decimals))


def day(value: date, wording: Catalog) -> str:
    """A date in words."""
    say, month = wording.text, catalog(wording.language).text(f"month.m{value.month}")
    return say("shown.day", day=value.day, month=month, year=value.year)


def moment(value: datetime, wording: Catalog, zone: ZoneInfo) -> str:
    """A date in words with the time of day in that zone."""
    say, local = wording.text, value.astimezone(zone)
    return say("shown.moment", date=day(local.date(), wording), time=f"{local:%H:%M}")


def language_name(language: str, wording: Catalog) -> str:
    """The name of a language; its code where the wording has none."""
    return wording.texts.get(f"language.{language}", language)
