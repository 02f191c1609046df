"""How long the server takes for each page of the console: the navigation's, those that they link to, and files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from statistics import median
from time import perf_counter
from urllib.parse import urljoin, urlsplit

import httpx
from psutil import Process

from app.console.access import COOKIE, COOKIE_PATH
from app.console.navigation import GROUPS
from app.errors import NotReadyError

PAGE_GOAL_MS = 100.0
FIRST_GOAL_MS = 2_000.0
"""Of a page's very first view after a start: it may say that something is not ready, but it must not keep anybody."""
_TIMES = 7
_LONGEST_WAIT_S = 600
_IDLE_S = 3.0
_IDLE_PERCENT = 10.0
_BELOW_EACH = 3
"""Links followed from each page to pages below it, and as many to the page itself with other filters."""
_SEARCHES = (
    "/answers?text=Personalausweis",
    "/answers?text=gibt-es-nicht",
    "/answers?status=not_in_knowledge",
    "/answers?rating=unhelpful",
    "/answers?judged=wrong",
    "/answers?until=2000-01-01",
)
_FILES = ("/figures.csv?period=12m", "/tasks.csv", "/concerns.csv")
_LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
_DOWNLOAD = re.compile(r"\.(?:csv|zip|json|yaml|md)$")


@dataclass(frozen=True, slots=True)
class PageTime:
    """A page of the console, in milliseconds from the request sent to the last byte of the reply."""

    path: str
    """With its query, without the part that names the town."""
    first_ms: float
    """Of the first request, when nothing is in any cache."""
    median_ms: float
    processor_ms: float
    """What the server's process computed per request: what is left of `median_ms` on a machine that is not busy. To the
    nearest millisecond or two."""
    size_kb: float


def page_times(url: str, tenant: str, token: str, server: Process) -> tuple[PageTime, ...]:
    """Every page that was found, each asked for several times on one connection to that server.

    Raises:
        NotReadyError: a page failed; the message names it.
    """
    base = f"{COOKIE_PATH}/{tenant}"
    cookies = {COOKIE: token}
    with httpx.Client(base_url=url, cookies=cookies, timeout=120, trust_env=False) as client:
        entries = [f"{base}{entry.path}" for group in GROUPS for entry in group.entries]
        searches = [base + search for search in (*_SEARCHES, *_FILES)]
        first = {path: _page(client, path) for path in (*entries, *searches)}
        _wait_until_idle(server)
        for path in entries[1:]:  # the overview only links to the others
            below = _links_below(_page(client, path), path)  # of a page that had to say that it was not ready, too
            first |= {link: _page(client, link) for link in below if link not in first}
        _wait_until_idle(server)
        return tuple(_timed(client, path, page, base, server) for path, page in first.items())


def _wait_until_idle(server: Process) -> None:
    """Until what the first visits have set off is done, such as sorting unanswered questions by meaning; at most ten
    minutes."""
    ends = perf_counter() + _LONGEST_WAIT_S
    while perf_counter() < ends and server.cpu_percent(interval=_IDLE_S) > _IDLE_PERCENT:
        pass


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    took_ms: float


def _timed(client: httpx.Client, path: str, first: _Page, base: str, server: Process) -> PageTime:
    before = _computed_ms(server)
    times = [_page(client, path).took_ms for _ in range(_TIMES)]
    return PageTime(
        path=path.removeprefix(base) or "/",
        first_ms=first.took_ms,
        median_ms=median(times),
        processor_ms=(_computed_ms(server) - before) / _TIMES,
        size_kb=len(first.text.encode()) / 1000,
    )


def _computed_ms(server: Process) -> float:
    used = server.cpu_times()
    return float(used.user + used.system) * 1000


def _page(client: httpx.Client, path: str) -> _Page:
    started = perf_counter()
    reply = client.get(path)
    took_ms = (perf_counter() - started) * 1000
    if reply.status_code != httpx.codes.OK:
        raise NotReadyError(f"The console's page {path} answered {reply.status_code}: see the server's log.")
    return _Page(reply.text, took_ms)


def _links_below(page: _Page, path: str) -> Iterator[str]:
    """The first few pages below this one, and the first few of its own with other queries."""
    below, filtered = 0, 0
    for address in dict.fromkeys(urljoin(path, unescape(found)) for found in _LINK.findall(page.text)):
        parts = urlsplit(address)
        if parts.netloc or _DOWNLOAD.search(parts.path):
            continue
        if parts.path.startswith(f"{path}/") and below < _BELOW_EACH:
            below += 1
            yield address
        elif parts.path == path and parts.query and filtered < _BELOW_EACH:
            filtered += 1
            yield address
