"""Finds personal data made of digits and codes: mail, phone, account, tax, identity and file numbers."""

import re
from collections.abc import Iterator

from app.answering.personal_spans import PersonalData, Span

_IS = r"(?:\s?(?:ist|lautet|is|war|:|=|nr\.?|nummer))?[\s:]{0,3}"
"""What may stand between a cue ("Aktenzeichen") and its value."""

_EMAIL = re.compile(r"[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}")
_IBAN_LENGTHS = {"DE": 22, "AT": 20, "CH": 21, "FR": 27, "NL": 18, "BE": 16, "PL": 28, "TR": 26, "UA": 29}
_IBAN_LENGTHS |= {"LU": 20, "IT": 27, "ES": 24, "GB": 22, "RO": 24, "BG": 22, "HR": 21, "GR": 27, "DK": 18}

_PHONE = re.compile(r"(?<![\w.,/-])(?:\+|\(?0)(?=[1-9(0])[\d ()/.-]{5,22}\d(?![\d])")
_PHONE_CUE = re.compile(
    r"(?i)\b(?:tel(?:\.|efon\w{0,8})?|handy\w{0,8}|mobil\w{0,8}|rufnummer|phone(?: number)?|mobile|nummer|"
    r"erreichbar unter|erreichen unter|call me (?:at|on))"
    r"(?:\s?(?:ist|lautet|is|:|\.))?[\s:]{0,3}(\d[\d /-]{3,18}\d)(?!\w)"
)
_PUBLIC_NUMBER = re.compile(r"^(?:110|112|115|116\d{3}|11[68]\d{2,3}|0(?:800|180|137|900|700)\d+)$")
_DATE_LIKE = re.compile(r"\d{1,2}[./ -]{1,2}\d{1,2}[./ -]{1,2}(?:\d{4}|\d{2})\b")

_DATE = (
    r"(?:\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}|\d{4}-\d{2}-\d{2}|"
    r"\d{1,2}(?:\.|st|nd|rd|th)? ?(?:of )?[A-Za-zä]{3,9},? \d{4}|"
    r"[A-Z][a-z]{2,8} \d{1,2}(?:st|nd|rd|th)?,? \d{4})"
)
_BORN_ON = re.compile(
    rf"(?i)\b(?:geboren|geb\.?|geburtsdatum|geburtstag|born|date of birth|dob|birthday)[ :]{{1,3}}"
    rf"(?:ist|is|war|bin ich)?\s?(?:am|on|the|der)?[ :]{{0,2}}({_DATE})"
)
_ON_BORN = re.compile(
    rf"(?i)(?<!vor dem )(?<!nach dem )(?<!ab dem )\b({_DATE})\s(?:in \w{{2,30}} )?(?:geboren|zur welt)"
)

_TAX_ID = re.compile(r"(?<![\w.,/-])\d{2} ?\d{3} ?\d{3} ?\d{3}(?![\w/-]|[.,]\d)")
_TAX_CUE = re.compile(
    r"(?i)\b(?:steuer-?\s?(?:id|identifikations)\w{0,12}|idnr\.?|tax id)" + _IS + r"(\d[\d /]{6,16}\d)"
)
_INSURANCE = re.compile(r"(?<![\w.])(?:\d{2} ?[0-3]\d[01]\d{3} ?[A-Za-z] ?\d{3}|[A-Z]\d{9})(?!\w)")

_DOCUMENT = re.compile(r"(?<![\w-])(?=(?:[A-Z]*\d){4})[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d?(?![\w-])")
_DOCUMENT_CUE = re.compile(
    r"(?i)\b(?:personalausweis|ausweis|reisepass|pass|führerschein|perso|passport|id(?: card)?)"
    r"(?:nummer|-?\s?nr\.?| ?number| no\.?)" + _IS + r"([A-Z0-9]{6,14})(?!\w)"
)
_FILE_CUE = re.compile(
    r"(?i)\b(?:aktenzeichen|az\.?|geschäftszeichen|kassenzeichen|buchungszeichen|"
    r"(?:vorgangs|bescheid|kunden|antrags|fall|personen)-?(?:nummer|nr\.?)|"
    r"(?:case|file|reference|application) (?:number|no\.?))"
    + _IS
    + r"([A-Z0-9][A-Z0-9./_-]{2,30}(?: ?\d[\d./-]{1,20})?)"
)

_PLATE = re.compile(r"(?<![\w-])[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?-?\d{1,4}[EH]?(?![\w-])")
_PLATE_CUE = re.compile(
    r"(?i)\b(?:kennzeichen|nummernschild|licen[cs]e plate|number plate)"
    + _IS
    + r"([a-zäöü]{1,3}[ -]?[a-z]{1,2} ?-?\d{1,4}[eh]?)(?!\w)"
)
_NOT_PLATES = frozenset({"DIN", "SGB", "ISO", "EU", "EN", "EG"})


