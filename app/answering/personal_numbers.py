"""Finds the numbers that an authority gave a person: tax, insurance, identity documents."""

import re
from collections.abc import Iterator

from stdnum.de import idnr

from app.answering.personal_spans import PersonalData, Span

_SAID = r"[^\d.!?\n]{0,40}?(?<![A-Za-z0-9])"
"""What may stand between a cue and its value: "mit der Nummer", "lautet", "is"."""

_TAX_ID = re.compile(r"(?<![\w.,/-])\d{2} ?\d{3} ?\d{3} ?\d{3}(?![\w/-]|[.,]\d)")
_TAX_NUMBER = re.compile(r"(?<![\w.,/-])\d{2,3} ?/ ?\d{3,4} ?/ ?\d{4,5}(?![\w/-]|[.,]\d)")
_TAX_CUE = re.compile(
    r"(?i)(?<!\w)(?:(?:umsatz)?steuer-?\s?(?:id|identifikations)\w{0,12}|id-?nr\.?|steuer-?\s?(?:nummer|nr\.?)|"
    r"st\.?-?\s?nr\.?|"
    r"tax (?:id|number)|tin|vergi (?:numara|kimlik)\w{0,6}|numéro fiscal|инн|налоговый номер|податковий номер|"
    r"الرقم الضريبي)(?!\w)"
    + _SAID + r"((?:DE)?\d[\d /]{6,16}\d)(?![\d])"
)  # fmt: skip
_INSURANCE = re.compile(r"(?<![\w.])(?:\d{2} ?[0-3]\d[01]\d{3} ?[A-Za-z] ?\d{3}|[A-Z]\d{9})(?!\w)")
_INSURANCE_CUE = re.compile(
    r"(?i)(?<!\w)(?:(?:renten|sozial|kranken|pflege)?versicher\w{0,5}-?(?:nummer|nr\.?)|(?:renten|sozial|"
    r"kranken)versicherungs\w{0,12}|"
    r"sv-?\s?(?:nummer|nr\.?)|rv-?\s?(?:nummer|nr\.?)|kvnr\.?|gesundheitskarte|social security number|"
    r"insurance number|sigorta numara\w{0,4})(?!\w)"
    + _SAID + r"([A-Za-z]?\d(?:[ ]?\d){5,8}(?: ?[A-Za-z] ?\d{2,3})?\d?)(?![\w])"
)  # fmt: skip

_DOCUMENT = re.compile(r"(?<![\w-])(?=(?:[A-Z]*\d){4})[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d?(?![\w-])")
_DOCUMENT_CUE = re.compile(
    r"(?i)(?<!\w)(?:[a-zäöü]{0,20}(?:ausweis|pass)(?:es|nummer)?|führerschein\w{0,8}|perso|"
    r"aufenthalts(?:titel|karte|erlaubnis|gestattung)\w{0,3}|duldung|fiktionsbescheinigung|passport|id card|"
    r"identity card|residence (?:permit|card)|"
    r"driving licen[cs]e|driver['’]?s licen[cs]e|pasaport\w{0,6}|kimlik\w{0,4}|ehliyet\w{0,4}|passeport|"
    r"carte d['’]identité|titre de séjour|permis|"
    r"паспорт\w{0,3}|загранпаспорт\w{0,3}|посвідчення|جواز\w{0,4}|إقامة)(?:-?\s?(?:nr\.?|nummer|no\.?|number))?(?!\w)"
    + _SAID +
    r"((?-i:[A-Z]{0,3}) ?\d{2} ?\d{5,7}|[A-Z]{1,3} ?\d{5,9}|(?=[A-Z0-9]{0,6}\d)[A-Z0-9]{8,14}|"
    r"\d{3,4} \d{2,4} \d{3,4}|\d{6,10})(?![\w]|[.,]\d)"
)  # fmt: skip
_FEWEST_DIGITS = 4


def find_tax_ids(text: str) -> Iterator[Span]:
    """Eleven digits whose checksum (ISO 7064 mod 11,10) holds, tax numbers by their slashes, any number after a cue."""
    for match in _TAX_ID.finditer(text):
        if idnr.is_valid(match.group()):
            yield Span(match.start(), match.end(), PersonalData.TAX_ID)
    for match in _TAX_NUMBER.finditer(text):
        yield Span(match.start(), match.end(), PersonalData.TAX_ID)
    for match in _TAX_CUE.finditer(text):
        yield _of_group(match, PersonalData.TAX_ID)


def find_insurance_numbers(text: str) -> Iterator[Span]:
    """Numbers of the pension and the health insurance."""
    for match in _INSURANCE.finditer(text):
        yield Span(match.start(), match.end(), PersonalData.INSURANCE_NUMBER)
    for match in _INSURANCE_CUE.finditer(text):
        yield _of_group(match, PersonalData.INSURANCE_NUMBER)


def find_id_numbers(text: str) -> Iterator[Span]:
    """Numbers of identity cards, passports, residence permits and driving licences."""
    for match in _DOCUMENT.finditer(text):
        yield Span(match.start(), match.end(), PersonalData.ID_NUMBER)
    for match in _DOCUMENT_CUE.finditer(text):
        if sum(char.isdigit() for char in match.group(1)) >= _FEWEST_DIGITS:
            yield _of_group(match, PersonalData.ID_NUMBER)


def _of_group(match: re.Match[str], kind: PersonalData) -> Span:
    return Span(match.start(1), match.end(1), kind)
