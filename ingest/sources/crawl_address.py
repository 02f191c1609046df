"""Addresses of a crawl: one spelling for a page, and which ones may be asked."""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Self

import httpx

from ingest.sources.config import CrawlSource

_TRACKING = re.compile(
    r"(?:utm_.*|mtm_.*|matomo_.*|pk_.*|piwik_.*|hsa_.*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid"
    r"|mc_cid|mc_eid|_ga|_gl|phpsessid|jsessionid|aspsessionid.*|cfid|cftoken|sessionid)",
    re.IGNORECASE,
)
"""Query fields that name a visit or a campaign, never a page."""
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_.-]+|[0-9a-f:.]+")
"""A name in ASCII (IDNA), or an IP address."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MOST_CHARS = 2000


def normalised(address: str, base: str = "") -> str | None:
    """An absolute address without fragment, tracking, session and default port; None for what is no web address.

    `base` is the address of the page that names it. Addresses with a user name or password count as none.
    """
    try:
        url = httpx.URL(base).join(address.strip()) if base else httpx.URL(address.strip())
    except (httpx.InvalidURL, ValueError):
        return None
    if url.scheme not in _DEFAULT_PORTS or not _HOST.fullmatch(_ascii_host(url)) or url.userinfo:
        return None
    fields = url.query.decode("ascii").split("&")
    query = "&".join(field for field in fields if field and not _TRACKING.fullmatch(field.partition("=")[0]))
    path = _SESSION_IN_PATH.sub("", url.raw_path.decode("ascii").partition("?")[0]) or "/"
    found = f"{url.scheme}://{_host_and_port(url)}{path}{'?' if query else ''}{query}"
    return found if len(found) <= _MOST_CHARS else None


def page_key(address: str) -> str:
    """The same for all spellings of one page: http or https, with or without a slash at the end."""
    before, mark, query = address.partition("://")[2].partition("?")
    return f"{before.rstrip('/')}{mark}{query}"


def host_of(address: str) -> str:
    """Host in ASCII (IDNA), lower case, without port."""
    return _ascii_host(httpx.URL(address))


def path_and_query(address: str) -> str:
    """What patterns are matched against, as people write it: `/bürgerservice?id=7`."""
    url = httpx.URL(address)
    query = url.query.decode("ascii")
    return f"{url.path}?{query}" if query else url.path


@dataclass(frozen=True, slots=True)
class Scope:
    """Which addresses a crawl may ask for, and which pages become texts."""

    hosts: frozenset[str]
    ports: frozenset[int]
    include: tuple[str, ...]
    exclude: tuple[str, ...]

    @classmethod
    def of(cls, source: CrawlSource) -> Self:
        """Besides 80 and 443, only the ports that the source itself names."""
        beginnings = [httpx.URL(url) for url in (source.start, source.sitemap) if url is not None]
        return cls(
            hosts=frozenset(_ascii_host(httpx.URL(f"http://{host}")) for host in source.hosts),
            ports=frozenset({80, 443} | {url.port for url in beginnings if url.port is not None}),
            include=source.include,
            exclude=source.exclude,
        )

    def excludes(self, address: str) -> bool:
        return _matches(address, self.exclude)

    def has_host(self, address: str) -> bool:
        """Whether the host of a normalised address, and its port, may be asked."""
        url = httpx.URL(address)
        return _ascii_host(url) in self.hosts and (url.port or _DEFAULT_PORTS[url.scheme]) in self.ports

    def wants(self, address: str) -> bool:
        """Whether the page becomes a text; other pages are only asked for their links."""
        return not self.include or _matches(address, self.include)


def _matches(address: str, patterns: tuple[str, ...]) -> bool:
    place = path_and_query(address)
    return any(fnmatchcase(place, pattern) for pattern in patterns)


def _ascii_host(url: httpx.URL) -> str:
    return url.raw_host.decode("ascii").rstrip(".").lower()


def _host_and_port(url: httpx.URL) -> str:
    host = _ascii_host(url)
    shown = f"[{host}]" if ":" in host else host
    return shown if url.port in (None, _DEFAULT_PORTS[url.scheme]) else f"{shown}:{url.port}"
