"""The structured parts of costs, deadlines and processing times, as a line of text where the text doesn't say it.

Only what is clear is written: a unit of time without a known code or name is left to the describing text.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from ingest.facts_money import price
from ingest.sources.xzufi_text import text_of
from ingest.sources.xzufi_xml import Element, child, children, code_of, descendants, language_of, local_name, value

_UNITS = {
    "sekunde": ("Sekunde", "Sekunden"),
    "minute": ("Minute", "Minuten"),
    "stunde": ("Stunde", "Stunden"),
    "tag": ("Tag", "Tage"),
    "arbeitstag": ("Arbeitstag", "Arbeitstage"),
    "werktag": ("Werktag", "Werktage"),
    "kalendertag": ("Kalendertag", "Kalendertage"),
    "woche": ("Woche", "Wochen"),
    "monat": ("Monat", "Monate"),
    "quartal": ("Quartal", "Quartale"),
    "jahr": ("Jahr", "Jahre"),
}
_UNIT_CODES = {
    "sec": "sekunde",
    "min": "minute",
    "hur": "stunde",
    "day": "tag",
    "wee": "woche",
    "mon": "monat",
    "ann": "jahr",
}
"""Codes of UN/ECE Recommendation 20, which are not ambiguous; numbers of other lists are."""
_LOWER = ("betragUntergrenze", "betragVon", "untergrenze")
_UPPER = ("betragObergrenze", "betragBis", "obergrenze")
_AMOUNTS = ("betrag", "kostenFix")
_TIMES = ("dauer", "von", "bis")
_VALUES = (*_AMOUNTS, *_LOWER, *_UPPER, *_TIMES)
_LARGEST = Decimal(10) ** 9


def cost_lines(module: Element, language: str, said: str) -> list[str]:
    """German lines such as "Ausstellung: 37,00 Euro" for amounts that `said`, the module's text, doesn't contain."""
    found = (_labelled(entry, language, _amount(entry)) for entry in _entries(module))
    return [line for line in found if line and _new(line, said)]


def duration_lines(module: Element, language: str, said: str) -> list[str]:
    """German lines such as "2 bis 3 Wochen", likewise."""
    found = (_labelled(entry, language, _duration(entry) or _span(entry)) for entry in _entries(module))
    return [line for line in found if line and _new(line, said)]


def has_values(module: Element) -> bool:
    """Whether there are amounts or times, readable or not."""
    return any(value(each) for each in descendants(module, *_VALUES))


def _entries(module: Element) -> list[Element]:
    """The single costs or times of a module; the module itself where it holds the values directly."""
    if any(local_name(each) in _VALUES for each in module):
        return [module]
    return [each for each in module if next(descendants(each, *_VALUES), None) is not None]


def _labelled(entry: Element, language: str, text: str) -> str:
    """With the entry's own description before it; the module's description stands above all entries."""
    if not text or local_name(entry).startswith("modul"):
        return text
    stated = (text_of(each) for each in children(entry, "beschreibung") if language_of(each)[:2] in ("", language))
    label = next((each.rstrip(".:") for each in stated if each), "")
    if label and not _new(text, label):
        return label
    return f"{label}: {text}" if label else text


def _amount(entry: Element) -> str:
    fixed = _first_number(entry, *_AMOUNTS)
    if fixed is not None:
        return _money(fixed, entry)
    lower, upper = _first_number(entry, *_LOWER), _first_number(entry, *_UPPER)
    if lower is not None and upper is not None:
        return f"{price(lower)} bis {_money(upper, entry)}"
    if lower is not None:
        return f"ab {_money(lower, entry)}"
    return f"bis {_money(upper, entry)}" if upper is not None else ""


def _money(amount: Decimal, entry: Element) -> str:
    code = next((code_of(each) or value(each) for each in descendants(entry, "waehrung")), "") or "EUR"
    return f"{price(amount)} {'Euro' if code.upper() == 'EUR' else code}"


def _duration(entry: Element) -> str:
    low, unit = _first_number(entry, "dauer"), _unit(entry, "einheit")
    high, high_unit = _first_number(entry, "dauerBis"), _unit(entry, "einheitBis")
    if low is None or unit is None:
        return ""
    if high is None or (high_unit is None and any(descendants(entry, "einheitBis"))):
        return _counted(low, unit)
    if high_unit in (None, unit):
        return f"{_plain(low)} bis {_counted(high, unit)}"
    return f"{_counted(low, unit)} bis {_counted(high, high_unit)}"


def _span(entry: Element) -> str:
    """A period or a closing date."""
    found = [
        next((value(each)[:10] for each in descendants(entry, name) if value(each)), "") for name in ("von", "bis")
    ]
    shown = [f"{text[8:10]}.{text[5:7]}.{text[:4]}" for text in found if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)]
    if len(shown) == 2:
        return f"{shown[0]} bis {shown[1]}"
    return f"bis {shown[0]}" if shown and found[1] else ""


def _unit(entry: Element, name: str) -> str | None:
    """The key in `_UNITS` of a unit given by name or code."""
    for element in descendants(entry, name):
        for stated in (value(child(element, "name")), code_of(element)):
            key = stated.casefold().partition("(")[0].strip(" .")
            singular = (key.removesuffix(ending) for ending in ("", "e", "en", "n"))
            for candidate in (_UNIT_CODES.get(key, ""), *singular):
                if candidate in _UNITS:
                    return candidate
    return None


def _counted(amount: Decimal, unit: str) -> str:
    one, many = _UNITS[unit]
    return f"{_plain(amount)} {one if amount == 1 else many}"


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}".replace(".", ",")


def _first_number(entry: Element, *names: str) -> Decimal | None:
    for element in descendants(entry, *names):
        try:
            number = Decimal(value(element).replace(",", "."))
        except InvalidOperation:
            continue
        if number.is_finite() and 0 <= number < _LARGEST:
            return number
    return None


def _new(line: str, said: str) -> bool:
    """Whether a figure of the line isn't said already; "37,00" is said by "37 Euro"."""
    return not _figures(line) <= _figures(said)


def _figures(text: str) -> set[str]:
    return set(_all_figures(text))


def _all_figures(text: str) -> Iterator[str]:
    for figure in re.findall(r"\d+(?:[.,]\d+)*", text):
        yield re.sub(r",0+$", "", figure.replace(".", "") if re.search(r"\.\d{3}(?!\d)", figure) else figure)
