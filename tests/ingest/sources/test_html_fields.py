"""What pages state about themselves."""

from datetime import date

import lxml.html
import pytest

from ingest.sources.html_fields import base_address, fields_of, title_of

ADDRESS = "https://www.a.example/hund?x=1"


def stated(head: str, address: str | None = None, attributes: str = "") -> dict[str, object]:
    html = f"<html {attributes}><head>{head}</head><body></body></html>"
    return fields_of(lxml.html.document_fromstring(html), address)


def linked(data: str) -> str:
    return f"<script type='application/LD+json'>{data}</script>"


@pytest.mark.parametrize(
    ("attributes", "language"),
    [('lang="de-DE"', "de"), ('lang="EN"', "en"), ('xml:lang="tr"', "tr"), ('lang="deutsch"', None), ("", None)],
)
def test_language(attributes: str, language: str | None) -> None:
    assert stated("", attributes=attributes).get("language") == language


@pytest.mark.parametrize(
    ("head", "address", "url"),
    [
        ('<link rel="canonical" href="https://a.example/hund#oben">', None, "https://a.example/hund"),
        ('<link rel="shortlink CANONICAL" href="/hund">', ADDRESS, "https://www.a.example/hund"),
        ('<link rel="canonical" href="/hund"><meta property="og:url" content="https://b.example/">', None,
         "https://b.example/"),
        ("<!-- saved from url=(0031)https://www.a.example/gespeichert -->", None,
         "https://www.a.example/gespeichert"),
        ('<link rel="canonical" href="javascript:alert(1)">', ADDRESS, ADDRESS),
        ('<link rel="canonical" href="http://[">', None, None),
        ("", None, None),
    ],
)  # fmt: skip
def test_address(head: str, address: str | None, url: str | None) -> None:
    assert stated(head, address).get("source_url") == url


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (linked('{"lastReviewed": "2026-02-03", "dateModified": "2026-03-04"}'), date(2026, 2, 3)),
        (linked('[{"@graph": [{"dateModified": "2026-03-04T23:00:00+01:00"}]}]'), date(2026, 3, 4)),
        ('<meta property="article:modified_time" content="2026-03-04T10:00">', date(2026, 3, 4)),
        ('<meta name="DC.date.modified" content="2026-03-04">' + linked('{"dateModified": "2026-03-04"}'),
         date(2026, 3, 4)),
        ('<meta name="DC.date.modified" content="2026-03-05">' + linked('{"dateModified": "2026-03-04"}'), None),
        (linked('{"dateModified": "1970-01-01"}'), None),
        (linked('{"dateModified": "2026-02-31"}'), None),
        (linked('{"dateModified": 20260304}'), None),
        (linked("{kaputt"), None),
        (linked("[" * 100_000), None),
        ('<meta name="date" content="2026-03-04">', None),
    ],
)  # fmt: skip
def test_day_of_review(head: str, day: date | None) -> None:
    assert stated(head).get("reviewed_on") == day


def test_end_of_validity() -> None:
    assert stated(linked('{"expires": "2027-01-01"}'))["valid_until"] == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>x</title><h1> Hund\n<b>anmelden</b> </h1><h1>y</h1>", "Hund anmelden"),
        ("<title>Hund anmelden | Stadt Musterstadt</title><h1> </h1>", "Hund anmelden"),
        ("<title>Hund an- und abmelden - Stadt</title>", "Hund an- und abmelden"),
        ("<title>x</title><meta property='og:title' content='Hund'>", "Hund"),
        ("<p>ohne</p>", ""),
    ],
)
def test_title(html: str, title: str) -> None:
    page = lxml.html.document_fromstring(f"<html><body>{html}</body></html>")
    assert title_of(page, page) == title


def test_links_are_relative_to_the_base_that_the_page_names() -> None:
    page = lxml.html.document_fromstring("<html><head><base href='/neu/'></head><body>x</body></html>")
    assert base_address(page, ADDRESS) == "https://www.a.example/neu/"
