"""Who answers for a service of XZuFi, and where it is offered online."""

from collections.abc import Iterator

from ingest.findings import Finding, Severity
from ingest.sources.xzufi_objects import Localized, OnlineService, Responsibility, Unit
from ingest.sources.xzufi_xml import (
    Element,
    child,
    children,
    descendants,
    key_of,
    language_of,
    line_of,
    local_name,
    localized,
    value,
)

_HOLDERS = ("organisationseinheitID", "onlinedienstID")
_RESPONSIBILITIES = ("zustaendigkeit", "zustaendigkeitTransferObjekt")


def read_relations(element: Element, file: str) -> Iterator[Unit | OnlineService | Responsibility | Finding]:
    """What an object of the delivery says about units, online services and their services; nothing for others."""
    tag = local_name(element)
    key = key_of(child(element, "id"))
    if tag in _RESPONSIBILITIES:
        holder = next((found for each in descendants(element, *_HOLDERS) if (found := key_of(each))), None)
        if holder:
            yield from _responsibility(element, holder, embedded=False)
    elif tag in ("organisationseinheit", "onlinedienst"):
        if key is None:
            yield Finding("xzufi-without-id", Severity.WARNING, file, line_of(element), f"'{tag}' has no id",
                          "ask whoever made the delivery to correct it")  # fmt: skip
            return
        yield Unit(key, _names(element)) if tag == "organisationseinheit" else OnlineService(key, _addresses(element))
        for each in children(element, *_RESPONSIBILITIES):
            yield from _responsibility(each, key, embedded=True)


def _responsibility(element: Element, holder: str, embedded: bool) -> Iterator[Responsibility]:
    services = tuple(found for each in descendants(element, "leistungID") if (found := key_of(each)))
    if services:
        key = key_of(child(element, "id")) or f"{holder}/{'+'.join(services)}"
        yield Responsibility(key, holder, services, embedded)


def _names(unit: Element) -> tuple[Localized, ...]:
    """From `name/name` or a `name` that is a text itself."""
    found: list[Localized] = []
    for outer in children(unit, "name"):
        inner = list(children(outer, "name"))
        found += localized(iter(inner or [outer]))
    return tuple(found)


def _addresses(online: Element) -> tuple[Localized, ...]:
    """Web addresses from `link/link` or `link/uri`; those that are no web addresses are left out."""
    found = []
    for outer in children(online, "link"):
        for inner in [*children(outer, "link", "uri"), outer]:
            url = value(inner)
            if url.startswith(("https://", "http://")) and not any(letter.isspace() for letter in url):
                found.append(Localized(language_of(inner) or language_of(outer), url))
                break
    return tuple(found)
