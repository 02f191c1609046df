"""One spelling for a page, and which addresses are inside a crawl."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.config import CrawlSource
from ingest.sources.crawl_address import Scope, normalised, page_key, path_and_query


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HTTPS://WWW.A.Example:443", "https://www.a.example/"),
        ("https://a.example/x#kosten", "https://a.example/x"),
        ("https://a.example/x?utm_source=brief&id=7&fbclid=1", "https://a.example/x?id=7"),
        ("https://a.example/x?PHPSESSID=1", "https://a.example/x"),
        ("https://a.example/x;jsessionid=A1?id=7", "https://a.example/x?id=7"),
        ("https://a.example./x", "https://a.example/x"),
        ("https://a.example/b/../x", "https://a.example/x"),
        ("https://straße.example/ü", "https://xn--strae-oqa.example/%C3%BC"),
        ("http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/"),
        (" https://a.example/x ", "https://a.example/x"),
    ],
)
def test_an_address_has_one_spelling(written: str, meant: str) -> None:
    assert normalised(written) == meant


@pytest.mark.parametrize(
    ("link", "meant"),
    [
        ("b", "https://a.example/x/b"),
        ("../b?id=1", "https://a.example/b?id=1"),
        ("//b.example", "https://b.example/"),
        ("?seite=2", "https://a.example/x/y?seite=2"),
        ("#oben", "https://a.example/x/y"),
    ],
)
def test_links_are_relative_to_their_page(link: str, meant: str) -> None:
    assert normalised(link, "https://a.example/x/y") == meant


@pytest.mark.parametrize(
    "link",
    ["mailto:a@b.example", "javascript:alert(1)", "tel:+49123", "ftp://a.example/", "file:///etc/passwd", "data:,x",
     "https://user:pass@a.example/", "https://a.example\\@b.example/", "http://[::1", "http://a b/", "x\ny",
     "https://a.example/" + "x" * 3000],
)  # fmt: skip
def test_what_is_no_address_for_a_crawl_is_none(link: str) -> None:
    assert normalised(link, "https://a.example/") is None


def test_spellings_of_a_page_have_one_key() -> None:
    spellings = ("https://a.example/x", "http://a.example/x", "http://a.example/x/")
    assert len({page_key(normalised(spelling) or "") for spelling in spellings}) == 1
    assert page_key("https://a.example/x?id=1") != page_key("https://a.example/x?id=2")
    assert page_key("https://a.example/x/?id=1") == page_key("https://a.example/x?id=1")


def test_patterns_see_umlauts_as_people_write_them() -> None:
    assert path_and_query("https://a.example/b%C3%BCrger?id=1") == "/bürger?id=1"


def test_hosts_are_compared_whatever_their_spelling() -> None:
    scope = Scope.of(CrawlSource.model_validate({"start": "https://WWW.A.example/", "allowed_hosts": []}))
    assert scope.has_host("https://www.a.example/x")
    assert scope.has_host("http://www.a.example/x")
    assert not scope.has_host("https://a.example/x")
    assert not scope.has_host("https://www.a.example.b.example/x")
    assert not scope.has_host("https://www.a.example:8443/x")


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_none_and_normalising_twice_changes_nothing(text: str) -> None:
    found = normalised(text, "https://a.example/x")
    if found is not None:
        assert normalised(found) == found
        assert normalised(found, "https://b.example/") == found
