"""Amounts, what is free of charge, percentages: values, their German notation, and how texts write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from app.text.notation import NUMBER, UNIT_WORDS, count_text
from app.text.number_words import LARGE_NUMBER_PATTERN, NUMBER_WORDS_PATTERN, large_number
from ingest.fact_span import NOWHERE, Limit, Span, limit_before


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, or with `upper` a range of amounts."""

    amount: Decimal
    upper: Decimal | None = None
    currency: str = "EUR"
    """ISO 4217."""
    limit: Limit | None = None
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        numbers = price(self.amount) if self.upper is None else f"{price(self.amount)} bis {price(self.upper)}"
        return f"{f'{self.limit} ' if self.limit else ''}{numbers} {_SIGNS.get(self.currency, self.currency)}"


@dataclass(frozen=True, slots=True)
class FreeOfCharge:
    """That something costs nothing."""

    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return "kostenfrei"


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share of something, in percent."""

    value: Decimal
    limit: Limit | None = None
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        digits = f"{self.value:f}"
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        return f"{f'{self.limit} ' if self.limit else ''}{digits.replace('.', ',')} %"


_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF"}
_CURRENCIES = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "chf": "CHF", "franken": "CHF", "$": "USD", "usd": "USD",
    "£": "GBP", "gbp": "GBP",
}  # fmt: skip
_CURRENCY = r"(?:€|euros?\b|eur\b|chf\b|franken\b|\$|usd\b|£|gbp\b)"
_ONE = r"(?:ein(?:en?|em|er)?|one)(?=\s(?:euro|eur|cent))"
_VALUE = rf"(?:(?:{NUMBER})(?:,-{{1,2}}|,[–—])?|(?<!\w)(?:{LARGE_NUMBER_PATTERN}|{NUMBER_WORDS_PATTERN}|{_ONE})(?!\w))"
_TO = r"\s?(?:bis(?: zu)?|–|-|to)\s?"
_CENTS = (
    rf"(?:\s(?:und\s)?(?P<cents>\d\d|{NUMBER_WORDS_PATTERN})(?:\scents?\b|"
    rf"(?!\s?(?:{UNIT_WORDS}|{_CURRENCY}|%|prozent)|[.,:]?\d|\w|\s(?-i:[A-ZÄÖÜ]))))?"
)
"""Cents after the currency: "zwölf Euro fünfzig"; a number that counts something of its own is none."""
_AMOUNT = re.compile(
    rf"(?:(?P<between>(?<!\w)(?:zwischen|between)\s)(?P<from>{_VALUE})(?:\s?{_CURRENCY})?\s(?:und|and)\s"
    rf"(?P<until>{_VALUE})\s?(?P<sign3>{_CURRENCY})"
    rf"|(?<![\w.,])(?P<low>{_VALUE})(?:(?:\s?{_CURRENCY})?{_TO}(?P<high>{_VALUE}))?\s?(?P<sign1>{_CURRENCY}){_CENTS}"
    rf"|(?<!\w)(?P<sign2>{_CURRENCY})\s?(?P<low2>{_VALUE})(?:{_TO}(?:{_CURRENCY}\s?)?(?P<high2>{_VALUE}))?"
    rf"|(?<![\w.,])(?P<only>{_VALUE})\s?(?:cents?|ct)\b)",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"(?<!nicht )(?<!not )(?<!\w)(?:(?:kosten|gebühren|beitrags)frei(?:e[nmrs]?)?|kostenlos(?:e[nmrs]?)?|"
    r"unentgeltlich(?:e[nmrs]?)?|gratis|umsonst|ohne (?:gebühr(?:en)?|kosten)|"
    r"kein(?:e|erlei) (?:gebühr(?:en)?|kosten|entgelte?)|free of charge|for free|no (?:charge|fee|cost)s?|"
    r"without charge)(?!\w)",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"(?<![\w.,])(?P<number>{NUMBER}|(?<!\w)(?:{NUMBER_WORDS_PATTERN}))\s?(?:%|prozent\b|percent\b|per cent\b)",
    re.IGNORECASE,
)


def read_money(text: str) -> Iterator[Money | FreeOfCharge | Percentage]:
    """All amounts, percentages and statements that something is free."""
    for match in _AMOUNT.finditer(text):
        if (money := _money(match, text)) is not None:
            yield money
    for match in _FREE.finditer(text):
        yield FreeOfCharge(Span(*match.span()))
    for match in _PERCENT.finditer(text):
        if (value := _decimal(match["number"])) is not None:
            limit, start = limit_before(text, match.start())
            yield Percentage(value, limit, Span(start, match.end()))


def price(amount: Decimal) -> str:
    """Always with cents, thousands with a full stop: "1.250,00"."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def _money(match: re.Match[str], text: str) -> Money | None:
    if match["only"]:
        cents = _decimal(match["only"])
        if cents is None:
            return None
        limit, start = limit_before(text, match.start())
        return Money(cents / 100, limit=limit, span=Span(start, match.end()))
    sign = match["sign1"] or match["sign2"] or match["sign3"]
    currency = _CURRENCIES[sign.casefold()]
    amount = _decimal(match["low"] or match["low2"] or match["from"])
    above = match["high"] or match["high2"] or match["until"]
    upper = _decimal(above) if above else None
    if amount is None or (above and (upper is None or upper <= amount)):
        return None
    if match["cents"] and amount == int(amount) and (cents := _decimal(match["cents"])) is not None and cents < 100:
        amount += cents / 100
    limit, start = (None, match.start()) if match["between"] else limit_before(text, match.start())
    return Money(amount, upper, currency, limit, Span(start, match.end()))


def _decimal(written: str) -> Decimal | None:
    """None for a word that only looks like a number ("Jahrhundert")."""
    plain = written.rstrip("-–—").rstrip(",") if written[0].isdecimal() else written
    if (large := large_number(plain)) is not None:
        return Decimal(large)
    number = count_text(plain)
    return Decimal(number) if number[:1].isdecimal() else None
