"""What is kept between crawls: 304 instead of pages, and the last texts while a site is down."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from app.errors import KnowledgeError
from ingest.findings import Severity
from ingest.prepared import prepare
from ingest.sources.crawl import read_crawl
from ingest.sources.crawl_cache import CrawlCache, Remembered, crawl_folder
from tests.ingest.sources.crawls import DEFAULTS, codes, from_start, messages, source, titles
from tests.ingest.sources.website import Reply, Website, html
from tests.knowledge import TENANT, copy_knowledge


def remembered(address: str, body: bytes, checked_at: datetime) -> Remembered:
    return Remembered(address=address, checked_at=checked_at, body_hash=hashlib.sha256(body).hexdigest())


def test_an_unchanged_site_answers_304_and_gives_the_same_texts(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/": Reply(html("Start", "/hund"), headers={"ETag": '"start-1"'}),
        "/hund": Reply(html("Hund anmelden"), headers={"ETag": '"hund-1"'}),
    }
    first = list(read_crawl(from_start(site), tmp_path))
    site.asked.clear()
    assert list(read_crawl(from_start(site), tmp_path)) == first
    assert [(asked.path, asked.status) for asked in site.asked[1:]] == [("/", 304), ("/hund", 304)]


def test_the_day_of_the_last_change_is_asked_with_too(site: Website, tmp_path: Path) -> None:
    day = "Wed, 21 Oct 2026 07:28:00 GMT"
    site.replies = {"/": Reply(html("Start"), headers={"Last-Modified": day})}
    for _ in range(2):
        list(read_crawl(from_start(site), tmp_path))
    assert site.asked[-1].headers["if-modified-since"] == day


def test_a_changed_page_is_read_anew(site: Website, tmp_path: Path) -> None:
    site.replies = {"/": Reply(html("Start"), headers={"ETag": '"1"'})}
    list(read_crawl(from_start(site), tmp_path))
    site.replies = {"/": Reply(html("Willkommen"), headers={"ETag": '"2"'})}
    assert titles(read_crawl(from_start(site), tmp_path)) == ["Willkommen"]


def test_a_site_that_is_down_gives_the_texts_of_the_last_crawl_and_a_warning(site: Website, tmp_path: Path) -> None:
    paths = [f"/seite{number}" for number in range(8)]
    site.replies = {"/": Reply(html("Start", *paths)), **{path: Reply(html(path[1:])) for path in paths}}
    before = list(read_crawl(from_start(site), tmp_path))
    site.down = True
    site.asked.clear()
    after = list(read_crawl(from_start(site), tmp_path))
    assert [result.document for result in after] == [result.document for result in before]
    assert codes(after) == [("crawl-stale", Severity.WARNING, site.url("/"))]
    assert "9 pages are as an earlier crawl found them" in messages(after)
    assert "and 4 more" in messages(after)
    assert len(site.asked) == 3


def test_a_sitemap_that_is_gone_leaves_its_pages(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/sitemap.txt": Reply(site.url("/a").encode(), content_type="text/plain"),
        "/a": Reply(html("A")),
    }
    crawl = source(sitemap=site.url("/sitemap.txt"))
    assert titles(read_crawl(crawl, tmp_path)) == ["A"]
    del site.replies["/sitemap.txt"]
    results = list(read_crawl(crawl, tmp_path))
    assert titles(results) == ["A"]
    assert codes(results) == [("crawl-stale", Severity.WARNING, site.url("/sitemap.txt"))]


def test_a_page_that_is_gone_is_gone(site: Website, tmp_path: Path) -> None:
    site.replies = {"/": Reply(html("Start", "/a")), "/a": Reply(html("A"))}
    list(read_crawl(from_start(site), tmp_path))
    del site.replies["/a"]
    for _ in range(2):
        results = list(read_crawl(from_start(site), tmp_path))
        assert titles(results) == ["Start"]
        assert codes(results) == [("crawl-failed", Severity.WARNING, site.url("/a"))]
        site.replies["/a"] = Reply(status=503)


def test_what_was_just_read_is_not_asked_for_again(site: Website, tmp_path: Path) -> None:
    site.replies = {"/": Reply(html("Start", "/neu")), "/neu": Reply(status=302, headers={"Location": "/"})}
    first = titles(read_crawl(from_start(site, reuse_minutes=10), tmp_path))
    site.asked.clear()
    assert titles(read_crawl(from_start(site, reuse_minutes=10), tmp_path)) == first
    assert site.asked == []


def test_damaged_files_in_the_cache_are_read_anew(site: Website, tmp_path: Path) -> None:
    site.replies = {"/": Reply(html("Start", "/a"), headers={"ETag": '"1"'}), "/a": Reply(html("A"))}
    for damage in (b"", b"{", b"\xff\x00"):
        list(read_crawl(from_start(site), tmp_path))
        for path in (path for path in tmp_path.rglob("*") if path.is_file()):
            path.write_bytes(damage)
        assert titles(read_crawl(from_start(site), tmp_path)) == ["Start", "A"]


def test_tidying_forgets_what_nobody_asked_for_in_a_month(tmp_path: Path) -> None:
    cache, now = CrawlCache(tmp_path), datetime.now(UTC)
    for name, days in (("alt", 32), ("neu", 28)):
        cache.keep(remembered(f"http://a.example/{name}", name.encode(), now - timedelta(days=days)), name.encode())
    half_written = tmp_path / "headers" / ".killed.json.7-7.part"
    half_written.touch()
    cache.tidy(now)
    assert half_written.exists()
    assert cache.find("http://a.example/alt") is None
    assert cache.find("http://a.example/neu") is not None
    cache.tidy(now + timedelta(days=1.5))
    assert sorted(path.read_bytes() for path in (tmp_path / "bodies").iterdir()) == [b"neu"]
    assert not half_written.exists()


def test_a_cache_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "crawl").write_bytes(b"")
    with pytest.raises(KnowledgeError, match="cannot be written"):
        CrawlCache(tmp_path / "crawl")


def test_each_town_has_a_cache_of_its_own(tmp_path: Path) -> None:
    assert crawl_folder(tmp_path, "musterstadt") == tmp_path / "musterstadt" / "crawl"


def test_publishing_uses_the_cache_of_the_town(site: Website, tmp_path: Path) -> None:
    knowledge, data = copy_knowledge(tmp_path / "knowledge", ()), tmp_path / "data"
    crawl = {"kind": "crawl", "start": site.url("/"), "allow_private_addresses": True, "reuse_minutes": 0}
    sources = {"sources": [{**crawl, "requests_per_second": 20, "defaults": DEFAULTS}]}
    (knowledge / TENANT / "sources.yaml").write_text(yaml.safe_dump(sources), encoding="utf-8")
    site.replies = {"/": Reply(html("Hund anmelden"))}
    first = prepare(knowledge, data, TENANT).checked
    site.down = True
    second = prepare(knowledge, data, TENANT).checked
    assert [document.title for document in second.documents] == ["Hund anmelden"]
    assert second.documents == first.documents
    assert [finding.code for finding in second.findings if finding not in first.findings] == ["crawl-stale"]
