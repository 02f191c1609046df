"""Telephone numbers, mail addresses and links: values, their German notation, and how texts write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.text.notation import MAIL, URL
from ingest.fact_span import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number: "+49" and the number without its zero, or a short one such as "116116"."""

    number: str
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        if self.number.startswith("+49"):
            return f"+49 {self.number[3:]}"
        return f"{self.number[:3]} {self.number[3:]}" if len(self.number) > _SHORTEST else f"Telefon {self.number}"


@dataclass(frozen=True, slots=True)
class Email:
    """A mail address, lower case."""

    address: str
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return self.address


@dataclass(frozen=True, slots=True)
class Url:
    """A link as written, without the full stop that ends a sentence."""

    address: str
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return self.address


_SHORTEST = 3
_FEWEST_DIGITS, _MOST_DIGITS = 5, 13
"""Digits of a number within Germany, area code included, its zero not."""
_MAIL = re.compile(MAIL)
_URL = re.compile(URL, re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w.,:/+-])(?<!\d )(?:(?:\+|00)49[\s/.-]{0,2}(?:\(0\)[\s/.-]{0,2})?\(?[1-9]|\(?0[1-9])"
    r"(?:\d|[\s/()-]{1,3}(?=[\d(])){3,18}(?<=\d)(?![\w]|[.,:]\d)"
)
_HOTLINE = re.compile(r"(?<![\w.,/-])116\s?\d{3}(?![\w]|[.,]\d)")
_SHORT = re.compile(
    r"(?i:\b(?:behördennummer|behördenruf|notruf|rufnummer|telefon|tel\.|nummer|number|phone))\s(?P<number>11[0-8])(?!\w|[\s.,-]\d)"
)


def read_contacts(text: str) -> Iterator[Phone | Email | Url]:
    """All mail addresses, links and telephone numbers with area code, and the short numbers of public services."""
    for match in _MAIL.finditer(text):
        yield Email(match.group().lower(), Span(*match.span()))
    for match in _URL.finditer(text):
        yield Url(match.group(), Span(*match.span()))
    for match in _PHONE.finditer(text):
        if (number := phone_number(match.group())) is not None:
            yield Phone(number, Span(*match.span()))
    for match in _HOTLINE.finditer(text):
        yield Phone("".join(match.group().split()), Span(*match.span()))
    for match in _SHORT.finditer(text):
        yield Phone(match["number"], Span(*match.span()))


def phone_number(written: str) -> str | None:
    """ "+49" and all digits of a number with area code, without zero; None when it has too few or too many."""
    international = written.lstrip().startswith(("+49", "0049"))
    digits = "".join(str(int(char)) for char in written if char.isdecimal()).lstrip("0")
    if international:
        digits = digits.removeprefix("49").lstrip("0")
    return f"+49{digits}" if _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS else None