def find_emails(text: str) -> Iterator[Span]:
    """Mail addresses."""
    for match in _EMAIL.finditer(text):
        yield Span(match.start(), match.end(), PersonalData.EMAIL)


def find_ibans(text: str) -> Iterator[Span]:
    """Account numbers whose checksum (ISO 7064 mod 97-10) holds, and German ones with a typing error."""
    for match in _IBAN.finditer(text):
        country = match.group()[:2].upper()
        length = _IBAN_LENGTHS.get(country)
        lengths = [length] if length else range(34, 14, -1)
        for wanted in lengths:
            end = _end_after(text, match.start(), match.end(), wanted)
            compact = text[match.start() : end].replace(" ", "").upper() if end else ""
            if compact and (_iban_holds(compact) or (country == "DE" and compact[2:].isdigit())):
                yield Span(match.start(), end, PersonalData.IBAN)
                break


def find_phones(text: str) -> Iterator[Span]:
    """Phone numbers with area code, or after a cue; service and emergency numbers are public."""
    for match in _PHONE.finditer(text):
        digits = _digits(match.group())
        if 7 <= len(digits) <= 16 and not _PUBLIC_NUMBER.match(digits) and not _DATE_LIKE.match(match.group()):
            yield Span(match.start(), match.end(), PersonalData.PHONE)
    for match in _PHONE_CUE.finditer(text):
        digits = _digits(match.group(1))
        if len(digits) >= 5 and not _PUBLIC_NUMBER.match(digits):
            yield _of_group(match, PersonalData.PHONE)


def find_tax_ids(text: str) -> Iterator[Span]:
    """Eleven digits whose checksum (ISO 7064 mod 11,10) holds, or any number after the cue."""
    for match in _TAX_ID.finditer(text):
        if _tax_id_holds(_digits(match.group())):
            yield Span(match.start(), match.end(), PersonalData.TAX_ID)
    for match in _TAX_CUE.finditer(text):
        yield _of_group(match, PersonalData.TAX_ID)


def find_insurance_numbers(text: str) -> Iterator[Span]:
    """Numbers of the pension and the health insurance."""
    for match in _INSURANCE.finditer(text):
        yield Span(match.start(), match.end(), PersonalData.INSURANCE_NUMBER)


def find_birth_dates(text: str) -> Iterator[Span]:
    """Dates that somebody was born on; cut-off dates ("vor dem 1.1.2026 geboren") belong to a rule and stay."""
    for expression in (_BORN_ON, _ON_BORN):
        for match in expression.finditer(text):
            yield _of_group(match, PersonalData.BIRTH_DATE)


def find_id_numbers(text: str) -> Iterator[Span]:
    """Numbers of identity cards, passports and driving licences."""
    for match in _DOCUMENT.finditer(text):
        yield Span(match.start(), match.end(), PersonalData.ID_NUMBER)
    for match in _DOCUMENT_CUE.finditer(text):
        if any(char.isdigit() for char in match.group(1)):
            yield _of_group(match, PersonalData.ID_NUMBER)


def find_file_numbers(text: str) -> Iterator[Span]:
    """What follows "Aktenzeichen" and the like."""
    for match in _FILE_CUE.finditer(text):
        if any(char.isdigit() for char in match.group(1)):
            yield Span(match.start(1), match.start(1) + len(match.group(1).rstrip(".")), PersonalData.FILE_NUMBER)


def find_licence_plates(text: str) -> Iterator[Span]:
    """German licence plates, written with a hyphen or after a cue."""
    for match in _PLATE.finditer(text):
        if match.group().partition("-")[0] not in _NOT_PLATES:
            yield Span(match.start(), match.end(), PersonalData.LICENCE_PLATE)
    for match in _PLATE_CUE.finditer(text):
        yield _of_group(match, PersonalData.LICENCE_PLATE)


def _of_group(match: re.Match[str], kind: PersonalData) -> Span:
    return Span(match.start(1), match.end(1), kind)


def _digits(text: str) -> str:
    digits = "".join(char for char in text if char.isdigit())
    return "0" + digits[2:] if text.startswith("+49") else digits


def _end_after(text: str, start: int, limit: int, count: int) -> int:
    """Where the first `count` characters other than spaces end, or 0 when there are fewer before `limit`."""
    seen = 0
    for position in range(start, limit):
        seen += text[position] != " "
        if seen == count:
            return position + 1
    return 0


def _iban_holds(compact: str) -> bool:
    if not compact.isascii() or not compact[2:4].isdigit():
        return False
    return int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97 == 1


def _tax_id_holds(digits: str) -> bool:
    if len(digits) != 11 or digits[0] == "0":
        return False
    product = 10
    for digit in digits[:10]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(digits[10])
