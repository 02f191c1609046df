"""Asks for one address: at the site's pace, only if it may have changed, and from the cache when the site is down."""

import hashlib
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from ingest.sources.config import CrawlSource
from ingest.sources.crawl_address import normalised
from ingest.sources.crawl_cache import CrawlCache, Remembered
from ingest.sources.crawl_http import Answer, CrawlClient, NoAnswerError, PrivateAddressError
from ingest.sources.crawl_report import Problem

_GIVE_UP_AFTER = 3
"""Failures in a row after which a site counts as down, so that 500 pages don't cost 500 timeouts."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no page. `address` is the one that failed, to which redirects may have led."""

    problem: Problem
    address: str
    reason: str
    status: int = 0
    """0 without an answer."""


@dataclass(frozen=True, slots=True)
class Found:
    """Headers and body of one answer, or of the cached one in its place."""

    known: Remembered
    body: bytes
    stale: str = ""
    """Why the cache had to stand in; empty when the site says that this is how the page is."""


class Asker:
    """The requests of one crawl, one after the other."""

    def __init__(self, source: CrawlSource, client: CrawlClient, cache: Path) -> None:
        self.cache = CrawlCache(cache)
        self._client = client
        self._pause_s = 1 / source.requests_per_second
        self._reuse = timedelta(minutes=source.reuse_minutes)
        self._ends = time.monotonic() + source.max_minutes * 60
        self._pauses_s: dict[str, float] = {}
        self._next: dict[str, float] = {}
        self._failures: Counter[str] = Counter()

    def slow_down(self, address: str, pause_s: float) -> None:
        """Waits at least so long between two requests to the site of that address."""
        self._pauses_s[site_of(address)] = max(pause_s, self._pause_s)

    def keep_absent(self, address: str) -> None:
        """Remembers an address that the site doesn't have as an empty page, to go by while the site is down."""
        self._keep(address, Answer(httpx.codes.OK, "", "", "", "", "", b""), "")

    def ask(self, address: str, most_bytes: int, *, beginning: bool) -> Found | Failure:
        """Asks once, following no redirect.

        `beginning`: all the rest hangs on this page, so that its last copy stands in even when the site says that it
        is gone or forbidden.
        """
        cached = self.cache.find(address)
        kept = Found(*cached) if cached else None
        now = datetime.now(UTC)
        if kept is not None and now - self._reuse < kept.known.checked_at <= now:
            return kept
        site = site_of(address)
        if self._failures[site] >= _GIVE_UP_AFTER:
            found: Found | Failure = Failure(Problem.FAILED, address, f"{site} did not answer before")
        elif not self._wait(site):
            found = Failure(Problem.TIME_LIMIT, address, "the time for the crawl was over")
        else:
            found = self._request(site, address, kept, most_bytes)
        if isinstance(found, Found) or found.problem is Problem.PRIVATE:
            return found
        if kept is not None and (beginning or found.status == 0 or _is_temporary(found.status)):
            return replace(kept, stale=found.reason)
        if kept is not None:
            self.cache.forget(address)
        return found

    def _wait(self, site: str) -> bool:
        """Waits for the site's next turn; False, at once, when that is after the end of the crawl."""
        now = time.monotonic()
        turn = max(now, self._next.get(site, now))
        if turn >= self._ends:
            return False
        time.sleep(turn - now)
        self._next[site] = turn + self._pauses_s.get(site, self._pause_s)
        return True

    def _request(self, site: str, address: str, kept: Found | None, most_bytes: int) -> Found | Failure:
        try:
            answer = self._client.get(address, kept.known.conditions if kept else {}, most_bytes)
        except PrivateAddressError as error:
            return Failure(Problem.PRIVATE, address, str(error))
        except NoAnswerError as error:
            self._failures[site] += not error.unusable
            return Failure(Problem.FAILED, address, str(error))
        self._failures[site] = self._failures[site] + 1 if _is_temporary(answer.status) else 0
        if answer.status == httpx.codes.NOT_MODIFIED and kept is not None:
            known = kept.known.model_copy(update={"checked_at": datetime.now(UTC)})
            self.cache.renew(known)
            return replace(kept, known=known)
        location = normalised(answer.location, address) if answer.status in _REDIRECTS else None
        if location is None and answer.status != httpx.codes.OK:
            return Failure(Problem.FAILED, address, f"the site answers {answer.status}", answer.status)
        return self._keep(address, answer, location or "")

    def _keep(self, address: str, answer: Answer, location: str) -> Found:
        known = Remembered(
            address=address,
            content_type=answer.content_type,
            location=location,
            etag=answer.etag,
            last_modified=answer.last_modified,
            robots_tag=answer.robots_tag,
            checked_at=datetime.now(UTC),
            body_hash=hashlib.sha256(answer.body).hexdigest(),
        )
        self.cache.keep(known, answer.body)
        return Found(known, answer.body)


def site_of(address: str) -> str:
    """Scheme, host and port: what has a robots.txt of its own."""
    url = httpx.URL(address)
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _is_temporary(status: int) -> bool:
    return status == httpx.codes.TOO_MANY_REQUESTS or status >= 500
