"""Crawls from a sitemap: nested, packed, cyclic and broken ones."""

import gzip
from pathlib import Path

import pytest

from ingest.findings import Severity
from ingest.sources import crawl_sitemap
from ingest.sources.config import CrawlSource
from ingest.sources.crawl import read_crawl
from tests.ingest.sources.crawls import codes, messages, source, titles
from tests.ingest.sources.website import Reply, Website, html

XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urls(site: Website, *paths: str) -> bytes:
    entries = "".join(f"<url>\n<loc> {site.url(path)} </loc><lastmod>2026-01-01</lastmod></url>" for path in paths)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {XMLNS}>{entries}</urlset>'.encode()


def index(site: Website, *paths: str) -> bytes:
    entries = "".join(f"<sitemap><loc>{site.url(path)}</loc></sitemap>" for path in paths)
    return f"<sitemapindex {XMLNS}>{entries}</sitemapindex>".encode()


def xml(body: bytes) -> Reply:
    return Reply(body, content_type="application/xml")


def from_sitemap(site: Website) -> CrawlSource:
    return source(sitemap=site.url("/sitemap.xml"))


def test_only_the_pages_of_the_sitemap_are_read_in_its_order(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/sitemap.xml": xml(urls(site, "/b", "/a", "/b/")),
        "/a": Reply(html("A", "/c")),
        "/b": Reply(html("B", "/c")),
    }
    results = list(read_crawl(from_sitemap(site), tmp_path))
    assert titles(results) == ["B", "A"]
    assert codes(results) == []
    assert site.paths == ["/sitemap.xml", "/b", "/a"]


def test_nested_and_packed_sitemaps_and_lists_are_followed(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/sitemap.xml": xml(index(site, "/eins.xml.gz", "/zwei.txt")),
        "/eins.xml.gz": Reply(gzip.compress(urls(site, "/a")), content_type="application/gzip"),
        "/zwei.txt": Reply(f"{site.url('/b')}\r\n\r\n".encode(), content_type="text/plain"),
        "/a": Reply(html("A")),
        "/b": Reply(html("B")),
    }
    assert titles(read_crawl(from_sitemap(site), tmp_path)) == ["A", "B"]


def test_a_circle_of_sitemaps_ends_with_a_finding(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/sitemap.xml": xml(index(site, "/zwei.xml", "/drei.xml")),
        "/zwei.xml": xml(index(site, "/sitemap.xml", "/drei.xml")),
        "/drei.xml": xml(urls(site, "/a")),
        "/a": Reply(html("A")),
    }
    results = list(read_crawl(from_sitemap(site), tmp_path))
    assert titles(results) == ["A"]
    assert codes(results) == [("crawl-sitemap", Severity.WARNING, site.url("/sitemap.xml"))]
    assert f"by way of {site.url('/zwei.xml')}" in messages(results)
    assert site.paths.count("/drei.xml") == 1


@pytest.mark.parametrize(
    "body",
    [
        b"<urlset><url><loc>http://a.example/</loc>",
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>',
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
        b"\xff\xfe\x00kein Text",
        b"\x1f\x8bnicht gepackt",
    ],
)
def test_a_broken_or_hostile_sitemap_is_an_error_that_names_it(site: Website, tmp_path: Path, body: bytes) -> None:
    site.replies = {"/sitemap.xml": xml(body)}
    results = list(read_crawl(from_sitemap(site), tmp_path))
    assert titles(results) == []
    assert ("crawl-sitemap", Severity.ERROR, site.url("/sitemap.xml")) in codes(results)
    assert "passwd" not in messages(results)


def test_a_broken_sitemap_below_another_is_a_warning(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/sitemap.xml": xml(index(site, "/kaputt.xml", "/weg.xml", "/gut.xml")),
        "/kaputt.xml": xml(b"<a>"),
        "/gut.xml": xml(urls(site, "/a")),
        "/a": Reply(html("A")),
    }
    results = list(read_crawl(from_sitemap(site), tmp_path))
    assert titles(results) == ["A"]
    assert codes(results) == [
        ("crawl-failed", Severity.WARNING, site.url("/weg.xml")),
        ("crawl-sitemap", Severity.WARNING, site.url("/kaputt.xml")),
    ]


def test_a_packed_bomb_is_not_unpacked(site: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawl_sitemap, "SITEMAP_BYTES", 1 << 20)
    bomb = gzip.compress(b"<urlset>" + b" " * (5 << 20) + b"</urlset>")
    site.replies = {"/sitemap.xml": Reply(bomb, content_type="application/gzip")}
    results = list(read_crawl(from_sitemap(site), tmp_path))
    assert "it unpacks to more than 1 MiB" in messages(results)


def test_addresses_on_other_hosts_are_named_in_one_finding(site: Website, tmp_path: Path) -> None:
    listed = urls(site, "/a").replace(b"</urlset>", b"<url><loc>https://www.b.example/x</loc></url></urlset>")
    site.replies = {"/sitemap.xml": xml(listed), "/a": Reply(html("A"))}
    results = list(read_crawl(from_sitemap(site), tmp_path))
    assert titles(results) == ["A"]
    assert codes(results) == [("crawl-foreign-host", Severity.WARNING, site.url("/sitemap.xml"))]


def test_start_page_and_sitemap_complete_each_other(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/sitemap.xml": xml(urls(site, "/a", "/c")),
        "/": Reply(html("Start", "/a")),
        "/a": Reply(html("A")),
        "/c": Reply(html("C", "/d")),
        "/d": Reply(html("D")),
    }
    crawl = source(start=site.url("/"), sitemap=site.url("/sitemap.xml"))
    assert titles(read_crawl(crawl, tmp_path)) == ["Start", "A", "C", "D"]


def test_no_more_sitemaps_are_read_than_max_pages_needs(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/sitemap.xml": xml(index(site, "/eins.xml", "/zwei.xml")),
        "/eins.xml": xml(urls(site, "/a", "/b")),
        "/a": Reply(html("A")),
    }
    crawl = source(sitemap=site.url("/sitemap.xml"), max_pages=1)
    assert codes(read_crawl(crawl, tmp_path)) == [("crawl-page-limit", Severity.WARNING, site.url("/sitemap.xml"))]
    assert "/zwei.xml" not in site.paths
