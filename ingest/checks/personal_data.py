"""Data of private persons in texts that everybody reads.

The finders are those that mask citizens' questions. There they rather mask too much; here an office's contact data is
what a text is for, so only what points to a person counts: a name, a personal mailbox, a mobile number, an account,
tax, insurance or identity number. Streets, dates and landlines of offices don't.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.answering.personal_accounts import find_ibans
from app.answering.personal_contacts import find_emails, find_phones
from app.answering.personal_dates import find_birth_dates
from app.answering.personal_names import find_names
from app.answering.personal_numbers import find_id_numbers, find_insurance_numbers, find_tax_ids
from app.answering.personal_spans import PersonalData, Span
from ingest.checks.check import CheckInput
from ingest.checks.personal_words import personal_words
from ingest.checks.place import line_of
from ingest.findings import Finding, Severity

_GERMAN = {
    PersonalData.EMAIL: "persönliche E-Mail-Adresse",
    PersonalData.PHONE: "persönliche Telefonnummer",
    PersonalData.IBAN: "Kontonummer",
    PersonalData.TAX_ID: "Steuer-ID",
    PersonalData.INSURANCE_NUMBER: "Versicherungsnummer",
    PersonalData.ID_NUMBER: "Ausweisnummer",
    PersonalData.BIRTH_DATE: "Geburtsdatum",
    PersonalData.NAME: "Name",
}
_TITLE = re.compile(r"\b(?:Herrn?|Frau|Mr\.?|Mrs\.?|Ms\.?)\s$")
_TITLES = re.compile(r"\b(?:Herrn?|Frau|Dr\.)\s")
_NEAR = 60
"""Characters before and after a name that say what it belongs to."""
_MOBILE = re.compile(r"(?:0|\+49|0049)1[567]\d")
_FEW_DIGITS = re.compile(r"(?:\d[\s/.-]{0,3}){5}")
_SEPARATORS = re.compile(r"[._-]")
_SHORTEST_NAME = 4
"""Letters from which on a name may stand for a longer one in `public_contacts`."""
_NOT_IN_CONTACT = re.compile(r"[^\w@+]|_")


def check_personal_data(given: CheckInput) -> Iterator[Finding]:
    """No sentence names a private person. What tenant.yaml and `public_contacts` list is public."""
    public = _public(given)
    exchanges = tuple(_compact(office.phone.rpartition("-")[0]) for office in given.tenant.offices)
    for text in given.texts:
        for sentence in text.sentences:
            found = [
                span
                for span in _persons(sentence.text)
                if not _is_public(sentence.text[span.start : span.end], public, exchanges)
            ]
            if found:
                kinds = list(dict.fromkeys(span.kind for span in found))
                quoted = ", ".join(dict.fromkeys(sentence.text[span.start : span.end] for span in found))
                yield Finding(
                    "personal-data", Severity.WARNING, text.name,
                    line_of(given.folder, text.name, sentence.module, sentence.text),
                    f"{', '.join(kinds)} of a person: {quoted}",
                    "name the office instead; list what is meant to be public under public_contacts in quality.yaml",
                    quote=sentence.text, german=f"{', '.join(_GERMAN[kind] for kind in kinds)}: {quoted}",
                )  # fmt: skip


def _persons(sentence: str) -> list[Span]:
    """What points to a person, in order."""
    names = list(_names(sentence))
    found = [*names, *(_mail(sentence) if "@" in sentence else ())]
    if _FEW_DIGITS.search(sentence):
        for find in (find_ibans, find_tax_ids, find_insurance_numbers, find_id_numbers):
            found += (span for span in find(sentence) if not any(span.overlaps(other) for other in found))
        for span in find_phones(sentence):
            mobile = _MOBILE.match(_compact(sentence[span.start : span.end]))
            if (mobile or names) and not any(span.overlaps(other) for other in found):
                found.append(span)
        if names:
            found += find_birth_dates(sentence)
    return sorted(found, key=lambda span: span.start)


def _names(sentence: str) -> Iterator[Span]:
    taken: list[Span] = []
    if "Herr" in sentence or "Frau" in sentence or "M" in sentence:
        taken = [
            span for span in find_names(sentence) if _TITLE.search(sentence[max(0, span.start - _NEAR) : span.start])
        ]
    for match in _full_name().finditer(sentence):
        span = Span(match.start(), match.end(), PersonalData.NAME)
        after = sentence[match.end() : match.end() + _NEAR].split(maxsplit=1)
        named_after = bool(after) and after[0].strip(".,;:)") in personal_words().no_last_names
        if not named_after and not any(span.overlaps(other) for other in taken):
            taken.append(span)
    for span in taken:
        before = _TITLES.sub("", sentence[max(0, span.start - _NEAR) : span.start]).split()
        words = sentence[span.start : span.end].split()
        if before and before[-1].strip("(,:") in personal_words().public_offices:
            continue
        if not personal_words().no_last_names.isdisjoint(words):
            continue
        yield span


def _mail(sentence: str) -> Iterator[Span]:
    """Mailboxes of private providers, and those named after a person: `vorname.nachname@`, `v.nachname@`."""
    for span in find_emails(sentence):
        local, _, domain = sentence[span.start : span.end].casefold().partition("@")
        parts = [part for part in _SEPARATORS.split(local) if part]
        functional = not personal_words().functional.isdisjoint(parts)
        first_names = {name.casefold() for name in personal_words().first_names}
        like_person = len(parts) == 2 and all(part.isalpha() for part in parts) and len(parts[1]) > 2
        named = parts[:1] and (parts[0] in first_names or (like_person and "-" not in local and len(parts[0]) == 1))
        if domain in personal_words().private_mail or (named and not functional):
            yield span


@lru_cache(maxsize=1)
def _full_name() -> re.Pattern[str]:
    firsts = "|".join(sorted(map(re.escape, personal_words().first_names), key=len, reverse=True))
    lasts = "|".join(sorted(map(re.escape, personal_words().no_last_names), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])(?:(?:{firsts})(?:-(?:{firsts}))?\s){{1,2}}(?:(?:von|van|de|zu|der|el|al)\s){{0,2}}"
        rf"(?!(?:{lasts})\b)[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?(?![\w-])"
    )


def _public(given: CheckInput) -> frozenset[str]:
    tenant = given.tenant
    contacts = [tenant.privacy.data_protection_officer, tenant.privacy.controller, *given.config.public_contacts]
    for office in tenant.offices:
        contacts += [office.phone, office.email]
    return frozenset(map(_compact, contacts))


def _is_public(found: str, public: frozenset[str], exchanges: tuple[str, ...]) -> bool:
    compact = _compact(found)
    if any(exchange and compact.startswith(exchange) for exchange in exchanges):
        return True
    part_of_one = compact.isalpha() and len(compact) >= _SHORTEST_NAME
    return compact in public or (part_of_one and any(compact in contact for contact in public))


def _compact(contact: str) -> str:
    """For comparing notations: letters and digits, +49 as 0."""
    compact = _NOT_IN_CONTACT.sub("", contact.casefold())
    for prefix in ("+490", "+49", "0049"):
        if compact.startswith(prefix):
            return "0" + compact.removeprefix(prefix)
    return compact
