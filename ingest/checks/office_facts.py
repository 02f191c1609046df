"""Opening hours and telephone numbers of an office in a text, against tenant.yaml."""

import re
from collections import defaultdict
from collections.abc import Iterator

from app.answering.folding import fold
from app.answering.office_names import find_offices
from app.index.modules import ModuleKind
from app.tenants.office import WEEKDAYS, Office, TimeSpan, Weekday
from app.tenants.tenant import Tenant
from ingest.checks.check import CheckedText, CheckInput, Sentence
from ingest.checks.place import line_of
from ingest.facts import facts_of
from ingest.facts_contact import Phone, phone_number
from ingest.facts_hours import OpeningHours
from ingest.findings import Finding, Severity

_ABOUT_THE_OFFICE = (ModuleKind.CONTACT, ModuleKind.RESPONSIBLE_OFFICE)
"""Modules whose hours and numbers are those of the document's office when they name no other."""
_MAY_STATE = re.compile(r"\d")
_OPEN = re.compile(r"(?i)öffnungszeit|geöffnet|sprechzeit|\boffen\b|\bopen(?:ing|s)?\b|office hours|servicezeit")
_OTHER_HOURS = re.compile(
    r"(?i)termin|telefon|ferien|feiertag|\bkasse\b|sauna|ausgabe|annahme|vereinbarung|sommer|winter|\bnur\b|letzte|"
    r"\bonly\b|appointment|phone|holiday|last|ausnahm|heiligabend|silvester|sprechstunde"
)
"""Hours of something else than the office as a whole, or of other days than the usual ones."""
_OTHER_NUMBER = re.compile(
    r"(?i)\bfax|mobil|handy|whatsapp|hotline|notdienst|notfall|bereitschaft|\bteam\b|durchwahl|\bherrn?\b|\bfrau\b|"
    r"zimmer|sachbearbeit|außerhalb|emergency|extension|\bmrs?\.?\b"
)
_PUBLIC = re.compile(r"\+49(?:800|180|137|900|700)")
"""Numbers that belong to no place."""


def check_office_facts(given: CheckInput) -> Iterator[Finding]:
    """Sentences that name one office and give it other hours, or another number, than tenant.yaml does."""
    for text in given.texts:
        for sentence in text.sentences:
            if _MAY_STATE.search(sentence.text):
                yield from _check(sentence, text, given)


def _check(sentence: Sentence, text: CheckedText, given: CheckInput) -> Iterator[Finding]:
    facts = facts_of(sentence.text, text.document.language)
    phones = [fact for fact in facts if isinstance(fact, Phone) and _is_of_a_place(fact)]
    hours = [fact for fact in facts if isinstance(fact, OpeningHours)]
    if not phones and not hours:
        return
    office = _office(sentence, text, given.tenant)
    if office is None:
        return
    known = phone_number(office.phone)
    if phones and known and not _OTHER_NUMBER.search(sentence.text) and all(fact.number != known for fact in phones):
        yield _finding(sentence, text, given, office, f"the telephone number {office.phone}", f"Telefon {office.phone}")
    if hours and _is_about_opening(sentence) and (day := _wrong_day(hours, office)) is not None:
        right = OpeningHours((day,), office.hours.get(day, ()))
        shown = str(right) if right.hours else "closed on that day"
        yield _finding(
            sentence, text, given, office, f"the hours {shown}", str(right) if right.hours else "geschlossen"
        )


def _is_of_a_place(phone: Phone) -> bool:
    return phone.number.startswith("+49") and not _PUBLIC.match(phone.number)


def _office(sentence: Sentence, text: CheckedText, tenant: Tenant) -> Office | None:
    """The one office that a sentence is about."""
    named = find_offices(fold(sentence.text), tenant).mentions
    if len(named) == 1:
        return named[0].office
    if named or sentence.module.kind not in _ABOUT_THE_OFFICE:
        return None
    own = tenant.office(text.document.office)
    around = find_offices(fold(sentence.module.text), tenant).mentions
    return own if all(mention.office.id == own.id for mention in around) else None


def _is_about_opening(sentence: Sentence) -> bool:
    if _OTHER_HOURS.search(sentence.text):
        return False
    said = sentence.module.text if sentence.module.kind in _ABOUT_THE_OFFICE else sentence.text
    return bool(_OPEN.search(said))


def _wrong_day(hours: list[OpeningHours], office: Office) -> Weekday | None:
    """The first day of the week on which the office has other hours."""
    said = defaultdict[Weekday, set[TimeSpan]](set)
    for fact in hours:
        for day in fact.days:
            said[day].update(fact.hours)
    for day in WEEKDAYS:
        if day in said and not said[day] <= set(office.hours.get(day, ())):
            return day
    return None


def _finding(
    sentence: Sentence, text: CheckedText, given: CheckInput, office: Office, right: str, german: str
) -> Finding:
    return Finding(
        "contradiction", Severity.WARNING, text.name,
        line_of(given.folder, text.name, sentence.module, sentence.text),
        f"“{sentence.text}”, but tenant.yaml has {right} for '{office.name}'",
        "correct the text or tenant.yaml; best leave it to tenant.yaml, which every answer shows",
        quote=sentence.text,
        german=f"Hier steht „{sentence.text}“, bei „{office.name}“ in tenant.yaml dagegen: {german}.",
    )  # fmt: skip
