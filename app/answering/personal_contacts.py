"""Finds mail addresses and phone numbers."""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumberType

from app.answering.personal_spans import PersonalData, Span

_AT = r"(?:\s{0,2}@\s{0,2}|\s?[(\[{]\s?(?:at|ät|a)\s?[)\]}]\s?)"
_DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|punkt)\s?[)\]}]\s?)"
_EMAIL = re.compile(rf"[\w.%+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,4}}")
_EMAIL_SPOKEN = re.compile(
    r"(?i)(?<![\w.])[\w.%+-]{2,64}\s(?:at|ät|klammeraffe)\s[\w-]{2,63}(?:\.|\s(?:punkt|dot)\s)(?:de|com|net|org|eu|"
    r"info)(?!\w)"
)
_FUNCTIONAL = re.compile(
    r"(?i)^(?:info|kontakt|contact|poststelle|post|service|office|rathaus|presse|noreply|no-reply)@"
)
"""Mailboxes of organisations: nobody's personal data."""

_PHONE = re.compile(r"(?<![\w.,/-])(?:\+\s?(?=[1-9])|00(?=[1-9])|\(?0\s?(?=[1-9(]))[\d ()/.-]{5,24}\d(?!\d)")
_PHONE_CUE = re.compile(
    r"(?i)(?<!\w)(?:tel(?:\.|efon\w{0,8})?|fon|fax|handy\w{0,8}|mobil\w{0,8}|festnetz\w{0,8}|rufnummer|durchwahl|"
    r"whatsapp|signal|"
    r"phone(?: number)?|mobile|cell|meine nummer|nummer ist|erreichbar unter|erreichen unter|rückruf unter|"
    r"anrufen unter|call me "
    r"(?:at|on)|my number|téléphone|numéro|portable|telefon\w{0,6}|numaram|тел\.?|телефон\w{0,2}|номер\w{0,2}|هاتفي|"
    r"رقم هاتفي|جوالي)"
    r"(?:\s?(?:ist|lautet|zu hause|privat|dienstlich|die|der|is|est|le|:|\.|-))?(?:\s(?:die|der|le))?[\s:]{0,3}"
    r"(\(?\+?\d[\d /().-]{3,18}\d)(?!\w)"
)
_PUBLIC_NUMBER = re.compile(r"^(?:110|112|115|19222|116\d{3}|11[68]\d{2,3}|0(?:800|180|137|900|700)\d+)$")
_PUBLIC_TYPES = frozenset({
    PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN,
})  # fmt: skip
_DATE_LIKE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])[./-] ?(?:0?[1-9]|1[0-2])[./-] ?(?:\d{4}|\d{2})?(?!\d)|(?:0?[1-9]|1[0-2])/20\d\d(?!\d)|"
    r"\d{2}\.\d{2} ?-"
)
"""A date, a month, or a span of time with dots."""
_FEWEST_DIGITS = 7
_FEWEST_AFTER_CUE = 4
_MOST_DIGITS = 16
_REGION = "DE"


def find_emails(text: str) -> Iterator[Span]:
    """Mail addresses, also with "(at)"; those of organisations ("info@…") stay."""
    for expression in (_EMAIL, _EMAIL_SPOKEN):
        for match in expression.finditer(text):
            if not _FUNCTIONAL.match(match.group()):
                yield Span(match.start(), match.end(), PersonalData.EMAIL)


def find_phones(text: str) -> Iterator[Span]:
    """Phone numbers with area code, or after a cue; service and emergency numbers are public."""
    for match in _PHONE.finditer(text):
        digits = _digits(match.group())
        enough = _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS
        if enough and not _DATE_LIKE.match(match.group()) and not _is_public(digits) and _is_possible(match.group()):
            yield Span(match.start(), match.end(), PersonalData.PHONE)
    for match in _PHONE_CUE.finditer(text):
        digits = _digits(match.group(1))
        if len(digits) > _FEWEST_AFTER_CUE and not _is_public(digits) and not _DATE_LIKE.match(match.group(1)):
            yield Span(match.start(1), match.end(1), PersonalData.PHONE)


def _is_possible(number: str) -> bool:
    """Whether some country has numbers of that length, and it is no service number."""
    try:
        parsed = phonenumbers.parse(number, _REGION)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(parsed) and phonenumbers.number_type(parsed) not in _PUBLIC_TYPES


def _is_public(digits: str) -> bool:
    return _PUBLIC_NUMBER.match(digits) is not None


def _digits(text: str) -> str:
    digits = "".join(char for char in text if char.isdigit())
    return "0" + digits[2:] if text.startswith("+49") else digits
