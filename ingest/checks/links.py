"""Links to other texts, to headings, and to the town's own website, as far as this can be told without asking it."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from urllib.parse import unquote, urlsplit

from ingest.checks.check import CheckedText, CheckInput
from ingest.checks.found_links import Link, links_of
from ingest.checks.place import line_of
from ingest.document import ServiceDocument
from ingest.findings import Finding, Severity
from ingest.sources.crawl_address import normalised, page_key

_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")
_ACTS = re.compile(r"(?<!\\)\]\(\s{0,9}<?((?:javascript|vbscript|data|file):[^\s)>]{0,100})", re.IGNORECASE)
"""Links that a careful Markdown reader shows as text, and a careless one runs."""
_NO_PAGES = frozenset({"mailto", "tel", "sms", "fax", "geo"})


def check_links(given: CheckInput) -> Iterator[Finding]:
    """Markdown links lead to a text and heading that exist, or to a page that a text comes from."""
    known = _Known(given)
    for text in given.texts:
        for link in links_of(text):
            fault = known.fault(text, link)
            if fault is not None:
                yield Finding(
                    fault.code, Severity.WARNING, text.name, line_of(given.folder, text.name, link.module, link.words),
                    fault.message, fault.fix, quote=link.words, german=fault.german,
                )  # fmt: skip
        for module in text.document.modules:
            for match in _ACTS.finditer(module.text):
                fault = _broken(match[1], "this acts instead of leading somewhere", "Das ist keine Adresse.")
                yield Finding(
                    fault.code, Severity.WARNING, text.name, line_of(given.folder, text.name, module, match[0]),
                    fault.message, fault.fix, quote=match[0], german=fault.german,
                )  # fmt: skip


def anchors(document: ServiceDocument) -> frozenset[str]:
    """What a link may name after `#`: the headings, lower case, blanks as hyphens, as GitHub and most websites do."""
    headings = [module.heading for module in document.modules]
    headings += [match.group(1) for module in document.modules for match in _HEADING.finditer(module.text)]
    return frozenset(_NOT_IN_ANCHOR.sub("", heading.strip().casefold()).replace(" ", "-") for heading in headings)


@dataclass(frozen=True, slots=True)
class _Fault:
    code: str
    message: str
    german: str
    fix: str


def _broken(target: str, why: str, german: str) -> _Fault:
    return _Fault("broken-link", f"'{target}': {why}", f"Der Link führt zu „{target}“. {german}", "correct the link")


class _Known:
    """Everything that a link may lead to."""

    def __init__(self, given: CheckInput) -> None:
        self._given = given
        self._by_name = {text.name: text.document for text in given.texts}
        self._by_id = {text.document.id: text.document for text in given.texts}

    def fault(self, text: CheckedText, link: Link) -> _Fault | None:
        """What is wrong with a link; None when nothing is, or when it leads to another server."""
        target = link.target
        try:
            url = urlsplit(target)
            host = (url.hostname or "").removeprefix("www.")
        except ValueError:
            return _broken(target, "this is no address", "Das ist keine gültige Adresse.")
        if url.scheme in _NO_PAGES:
            return None
        if url.scheme or url.netloc:
            return self._own_page(target) if host == self._own_host else None
        return self._text(text, unquote(url.path), unquote(url.fragment), target)

    def _text(self, text: CheckedText, path: str, fragment: str, target: str) -> _Fault | None:
        document: ServiceDocument | None = text.document
        if path:
            name = posixpath.normpath(posixpath.join(posixpath.dirname(text.name), path.lstrip("/")))
            document = self._by_name.get(name) or self._by_name.get(path.lstrip("/")) or self._by_id.get(path)
            if document is None:
                is_file = ".." not in name and (self._given.folder / name).is_file()
                return None if is_file else _broken(target, "there is no such text", "Diesen Text gibt es nicht.")
        elif not fragment:
            return _broken(target, "the link has no target", "Es fehlt das Ziel.")
        if fragment and document is not None and fragment.casefold() not in anchors(document):
            return _broken(target, "there is no such heading", "Diese Überschrift gibt es dort nicht.")
        return None

    def _own_page(self, target: str) -> _Fault | None:
        address = normalised(target)
        if address is None:
            return _broken(target, "this is no web address", "Das ist keine gültige Adresse.")
        if _page(address) in self._pages:
            return None
        if any(fnmatchcase(target, page) for page in self._given.config.links.known_pages):
            return None
        return _Fault(
            "unknown-page", f"'{target}' is a page of the town's own website that no text comes from",
            f"Zur Seite „{target}“ gibt es keinen Text.",
            "correct the link; if the page exists, list it under links.known_pages in quality.yaml",
        )  # fmt: skip

    @cached_property
    def _own_host(self) -> str:
        return (urlsplit(self._given.tenant.website).hostname or "").removeprefix("www.")

    @cached_property
    def _pages(self) -> frozenset[str]:
        """Keys of all pages that are known to exist."""
        tenant = self._given.tenant
        pages = [tenant.website, tenant.privacy.notice_url, *self._by_name]
        for office in tenant.offices:
            pages += [office.url, office.appointment_url or ""]
        for document in self._by_id.values():
            pages += [document.source_url or "", document.online_service_url or ""]
        return frozenset(_page(address) for address in map(normalised, pages) if address is not None)


def _page(address: str) -> str:
    """The same for a page with and without `www.`."""
    return page_key(address).removeprefix("www.")
