"""Websites that are broken, or made to hurt whoever crawls them."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat

from ingest.findings import Severity
from tests.ingest.hostile.html_inputs import LIVE
from tests.ingest.hostile.pdf_inputs import good_pdf
from tests.ingest.hostile.raw_site import Bytes, answer
from tests.ingest.sources.website import bomb, html

_INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'
_LAUGHS = '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>http://x/&b;</loc></url></urlset>'
_QUICK = {"timeout_s": 0.5}
"""For sites that answer at their leisure."""


@dataclass(frozen=True)
class HostileSite:
    """A website, how it is crawled, and what must be said about it."""

    name: str
    answers: Callable[[str], Mapping[str, bytes | Bytes]]
    """By path, from the site's own address."""
    code: str
    severity: Severity
    fields: Mapping[str, object] = field(default_factory=dict)
    """Of the source."""
    begins: str = "start"
    """`start`, or `sitemap` for one at /sitemap.xml."""


def crawl_inputs() -> list[HostileSite]:
    cut = good_pdf("Satzung", "Die Gebühr beträgt 5 Euro.")[:500]
    return [
        _sitemap("sitemap-im-kreis", _cycle, Severity.WARNING),
        _sitemap("sitemap-bombe", lambda site: gzip.compress(b"<urlset>" + bytes(60 << 20)), Severity.ERROR),
        _sitemap("sitemap-lachen", lambda site: _LAUGHS.encode(), Severity.ERROR),
        _sitemap("sitemap-tief", lambda site: b"<urlset>" * 100_000, Severity.ERROR),
        _sitemap("sitemap-leere-elemente", lambda site: b"<urlset>" + b"<url/>" * 1_000_001, Severity.ERROR),
        _linked("umleitung-ins-eigene-netz", _moved("http://127.0.0.2/"), "crawl-private-address", _ALL_HOSTS),
        _linked("umleitung-zu-metadaten", _moved("http://169.254.169.254/"), "crawl-private-address", _ALL_HOSTS),
        _linked("umleitung-in-datei", _moved("file:///etc/passwd"), "crawl-failed"),
        _linked("umleitung-im-kreis", _moved("/seite"), "crawl-failed"),
        _linked("gzip-bombe", answer(bomb(), head="Content-Encoding: gzip\r\n"), "crawl-failed"),
        _linked("gzip-muell", answer(b"kein gzip", head="Content-Encoding: gzip\r\n"), "crawl-failed"),
        _linked("fremde-packung", answer(b"x", head="Content-Encoding: br\r\n"), "crawl-failed"),
        _linked("endlos", _endless, "crawl-failed"),
        _linked("tropfender-kopf", _dripping, "crawl-failed", _QUICK),
        _linked("zu-kurz", lambda: iter([answer(html("Kurz"), length=10_000)]), "crawl-failed", _QUICK),
        _linked("riesiger-kopf", answer(html("Kopf"), head=f"X-Kopf: {'a' * 5_000_000}\r\n"), "crawl-failed"),
        _linked("kekse", answer(html("Kekse"), head=f"Set-Cookie: a={'b' * 4000}\r\n" * 1000), "crawl-failed"),
        _linked("kein-http", b"\x00\x01\x02 kein HTTP\r\n\r\n", "crawl-failed"),
        _linked("kaputtes-pdf", answer(cut, "application/pdf"), "damaged-file"),
        _linked("fremde-kodierung", answer("Größe".encode("latin-1"), "text/html; charset=idna"), "encoding-guessed"),
        _linked("lebendig", answer(html("Lebendig", text=LIVE)), "html-in-text"),
        _linked("skript-links", answer(html("Links", "javascript:alert(1)", "mailto:a@b.example")), "active-content"),
        _linked("riesige-robots", answer(html("Nie gelesen")), "crawl-failed", robots=_large_robots,
                severity=Severity.ERROR),
        _linked("robots-verbietet", answer(html("Nie gelesen")), "crawl-robots",
                robots=answer(b"User-agent: *\nDisallow: /seite\nDisallow: /*a*a*a*a*a*a*a*a*b", "text/plain")),
        HostileSite("zehntausend-links", _many_links, "crawl-page-limit", Severity.WARNING, {"max_pages": 5}),
    ]  # fmt: skip


def good_site(site: str) -> Mapping[str, bytes | Bytes]:
    """Two pages and nothing else."""
    return {"/": answer(html("Gute Startseite", "/gut")), "/gut": answer(html("Gute Seite"))}


_NO_ROBOTS = answer(b"", "text/plain")
_ALL_HOSTS = {"allowed_hosts": ["127.0.0.1", "127.0.0.2", "169.254.169.254"]}


def _sitemap(name: str, body: Callable[[str], bytes], severity: Severity) -> HostileSite:
    def answers(site: str) -> Mapping[str, bytes | Bytes]:
        return {"/sitemap.xml": answer(body(site), "application/xml")}

    return HostileSite(name, answers, "crawl-sitemap", severity, begins="sitemap")


def _linked(
    name: str,
    page: bytes | Bytes,
    code: str,
    fields: Mapping[str, object] | None = None,
    robots: bytes | Bytes = _NO_ROBOTS,
    severity: Severity = Severity.WARNING,
) -> HostileSite:
    """A site with a good start page and one hostile page that it links to."""

    def answers(site: str) -> Mapping[str, bytes | Bytes]:
        start = answer(html(f"Start von {name}", "/seite"))
        return {"/": start, "/seite": page, "/robots.txt": robots}

    return HostileSite(name, answers, code, severity, fields or {})


def _moved(target: str) -> bytes:
    return answer(b"", status="302 Found", head=f"Location: {target}\r\n")


def _cycle(site: str) -> bytes:
    return _INDEX.format(f"<sitemap><loc>{site}/sitemap.xml</loc></sitemap>").encode()


def _endless() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    yield from repeat(b"<p>noch ein Absatz</p>" * 5000)


def _dripping() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    yield from repeat(b"X")


def _large_robots() -> Iterator[bytes]:
    """100 MB, of which nobody needs to read more than half a megabyte."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
    yield from repeat(b"Disallow: /nichts\n" * 5000, 1100)


def _many_links(site: str) -> Mapping[str, bytes | Bytes]:
    links = [f"/{number}/{'x' * 100}" for number in range(10_000)]
    return {"/": answer(html("Zehntausend", *links)), **{link: answer(html(f"Seite {link[:5]}")) for link in links[:9]}}
