"""Finds dates that somebody was born on; cut-off dates belong to a rule and stay."""

import re
from collections.abc import Iterator

from app.answering.personal_spans import PersonalData, Span

_MONTH = (
    r"(?:jan|feb|mär|mar|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|janv|févr|fevr|mars|avr|juin|juil|août|aout|déc|"
    r"oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|"
    r"декабр|січ|лют|берез|квіт|трав|"
    r"черв|лип|серп|верес|жовт|листопад|груд|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|"
    r"ديسمبر)\w{0,7}\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}[./-] ?\d{{1,2}}[./-] ?(?:\d{{4}}|\d{{2}})(?!\d)|\d{{4}}-\d{{2}}-\d{{2}}|"
    rf"\d{{1,2}}(?:\.|st|nd|rd|th)? ?(?:of )?{_MONTH}(?:,? \d{{4}})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?)"
)
_BORN_ON = re.compile(
    r"(?i)(?:(?<!\w)(?:geboren\w{0,2}|geb(?:\.|urts)?-?dat(?:um|\.)?|geb\.?|geburtsdatum|geburtstag|geburtstags|born|"
    r"date of birth|dob|birthday|"
    r"né|née|date de naissance|naissance|doğum tarih\w{0,4}|doğum günü\w{0,2}|родил(?:ся|ась|ись)|дата рождения|"
    r"рождения|народи(?:вся|лася|лась)|"
    r"дата народження|تاريخ ميلادي|تاريخ الميلاد|تاريخ ميلاده|تاريخ ميلادها|مولود|مولودة|ولدت|ولد)(?!\w)|\*)"
    r"[ :]{0,3}(?:ist|is|war|bin ich|est|в|у|في|je suis)?\s?(?:am|on|the|der|den|le|:)?[ :]{0,2}(" + _DATE + ")"
)
_ON_BORN = re.compile(
    rf"(?i)(?<!\w)({_DATE})(?:'?[dt][ea]|\s)\s?(?:in [\w-]{{2,30}} )?"
    r"(?:geboren|zur welt|auf die welt|geburtstag|doğum|doğdu|года рождения|р\.\s?н\.|г\.\s?р\.)"
)
_BOTH_BORN = re.compile(rf"(?i)(?<!\w)({_DATE})\s(?:und|bzw\.)\s(?:am\s)?{_DATE}\s(?:in [\w-]{{2,30}} )?geboren")
_CUT_OFF = re.compile(
    r"(?i)(?<!\w)(?:vor|nach|ab|bis|seit|zwischen|before|after|since|until|by|avant|après|до|после|після)\s(?:(?:zum|"
    r"dem|den)\s){0,2}(?:\d[\d. ]{4,12}und\s(?:dem\s)?)?$"
)
_LOOK_BACK = 40


def find_birth_dates(text: str) -> Iterator[Span]:
    """Dates that somebody was born on; cut-off dates ("vor dem 1.1.2026 geboren") belong to a rule and stay."""
    for expression in (_BORN_ON, _ON_BORN, _BOTH_BORN):
        for match in expression.finditer(text):
            if not _CUT_OFF.search(text[max(0, match.start(1) - _LOOK_BACK) : match.start(1)]):
                yield Span(match.start(1), match.end(1), PersonalData.BIRTH_DATE)
