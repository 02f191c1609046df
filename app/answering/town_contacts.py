"""The town's own numbers and addresses in a text, in whatever notation: they are nobody's personal data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.tenants.tenant import Tenant

_MAIL = re.compile(r"[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_NUMBER = re.compile(r"(?<![\w.,/-])(?:\+|\(?0)[\d ()/.-]{3,24}\d(?!\d)")
_STREET_ENDING = re.compile(r"stra(?:ß|ss)e$|str\.?$", re.IGNORECASE)
_LONGEST_EXTENSION = 5
"""Digits that a town's switchboard may have after its own number."""


@dataclass(frozen=True, slots=True)
class TownContacts:
    """What a tenant's offices are reached by, ready to be looked for."""

    mails: frozenset[str]
    phones: frozenset[str]
    """Digits only, national."""
    exchanges: tuple[str, ...]
    """Numbers of the switchboards: what offices' numbers have before the extension."""
    streets: re.Pattern[str] | None

    @classmethod
    def of(cls, tenant: Tenant) -> "TownContacts":
        """The contacts of all offices of a tenant, and of its data-protection officer."""
        phones = [office.phone for office in tenant.offices]
        mails = [tenant.privacy.data_protection_officer, *(office.email for office in tenant.offices)]
        exchanges = {_national(phone.rpartition("-")[0]) for phone in phones if "-" in phone}
        places = {(office.address.street, office.address.postal_code, office.address.city) for office in tenant.offices}
        streets = "|".join(sorted((_street(*place) for place in places), key=len, reverse=True))
        return cls(
            mails=frozenset(mail.casefold() for mail in mails),
            phones=frozenset(map(_national, phones)),
            exchanges=tuple(sorted(exchange for exchange in exchanges if exchange)),
            streets=re.compile(rf"(?i)(?<!\w)(?:{streets})(?!\w)") if places else None,
        )

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of every such contact in the text."""
        for match in _MAIL.finditer(text):
            if match.group().casefold() in self.mails:
                yield match.span()
        for match in _NUMBER.finditer(text):
            digits = _national(match.group())
            if digits in self.phones or any(self._is_extension(digits, exchange) for exchange in self.exchanges):
                yield match.span()
        if self.streets is not None:
            yield from (match.span() for match in self.streets.finditer(text))

    def _is_extension(self, digits: str, exchange: str) -> bool:
        return digits.startswith(exchange) and len(digits) - len(exchange) <= _LONGEST_EXTENSION


def _street(street: str, postal_code: str, city: str) -> str:
    """An expression for an address with or without its place; "straße" may be written in every way."""
    name, _, number = street.rpartition(" ")
    ending = _STREET_ENDING.search(name)
    stem = name[: ending.start()] if ending else name
    spelled = re.escape(stem) + (r"(?:straße|strasse|str\.?)" if ending else "")
    place = rf"(?:,?\s(?:{re.escape(postal_code)}\s)?{re.escape(city)})?"
    return rf"{spelled}\s?{re.escape(number)}{place}"


def _national(phone: str) -> str:
    """Digits only, +49 as 0."""
    compact = "".join(char for char in phone if char.isdigit() or char == "+")
    for prefix in ("+490", "+49", "00490", "0049"):
        if compact.startswith(prefix):
            return "0" + compact.removeprefix(prefix)
    return compact.lstrip("+")
