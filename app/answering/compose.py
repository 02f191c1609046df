"""Composing the answer: what surrounds the verified statements. Everything here comes from the town's own data."""

import re
from collections.abc import Sequence
from datetime import datetime

from app.answering.own_words import own_chunk
from app.answering.retrieve import Retrieval
from app.answering.values import (
    EvidenceSentence,
    Link,
    OfficeCard,
    Origin,
    RuleFinding,
    Source,
    Statement,
)
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.switches.state import InForce
from app.tenants.calendar import status_at
from app.tenants.office import WEEKDAYS, Office
from app.tenants.tenant import Tenant
from app.wording.catalog import FALLBACK, Catalog, catalog

MAX_SUGGESTIONS = 3
_LONGEST_PART_QUOTED = 120
"""Characters of a part of the message up to which it is named in its own words."""
_FIGURE_OR_ADDRESS = re.compile(r"[\d@<>]|www\.|://")
_CLOSE_ENOUGH = 0.05
"""A service whose best passage is less likely than this to fit is not worth suggesting."""


def frame(text: str, language: str = FALLBACK) -> Statement:
    """A sentence of fixed wording, without a source."""
    return Statement(text=text, citations=(), origin=Origin.FRAME, language=language)


def disclosure(tenant: Tenant, wording: Catalog) -> str:
    """That a machine answers: in the town's own words where it has some, in a plain style in the catalog's."""
    own = tenant.disclosure.get(wording.language) if wording is catalog(wording.language) else None
    return own or wording.text("disclosure")


def pause_notice(switches: InForce, tenant: Tenant, wording: Catalog) -> tuple[Statement, ...]:
    """What a town says while its bot is paused: its own notice, or fixed wording that names the office.

    Who reads another language than the notice's gets the wording in theirs, and the notice after it.
    """
    office = tenant.office(tenant.default_office)
    fixed = frame(wording.text("paused", office=office.name, phone=office.phone), wording.language)
    own = switches.notice_in(wording.language)
    if own is None:
        return (fixed,)
    language, text = own
    notice = frame(text, language)
    return (notice,) if language == wording.language else (fixed, notice)


def sources_of(evidence: Sequence[EvidenceSentence], statements: Sequence[Statement]) -> tuple[Source, ...]:
    """The cited passages, by number."""
    cited = {number for statement in statements for number in statement.citations}
    chunks = {sentence.number: sentence.chunk for sentence in evidence}
    return tuple(_source(number, chunks[number]) for number in sorted(cited & chunks.keys()))


def _source(number: int, chunk: Chunk) -> Source:
    return Source(
        number=number,
        title=chunk.title,
        module=chunk.heading,
        url=chunk.url,
        text=chunk.text,
        chunk_id=chunk.id,
        language=chunk.language,
    )


def in_german(office: Office, wording: Catalog) -> Statement:
    """What comes before German sentences in the answer to a foreign question."""
    return frame(wording.text("german_quotes_frame", office=office.name, phone=office.phone), wording.language)


def part_not_found(part: str, office: Office, wording: Catalog) -> Statement:
    """That a part of the message is not answered, and who can tell.

    The citizen's own words name the part; not when they are long or hold a figure or address, which might look as if
    the service had said it.
    """
    quotable = len(part) <= _LONGEST_PART_QUOTED and not _FIGURE_OR_ADDRESS.search(part)
    key = "part_not_in_knowledge.named" if quotable else "part_not_in_knowledge.unnamed"
    return frame(wording.text(key, part=part, office=office.name, phone=office.phone), wording.language)


def rule_source(finding: RuleFinding, language: str, number: int = 1) -> Source:
    """The data that a rule used, as a source of its answer."""
    return Source(
        number=number,
        title=finding.source_title,
        module=catalog(language).text("rule.source.module"),
        url=finding.source_url,
        text=finding.source_text,
        chunk_id=f"rule:{finding.rule}:{finding.office}",
        language=language,
    )


def office_card(office: Office, tenant: Tenant, at: datetime, wording: Catalog) -> OfficeCard:
    """Contact and hours of an office as of that moment."""
    return OfficeCard(
        id=office.id,
        name=office.name,
        address=f"{office.address.street}, {office.address.postal_code} {office.address.city}",
        phone=office.phone,
        email=office.email,
        url=office.url,
        appointment_url=office.appointment_url,
        open_now=status_at(office, tenant, at).open,
        hours=tuple((wording.text(f"weekday.{day}"), _hours(office, day, wording)) for day in WEEKDAYS),
    )


def _hours(office: Office, day: str, wording: Catalog) -> str:
    spans = office.hours.get(day, ())  # type: ignore[call-overload]
    return ", ".join(f"{span.start:%H:%M}–{span.end:%H:%M}" for span in spans) or wording.text("rule.hours.closed")


def online_service(topic: Chunk | None) -> Link | None:
    """The online service of the topic, when it has one."""
    if topic is None or topic.online_service_url is None:
        return None
    return Link(title=topic.title, url=topic.online_service_url, language=topic.language)


def nearest_services(retrieval: Retrieval, generation: Generation) -> tuple[Link, ...]:
    """Up to three services whose texts come closest, each once."""
    links: dict[str, Link] = {}
    for candidate in retrieval.candidates:
        if candidate.fused >= _CLOSE_ENOUGH:
            chunk = own_chunk(candidate.chunk, retrieval.pool, generation)
            links.setdefault(chunk.service, Link(chunk.title, chunk.url, chunk.language))
    return tuple(links.values())[:MAX_SUGGESTIONS]
