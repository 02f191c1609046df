"""Crawls of a real site on loopback: what is read, what is left out, and what is said about it."""

import gzip
from pathlib import Path

from fpdf import FPDF

from ingest.findings import Severity
from ingest.sources.crawl import read_crawl
from tests.ingest.sources.crawls import codes, from_start, messages, titles
from tests.ingest.sources.website import Reply, Website, html


def test_links_lead_from_the_start_page_to_each_page_once(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/": Reply(html("Start", "/hund", "hund#kosten", "/hund?utm_source=brief", "/hund/", "/neu")),
        "/hund": Reply(html("Hund anmelden", "/", "https://anderswo.example/")),
        "/neu": Reply(status=302, headers={"Location": "/hund"}),
    }
    results = list(read_crawl(from_start(site), tmp_path))
    assert titles(results) == ["Start", "Hund anmelden"]
    assert codes(results) == []
    assert site.paths == ["/", "/hund", "/neu", "/hund"]


def test_a_page_becomes_a_text_with_its_address_as_source_and_a_stable_id(site: Website, tmp_path: Path) -> None:
    site.replies = {"/": Reply(html("Start", "/steuern/hund")), "/steuern/hund": Reply(html("Hund anmelden"))}
    ids = []
    for _ in range(2):
        document = list(read_crawl(from_start(site, id_prefix="web"), tmp_path))[1].document
        assert document is not None
        assert document.source_url == site.url("/steuern/hund")
        assert "37,00 Euro" in document.modules[-1].text
        ids.append(document.id)
    assert ids[0] == ids[1]
    assert ids[0].startswith("web-hund-")


def test_pages_with_the_same_last_part_get_different_ids(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/": Reply(html("Start", "/hund/kosten", "/pass/kosten", "/seite?id=1", "/seite?id=2")),
        "/hund/kosten": Reply(html("Hund")),
        "/pass/kosten": Reply(html("Pass")),
        "/seite?id=1": Reply(html("Eins")),
        "/seite?id=2": Reply(html("Zwei")),
    }
    results = list(read_crawl(from_start(site), tmp_path))
    assert len({result.document.id for result in results if result.document}) == 5


def test_pdf_and_octet_streams_are_read_and_other_types_skipped(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/": Reply(html("Start", "/a.pdf", "/b.pdf", "/tabelle", "/foto.jpg", "/text.docx")),
        "/a.pdf": Reply(_pdf("Satzung A"), content_type="application/pdf"),
        "/b.pdf": Reply(_pdf("Satzung B"), content_type="application/octet-stream"),
        "/tabelle": Reply(b"a;b", content_type="text/csv"),
        "/text.docx": Reply(b"kaputt", content_type="application/octet-stream"),
    }
    results = list(read_crawl(from_start(site), tmp_path))
    assert [result.name for result in results if result.document] == [
        site.url(path) for path in ("/", "/a.pdf", "/b.pdf")
    ]
    assert codes(results) == [("crawl-skipped", Severity.WARNING, site.url("/"))]
    assert f"{site.url('/tabelle')} (text/csv)" in messages(results)
    assert {finding.severity for result in results for finding in result.findings} == {Severity.WARNING}
    assert "/foto.jpg" not in site.paths


def test_what_is_included_becomes_a_text_and_what_is_excluded_is_not_asked_for(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/": Reply(html("Start", "/liste", "/geheim/x", "/liste.pdf")),
        "/liste": Reply(html("Liste", "/leistung/hund", "/leistung/alt")),
        "/leistung/hund": Reply(html("Hund anmelden")),
        "/leistung/alt": Reply(html("Alt")),
    }
    crawl = from_start(site, include=["/leistung/*"], exclude=["/geheim/*", "*/alt"])
    results = list(read_crawl(crawl, tmp_path))
    assert titles(results) == ["Hund anmelden"]
    assert codes(results) == []
    assert site.paths == ["/", "/liste", "/leistung/hund"]


def test_a_canonical_address_is_read_instead_of_its_duplicates(site: Website, tmp_path: Path) -> None:
    canonical = '<link rel="canonical" href="/hund">'
    site.replies = {
        "/": Reply(html("Start", "/druck?hund", "/mobil/hund", "/hund")),
        "/druck?hund": Reply(html("Hund, Druck", head=canonical)),
        "/mobil/hund": Reply(html("Hund, mobil", head=canonical)),
        "/hund": Reply(html("Hund anmelden", head=canonical)),
    }
    results = list(read_crawl(from_start(site), tmp_path))
    assert titles(results) == ["Start", "Hund anmelden"]
    assert codes(results) == []


