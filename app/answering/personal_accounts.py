"""Finds bank accounts and payment cards."""

import re
from collections.abc import Iterator

from stdnum import iban, luhn

from app.answering.personal_spans import PersonalData, Span

_IBAN = re.compile(r"(?<![A-Za-z0-9])(?:(?i:iban))?([A-Za-z]{2}\d{2}(?:[ .-]?[A-Za-z0-9]){11,30})")
_LENGTHS = {
    **{"DE": 22, "AT": 20, "CH": 21, "LI": 21, "FR": 27, "NL": 18, "BE": 16, "PL": 28, "TR": 26, "UA": 29, "LU": 20},
    **{"IT": 27, "ES": 24, "GB": 22, "RO": 24, "BG": 22, "HR": 21, "GR": 27, "DK": 18, "LT": 20, "LV": 21, "EE": 20},
    **{"CZ": 24, "SK": 24, "HU": 28, "PT": 25, "SE": 24, "FI": 18, "NO": 15, "IE": 22, "SI": 19, "RS": 22, "XK": 20},
    **{"AL": 28, "BA": 20, "MK": 19, "MD": 24, "GE": 22, "AZ": 28, "CY": 28, "MT": 31, "ME": 22},
}
"""Characters of an account number by country (IBAN registry)."""
_FEWEST_DIGITS = 10
"""Digits from which on an account number counts although its checksum is wrong: a typing error."""
_ACCOUNT_CUE = re.compile(
    r"(?i)(?<!\w)(?:kontonummer|konto-?\s?nr\.?|kto\.?(?:-?\s?nr\.?)?|blz|bankleitzahl|account number|konto)"
    r"(?:\s(?:ist|lautet|is))?[\s:]{0,3}(\d(?:[ ]?\d){5,11})(?![\d.,/-]\d|\d)"
)
_CARD = re.compile(r"(?<![\w.,/-])[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?![\w/-]|[.,]\d)")
_CARD_CUE = re.compile(
    r"(?i)(?<!\w)(?:kreditkarte\w{0,8}|kartennummer|credit card|card number)\D{0,20}(\d(?:[ -]?\d){11,18})(?!\w)"
)


def find_ibans(text: str) -> Iterator[Span]:
    """Account numbers whose checksum (ISO 7064 mod 97-10) holds, or of their country's length; national ones by cue."""
    for match in _IBAN.finditer(text):
        start, length = match.start(1), _LENGTHS.get(match.group(1)[:2].upper())
        for wanted in [length] if length else range(34, 14, -1):
            end = _end_after(text, start, match.end(), wanted)
            compact = "".join(filter(str.isalnum, text[start:end])).upper() if end else ""
            if compact and (_holds(compact) or (length is not None and _digits_in(compact) >= _FEWEST_DIGITS)):
                yield Span(start, end, PersonalData.IBAN)
                break
    for match in _ACCOUNT_CUE.finditer(text):
        yield Span(match.start(1), match.end(1), PersonalData.IBAN)


def find_cards(text: str) -> Iterator[Span]:
    """Card numbers whose check digit (Luhn) holds, or after a cue."""
    for match in _CARD.finditer(text):
        if luhn.is_valid("".join(filter(str.isdigit, match.group()))):
            yield Span(match.start(), match.end(), PersonalData.CARD_NUMBER)
    for match in _CARD_CUE.finditer(text):
        yield Span(match.start(1), match.end(1), PersonalData.CARD_NUMBER)


def _holds(compact: str) -> bool:
    return compact.isascii() and bool(iban.is_valid(compact, check_country=False))


def _digits_in(compact: str) -> int:
    return sum(char.isdigit() for char in compact[4:])


def _end_after(text: str, start: int, limit: int, count: int) -> int:
    """Where the first `count` letters and digits end, or 0 when there are fewer before `limit`."""
    seen = 0
    for position in range(start, limit):
        seen += text[position].isalnum()
        if seen == count:
            return position + 1
    return 0
