"""Asks the web, on request, whether the addresses in the texts still lead somewhere."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import httpx

from app.version import code_version
from ingest.checks.check import CheckInput
from ingest.checks.config import LinkRules
from ingest.checks.found_links import links_of
from ingest.checks.place import line_of
from ingest.document import Module
from ingest.findings import Finding, Severity
from ingest.sources.crawl_address import host_of, normalised
from ingest.sources.crawl_http import AGENT
from ingest.sources.crawl_network import NETWORK_ERRORS, Deadline, GuardedTransport, RefusedAddressError

_ALIVE = frozenset({401, 402, 403, 407, 429, 451, 503})
"""The page exists, but does not want to be read by a program, or not now."""
_MOST_REDIRECTS = 5
_SILENT_AFTER = 2
"""Addresses without an answer after which a host counts as down and is not asked for the others."""


def check_external_links(given: CheckInput) -> Iterator[Finding]:
    """A warning for each use of an address that answers with an error, or not at all. Each address is asked once."""
    with closing(_Asker(given.config.links)) as asker:
        for use in _uses(given):
            problem = asker.problem(use.address)
            if problem is not None:
                yield Finding(
                    "dead-link", Severity.WARNING, use.name,
                    line_of(given.folder, use.name, use.module, use.words) if use.module else 0,
                    f"'{use.address}': {problem.english}", "correct the link, or remove it",
                    quote=use.words, german=f"Die Adresse „{use.address}“: {problem.german}",
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Use:
    """One address in one text, or in tenant.yaml."""

    name: str
    address: str
    words: str
    module: Module | None = None


def _uses(given: CheckInput) -> Iterator[_Use]:
    for office in given.tenant.offices:
        for address in (office.url, office.appointment_url):
            if address:
                yield _Use("tenant.yaml", address, address)
    for text in given.texts:
        for field in (text.document.source_url, text.document.online_service_url):
            if field:
                yield _Use(text.name, field, field)
        for link in links_of(text):
            if link.target.startswith(("http://", "https://")):
                yield _Use(text.name, link.target, link.words, link.module)


@dataclass(frozen=True, slots=True)
class _Problem:
    english: str
    german: str


_NO_ADDRESS = _Problem("this is no web address", "Das ist keine gültige Adresse.")


class _Asker:
    """Asks each address once, at the configured pace a host."""

    def __init__(self, rules: LinkRules) -> None:
        self._pause_s = 1 / rules.requests_per_second
        self._timeout_s = rules.timeout_seconds
        self._deadline = Deadline(0)
        self._client = httpx.Client(
            transport=GuardedTransport(self._deadline, rules.allow_private_addresses, rules.proxy),
            follow_redirects=True,
            max_redirects=_MOST_REDIRECTS,
            timeout=rules.timeout_seconds,
            headers={"User-Agent": f"{AGENT}/{code_version()} (link check)"},
        )
        self._known: dict[str, _Problem | None] = {}
        self._next: dict[str, float] = {}
        self._silent: Counter[str] = Counter()

    def close(self) -> None:
        """Ends the connections."""
        self._client.close()

    def problem(self, address: str) -> _Problem | None:
        """Why an address is of no use; None when it is."""
        wanted = normalised(address)
        if wanted is None:
            return _NO_ADDRESS
        if wanted not in self._known:
            self._known[wanted] = self._ask(wanted)
        return self._known[wanted]

    def _ask(self, address: str) -> _Problem | None:
        host = host_of(address)
        if self._silent[host] >= _SILENT_AFTER:
            return _Problem(f"{host} did not answer before", f"{host} hat schon vorher nicht geantwortet.")
        try:
            status = self._status("HEAD", address, host)
            if status >= 400:  # many servers answer HEAD wrongly
                status = self._status("GET", address, host)
        except RefusedAddressError as error:
            return _Problem(f"it leads to a private network ({error})", "Sie führt in ein privates Netz.")
        except httpx.TooManyRedirects:
            return _Problem("it redirects without end", "Sie leitet endlos weiter.")
        except NETWORK_ERRORS as error:
            self._silent[host] += 1
            return _Problem(f"no answer ({error or type(error).__name__})", "Sie antwortet nicht.")
        if status < 400 or status in _ALIVE:
            return None
        return _Problem(f"the server answers {status}", f"Der Server meldet den Fehler {status}.")

    def _status(self, method: str, address: str, host: str) -> int:
        now = time.monotonic()
        turn = max(now, self._next.get(host, now))
        time.sleep(turn - now)
        self._next[host] = turn + self._pause_s
        self._deadline.at = time.monotonic() + self._timeout_s
        with self._client.stream(method, address) as response:
            return response.status_code
