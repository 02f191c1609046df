"""Masks personal data in a question, before anything is written down, searched or prompted with.

Careful in both directions: what identifies a citizen goes, what a question needs stays (fees, dates, §§, service
numbers, and the town's own offices). Every expression is bounded, so hostile input costs linear time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.answering.personal_accounts import find_cards, find_ibans
from app.answering.personal_addresses import find_addresses
from app.answering.personal_contacts import find_emails, find_phones
from app.answering.personal_dates import find_birth_dates
from app.answering.personal_names import find_names
from app.answering.personal_numbers import find_id_numbers, find_insurance_numbers, find_tax_ids
from app.answering.personal_references import find_file_numbers, find_licence_plates
from app.answering.personal_spans import LABELS, PersonalData, Span
from app.answering.personal_words import personal_words
from app.answering.town_contacts import TownContacts
from app.tenants.tenant import Tenant

_FINDERS = (
    find_emails,
    find_ibans,
    find_birth_dates,
    find_file_numbers,
    find_insurance_numbers,
    find_tax_ids,
    find_id_numbers,
    find_cards,
    find_phones,
    find_licence_plates,
    find_addresses,
    find_names,
)
"""In the order in which they win where two claim the same characters."""
_WORD = re.compile(r"[^\W\d_][\w'’-]{0,39}")
_SHORTEST_REPEATED = 4
_LABEL = re.compile("|".join(map(re.escape, LABELS.values())))
_CONTENT = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_KEPT, _MASKED = 1, 2
"""What a character of the text was claimed for."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with labels such as [E-Mail] in place of personal data."""

    text: str
    kinds: tuple[PersonalData, ...]
    """Each kind once, in order of first appearance."""


def mask_personal_data(text: str, tenant: Tenant) -> Masked:
    """The text without personal data. The tenant's own contact data are nobody's personal data and stay."""
    spans = find_personal_data(text, tenant)
    pieces, position = [], 0
    for span in spans:
        pieces += [text[position : span.start], LABELS[span.kind]]
        position = span.end
    kinds = tuple(dict.fromkeys(span.kind for span in spans))
    return Masked("".join([*pieces, text[position:]]), kinds)


def find_personal_data(text: str, tenant: Tenant) -> tuple[Span, ...]:
    """What `mask_personal_data` masks, in order; no two spans overlap."""
    claimed = bytearray(len(text))
    for start, end in TownContacts.of(tenant).spans(text):
        claimed[start:end] = bytes([_KEPT]) * (end - start)
    for match in _LABEL.finditer(text):
        claimed[match.start() : match.end()] = bytes([_KEPT]) * len(match.group())
    found: list[Span] = []
    for span in _found(text):
        found += _claim(text, claimed, span)
    found += [part for span in _repeated(text, found) for part in _claim(text, claimed, span)]
    return tuple(sorted(found, key=lambda span: span.start))


def _found(text: str) -> Iterator[Span]:
    for find in _FINDERS:
        yield from find(text)


def _claim(text: str, claimed: bytearray, span: Span) -> Iterator[Span]:
    """The span, or what of it stands before and after what others claimed; nothing where it touches what is kept."""
    if claimed.find(_KEPT, span.start, span.end) >= 0:
        return
    first, last = claimed.find(_MASKED, span.start, span.end), claimed.rfind(_MASKED, span.start, span.end)
    parts = [span] if first < 0 else [*_rest(text, span.start, first, span), *_rest(text, last + 1, span.end, span)]
    for part in parts:
        claimed[part.start : part.end] = bytes([_MASKED]) * (part.end - part.start)
    yield from parts


def _rest(text: str, start: int, end: int, span: Span) -> Iterator[Span]:
    """What is left of a span, unless it is only punctuation and small words ("in der")."""
    inside = _CONTENT.search(text, start, end)
    if inside and not inside.group().islower():
        yield Span(inside.start(), inside.end(), span.kind)


def _repeated(text: str, found: list[Span]) -> Iterator[Span]:
    """The words of the names found, wherever else they stand."""
    names = {
        word
        for span in found
        if span.kind is PersonalData.NAME
        for word in _WORD.findall(text[span.start : span.end])
        if len(word) >= _SHORTEST_REPEATED and not word.islower() and word.casefold() not in personal_words().no_names
    }
    if names:
        for match in _WORD.finditer(text):
            if match.group() in names:
                yield Span(match.start(), match.end(), PersonalData.NAME)
