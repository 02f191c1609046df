"""The facts of a text, each as a typed value with its place: what a citizen would act on."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace

from app.text.figures import SAME_LETTERS
from ingest.fact_span import Span
from ingest.facts_contact import Email, Phone, Url, read_contacts
from ingest.facts_hours import OpeningHours, read_hours
from ingest.facts_law import LegalReference, read_law
from ingest.facts_money import FreeOfCharge, Money, Percentage, read_money
from ingest.facts_time import Age, CalendarDate, Deadline, Duration
from ingest.facts_time_reading import read_times

Fact = (
    Money | FreeOfCharge | Percentage | Duration | Age | CalendarDate | Deadline | OpeningHours | Phone | Email | Url
    | LegalReference
)  # fmt: skip

_READERS: tuple[Callable[[str], Iterable[Fact]], ...] = (read_contacts, read_law, read_hours, read_money, read_times)
"""The most specific first: what one has read is no longer there for the next ones."""
_NUMBERED_LANGUAGES = frozenset(("de", "en"))
_WITHOUT_WORDS: tuple[Callable[[str], Iterable[Fact]], ...] = (read_contacts, read_law)
_LONGEST_CLUSTER = 8
"""Combining marks after one letter that are put together with it; more are no writing."""


def facts_of(text: str, language: str) -> tuple[Fact, ...]:
    """All facts in the order of the text, none within another. Never raises; linear in the text.

    In other languages than German and English only what needs no words is read: contacts and references to law.
    """
    plain, origins = _plain(text)
    found: list[Fact] = []
    for reader in _READERS if language in _NUMBERED_LANGUAGES else _WITHOUT_WORDS:
        kept = _apart(reader(plain))
        found.extend(kept)
        plain = _blanked(plain, kept)
    found.sort(key=lambda fact: fact.span.start)
    if origins is None:
        return tuple(found)
    return tuple(replace(fact, span=Span(origins[fact.span.start], origins[fact.span.end])) for fact in found)


def _apart(facts: Iterable[Fact]) -> list[Fact]:
    """Without those that overlap an earlier one; of two that begin together the longer one."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda fact: (fact.span.start, -fact.span.end)):
        if not kept or fact.span.start >= kept[-1].span.end:
            kept.append(fact)
    return kept


def _blanked(text: str, facts: Iterable[Fact]) -> str:
    """The text with a mark that no pattern knows in the place of the facts."""
    parts: list[str] = []
    end = 0
    for fact in facts:
        parts += (text[end : fact.span.start], "\ue000" * (fact.span.end - fact.span.start))
        end = fact.span.end
    return "".join([*parts, text[end:]])


def _plain(text: str) -> tuple[str, list[int] | None]:
    """The text with composed letters, and where each of its characters comes from (None: where it stands)."""
    if unicodedata.is_normalized("NFC", text):
        return text.translate(SAME_LETTERS), None
    parts: list[str] = []
    origins: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and end - start < _LONGEST_CLUSTER and unicodedata.combining(text[end]):
            end += 1
        composed = unicodedata.normalize("NFC", text[start:end])
        parts.append(composed)
        origins.extend([start] * len(composed))
        start = end
    return "".join(parts).translate(SAME_LETTERS), [*origins, len(text)]
