"""Sitemaps are read element by element; what is none, or a trap, is told apart."""

import gzip
import tracemalloc

import pytest

from ingest.sources.crawl_http import TooLargeError
from ingest.sources.crawl_sitemap_entries import UNREADABLE, sitemap_entries

_LIMIT = 10_000_000


def test_pages_and_sitemaps_are_told_apart_and_pictures_are_none() -> None:
    body = (
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:i="images"><url><i:image><i:loc>http://b/</i:loc>'
        b"</i:image><loc> http://a/ </loc><lastmod>2026</lastmod></url><url><lastmod>2026</lastmod></url>"
        b"<sitemap><loc>http://c/</loc></sitemap></urlset>"
    )
    assert list(sitemap_entries(body, _LIMIT)) == [(False, "http://a/"), (True, "http://c/")]
    assert list(sitemap_entries(gzip.compress(body), _LIMIT)) == [(False, "http://a/"), (True, "http://c/")]


def test_a_list_of_lines_is_a_sitemap_too() -> None:
    assert list(sitemap_entries(b"\xef\xbb\xbfhttp://a/\n\n http://b/\n", _LIMIT)) == [
        (False, "http://a/"),
        (False, "http://b/"),
    ]


@pytest.mark.parametrize(
    "body",
    [b"<urlset>" * 100, b"<urlset>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", b"\x1f\x8bkein gzip", b"\xff\xfe\xfd",
     b"<?xml version='1.0' encoding='utf-99'?><urlset/>"],
)  # fmt: skip
def test_what_is_no_sitemap_is_told(body: bytes) -> None:
    with pytest.raises(UNREADABLE):
        list(sitemap_entries(body, _LIMIT))


def test_a_packed_one_may_not_unpack_to_more_than_allowed() -> None:
    with pytest.raises(TooLargeError):
        list(sitemap_entries(gzip.compress(bytes(2_000_000)), 1_000_000))


def test_elements_that_were_read_are_forgotten() -> None:
    body = b"<urlset>" + b"<a/><url><b/><b/></url>" * 20_000 + b"</urlset>"
    tracemalloc.start()
    assert list(sitemap_entries(body, _LIMIT)) == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * len(body)