def test_two_pages_that_name_each_other_canonical_give_one_text(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/": Reply(html("Start", "/a")),
        "/a": Reply(html("A", head='<link rel="canonical" href="/b">')),
        "/b": Reply(html("B", head='<link rel="canonical" href="/a">')),
    }
    assert titles(read_crawl(from_start(site), tmp_path)) == ["Start", "B"]


def test_a_canonical_address_elsewhere_is_no_order(site: Website, tmp_path: Path) -> None:
    site.replies = {"/": Reply(html("Start", head='<link rel="canonical" href="https://anderswo.example/">'))}
    assert titles(read_crawl(from_start(site), tmp_path)) == ["Start"]


def test_noindex_leaves_a_page_out_and_nofollow_its_links(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/": Reply(html("Start", "/intern", "/kopf", "/stumm", "/fremd")),
        "/intern": Reply(html("Intern", "/hinter-intern", head='<meta name="robots" content="NOINDEX, follow">')),
        "/hinter-intern": Reply(html("Dahinter")),
        "/kopf": Reply(html("Kopf"), headers={"X-Robots-Tag": "noindex"}),
        "/stumm": Reply(html("Stumm", "/hinter-stumm", head='<meta name="amtslotse" content="nofollow">')),
        "/fremd": Reply(html("Fremd"), headers={"X-Robots-Tag": "otherbot: noindex"}),
    }
    results = list(read_crawl(from_start(site), tmp_path))
    assert titles(results) == ["Start", "Stumm", "Fremd", "Dahinter"]
    assert codes(results) == [("crawl-noindex", Severity.WARNING, site.url("/"))]
    assert "2 pages are left out" in messages(results)


def test_max_pages_is_said_when_it_is_reached(site: Website, tmp_path: Path) -> None:
    site.replies = {"/": Reply(html("Start", "/a", "/b")), "/a": Reply(html("A")), "/b": Reply(html("B"))}
    assert codes(read_crawl(from_start(site, max_pages=3), tmp_path)) == []
    results = list(read_crawl(from_start(site, max_pages=2), tmp_path))
    assert titles(results) == ["Start", "A"]
    assert codes(results) == [("crawl-page-limit", Severity.WARNING, site.url("/"))]
    assert site.url("/b") in messages(results)


def test_broken_links_are_warnings_that_name_the_address(site: Website, tmp_path: Path) -> None:
    site.replies = {"/": Reply(html("Start", "/weg", "/kaputt")), "/kaputt": Reply(status=500)}
    results = list(read_crawl(from_start(site), tmp_path))
    assert codes(results) == [
        ("crawl-failed", Severity.WARNING, site.url("/weg")),
        ("crawl-failed", Severity.WARNING, site.url("/kaputt")),
    ]
    assert "the site answers 404" in messages(results)


def test_a_site_that_cannot_be_read_at_all_is_an_error(site: Website, tmp_path: Path) -> None:
    site.down = True
    assert codes(read_crawl(from_start(site), tmp_path)) == [
        ("crawl-failed", Severity.ERROR, site.url("/robots.txt")),
        ("crawl-empty", Severity.ERROR, site.url("/")),
    ]


def test_the_encoding_that_the_server_states_counts(site: Website, tmp_path: Path) -> None:
    body = html("Gebühren für Hunde").decode().encode("cp1252")
    site.replies = {"/": Reply(body, content_type="text/html; charset=windows-1252")}
    results = list(read_crawl(from_start(site), tmp_path))
    assert titles(results) == ["Gebühren für Hunde"]
    assert messages(results) == ""


def test_fields_that_the_source_lacks_are_errors(site: Website, tmp_path: Path) -> None:
    site.replies = {"/": Reply(html("Start"))}
    results = list(read_crawl(from_start(site, defaults={}), tmp_path))
    missing = [finding for finding in results[0].findings if finding.code == "missing-field"]
    assert missing
    assert {finding.severity for finding in missing} == {Severity.ERROR}


def test_gzip_is_unpacked(site: Website, tmp_path: Path) -> None:
    site.replies = {"/": Reply(gzip.compress(html("Start")), headers={"Content-Encoding": "gzip"})}
    assert titles(read_crawl(from_start(site), tmp_path)) == ["Start"]


def test_without_a_cache_everything_is_asked_for(site: Website) -> None:
    site.replies = {"/": Reply(html("Start"), headers={"ETag": '"1"'})}
    assert [titles(read_crawl(from_start(site))) for _ in range(2)] == [["Start"], ["Start"]]
    assert [asked.status for asked in site.asked if asked.path == "/"] == [200, 200]


def _pdf(title: str) -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=20)
    pdf.cell(text=title, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(0, text="Diese Satzung regelt, was die Stadt von allen verlangt, die einen Hund halten.")
    return bytes(pdf.output())
