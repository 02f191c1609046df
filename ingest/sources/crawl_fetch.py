"""Fetches pages of a crawl: inside its scope, as robots.txt allows, redirects followed one by one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from protego import Protego

from ingest.sources.config import CrawlSource
from ingest.sources.crawl_address import Scope, host_of
from ingest.sources.crawl_ask import Asker, Failure, Found, site_of
from ingest.sources.crawl_http import AGENT, CrawlClient
from ingest.sources.crawl_report import Problem

MOST_REDIRECTS = 5
_ROBOTS_BYTES = 512_000
"""RFC 9309 asks for at least 500 KiB."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as the site, or the cache in its place, gave it."""

    address: str
    """After redirects, normalised."""
    content_type: str
    robots_tag: str
    body: bytes
    checked_at: datetime
    """When the site last said so, UTC."""
    stale: str
    """Why the cache had to stand in; empty when the page is as the site has it."""


class Fetcher:
    """The pages of one crawl. Not safe for use by several threads."""

    def __init__(self, source: CrawlSource, client: CrawlClient, cache: Path) -> None:
        self.scope = Scope.of(source)
        self._asker = Asker(source, client, cache)
        self._most_bytes = int(source.max_megabytes * 1e6)
        self._robots: dict[str, Protego | Failure] = {}

    def fetch(
        self, address: str, *, most_bytes: int | None = None, beginning: bool = False
    ) -> Fetched | Failure | None:
        """The page at a normalised address; None when it is, or is redirected to, one that 'exclude' names.

        `beginning`: the crawl hangs on it, so that its last copy stands in even when the site says that it is gone.
        """
        here, stale = address, ""
        for _ in range(MOST_REDIRECTS + 1):
            if self.scope.excludes(here):
                return None
            refused = self._refused(here)
            if refused is not None:
                return refused
            found = self._asker.ask(here, most_bytes or self._most_bytes, beginning=beginning)
            if isinstance(found, Failure):
                return found
            stale = stale or found.stale
            if not found.known.location:
                return _fetched(found, stale)
            here = found.known.location
        return Failure(Problem.FAILED, address, f"it is redirected more than {MOST_REDIRECTS} times")

    def tidy(self) -> None:
        """Clears the cache of what nobody has asked for in a month. Only after a crawl in which all answered."""
        self._asker.cache.tidy(datetime.now(UTC))

    def _refused(self, address: str) -> Failure | None:
        if not self.scope.has_host(address):
            return Failure(Problem.FOREIGN, address, f"{host_of(address)} is not allowed")
        rules = self._rules(address)
        if isinstance(rules, Failure):
            return replace(rules, reason=f"robots.txt cannot be read: {rules.reason}")
        return None if rules.can_fetch(address, AGENT) else Failure(Problem.ROBOTS, address, "")

    def _rules(self, address: str) -> Protego | Failure:
        site = site_of(address)
        if site not in self._robots:
            self._robots[site] = rules = self._read_rules(f"{site}/robots.txt")
            if isinstance(rules, Protego):
                self._asker.slow_down(address, _pause_s(rules))
        return self._robots[site]

    def _read_rules(self, address: str) -> Protego | Failure:
        """As RFC 9309 wants it: no robots.txt means that all is allowed, no answer that nothing is."""
        here = address
        for _ in range(MOST_REDIRECTS + 1):
            found = self._asker.ask(here, _ROBOTS_BYTES, beginning=False)
            if isinstance(found, Failure):
                if found.status in (0, 429) or found.status >= 500:
                    return found
                self._asker.keep_absent(address)
                break
            if not found.known.location:
                return Protego.parse(found.body.decode("utf-8", errors="replace"))
            here = found.known.location
            if not self.scope.has_host(here):
                break
        return Protego.parse("")


@contextmanager
def open_fetcher(source: CrawlSource, cache: Path) -> Iterator[Fetcher]:
    """A fetcher with connections of its own; `cache` is the source's folder for what earlier crawls brought."""
    with CrawlClient(source) as client:
        yield Fetcher(source, client, cache)


def _pause_s(rules: Protego) -> float:
    """Seconds between two requests that robots.txt asks for."""
    rate = rules.request_rate(AGENT)
    return max(rules.crawl_delay(AGENT) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)


def _fetched(found: Found, stale: str) -> Fetched:
    known = found.known
    return Fetched(known.address, known.content_type, known.robots_tag, found.body, known.checked_at, stale)
