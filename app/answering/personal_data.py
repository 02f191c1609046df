"""Masks personal data in a question, before anything is written down, searched or prompted with.

Careful in both directions: what identifies a citizen goes, what a question needs stays (fees, dates, §§, service
numbers, and the town's own offices). Every expression is bounded, so hostile input costs linear time.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.answering.personal_names import find_addresses, find_names
from app.answering.personal_numbers import (
    find_birth_dates,
    find_emails,
    find_file_numbers,
    find_ibans,
    find_id_numbers,
    find_insurance_numbers,
    find_licence_plates,
    find_phones,
    find_tax_ids,
)
from app.answering.personal_spans import LABELS, PersonalData, Span
from app.tenants.tenant import Tenant

_FINDERS = (
    find_emails,
    find_ibans,
    find_birth_dates,
    find_file_numbers,
    find_id_numbers,
    find_insurance_numbers,
    find_tax_ids,
    find_phones,
    find_licence_plates,
    find_addresses,
    find_names,
)
"""In the order in which they win where two claim the same characters."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with labels such as [E-Mail] in place of personal data."""

    text: str
    kinds: tuple[PersonalData, ...]
    """Each kind once, in order of first appearance."""


def mask_personal_data(text: str, tenant: Tenant) -> Masked:
    """The text without personal data. The tenant's own contact data are nobody's personal data and stay."""
    own = _own_contact_data(tenant)
    taken: list[Span] = []
    for span in _found(text):
        if _plain(text[span.start : span.end]) in own or any(span.overlaps(other) for other in taken):
            continue
        taken.append(span)
    taken.sort(key=lambda span: span.start)
    pieces, position = [], 0
    for span in taken:
        pieces += [text[position : span.start], LABELS[span.kind]]
        position = span.end
    kinds = tuple(dict.fromkeys(span.kind for span in taken))
    return Masked("".join([*pieces, text[position:]]), kinds)


def _found(text: str) -> Iterator[Span]:
    for find in _FINDERS:
        yield from find(text)


def _own_contact_data(tenant: Tenant) -> frozenset[str]:
    own = {tenant.privacy.data_protection_officer}
    for office in tenant.offices:
        place = f"{office.address.postal_code} {office.address.city}"
        street = office.address.street
        own |= {office.phone, office.email, street, f"{street}, {place}"}
    return frozenset(_plain(entry) for entry in own)


def _plain(text: str) -> str:
    """For comparing notations of the same address or number: letters and digits only, +49 as 0."""
    compact = "".join(char for char in text.casefold() if char.isalnum() or char in "+@")
    for prefix in ("+490", "+49", "0049"):
        if compact.startswith(prefix):
            compact = "0" + compact.removeprefix(prefix)
            break
    return compact.replace("straße", "str").replace("strasse", "str")
