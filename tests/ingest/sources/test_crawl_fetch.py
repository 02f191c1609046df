"""How a crawl behaves towards a site, and what a hostile or broken site can do to it."""

import itertools
import socket
import threading
import time
from pathlib import Path

import pytest

from ingest.findings import Severity
from ingest.sources.crawl import read_crawl
from tests.ingest.sources.crawls import codes, from_start, messages, source, titles
from tests.ingest.sources.website import Reply, Website, bomb, html


def test_robots_txt_is_respected(site: Website, tmp_path: Path) -> None:
    robots = b"User-agent: *\nDisallow: /\n\nUser-agent: amtslotse\nDisallow: /intern/\n"
    site.replies = {
        "/robots.txt": Reply(robots, content_type="text/plain"),
        "/": Reply(html("Start", "/intern/x", "/hund")),
        "/hund": Reply(status=302, headers={"Location": "/intern/hund"}),
    }
    results = list(read_crawl(from_start(site), tmp_path))
    assert titles(results) == ["Start"]
    assert codes(results) == [("crawl-robots", Severity.WARNING, site.url("/"))]
    assert "2 pages are left out since robots.txt" in messages(results)
    assert site.paths == ["/", "/hund"]


def test_robots_txt_that_fails_forbids_everything(site: Website, tmp_path: Path) -> None:
    site.replies = {"/robots.txt": Reply(status=500), "/": Reply(html("Start"))}
    results = list(read_crawl(from_start(site), tmp_path))
    assert titles(results) == []
    assert "robots.txt cannot be read: the site answers 500" in messages(results)
    assert site.paths == []


def test_requests_keep_the_pace_that_source_and_robots_txt_ask_for(site: Website, tmp_path: Path) -> None:
    times: list[float] = []

    def noted() -> Reply:
        times.append(time.monotonic())
        return Reply(html("Seite", "/a", "/b"))

    site.replies = {
        "/": noted,
        "/a": noted,
        "/b": noted,
        "/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 0.3\n", content_type="text/plain"),
    }
    list(read_crawl(from_start(site), tmp_path))
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert len(gaps) == 2
    assert min(gaps) > 0.25


def test_the_time_for_a_crawl_is_limited(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/": Reply(html("Start", "/a", "/b")),
        "/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 3600\n", content_type="text/plain"),
    }
    results = list(read_crawl(from_start(site, max_minutes=1), tmp_path))
    assert titles(results) == ["Start"]
    assert codes(results) == [("crawl-time-limit", Severity.WARNING, site.url("/"))]


def test_the_user_agent_names_a_contact_and_no_cookie_is_sent_back(site: Website, tmp_path: Path) -> None:
    site.replies = {"/": Reply(html("Start", "/a"), headers={"Set-Cookie": "id=7; Path=/"}), "/a": Reply(html("A"))}
    list(read_crawl(from_start(site, contact="it@musterstadt.example"), tmp_path))
    for asked in site.asked:
        assert asked.headers["user-agent"].startswith("Amtslotse/")
        assert "+it@musterstadt.example" in asked.headers["user-agent"]
        assert "cookie" not in asked.headers


def test_the_proxy_of_the_environment_is_not_used(
    site: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.replies = {"/": Reply(html("Start"))}
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert titles(read_crawl(from_start(site), tmp_path)) == ["Start"]


def test_a_proxy_that_the_source_names_is_used(site: Website, tmp_path: Path) -> None:
    page = "http://www.musterstadt.example/"
    site.replies = {page: Reply(html("Start"))}
    results = list(read_crawl(source(start=page, proxy=site.address, allow_private_addresses=False), tmp_path))
    assert titles(results) == ["Start"]
    assert [asked.path for asked in site.asked] == [f"{page}robots.txt", page]


def test_a_huge_page_is_not_read_to_its_end(site: Website, tmp_path: Path) -> None:
    site.replies = {"/": Reply(html("Start", "/riesig")), "/riesig": Reply(b"x" * 3_000_000)}
    results = list(read_crawl(from_start(site, max_megabytes=1), tmp_path))
    assert titles(results) == ["Start"]
    assert codes(results) == [("crawl-failed", Severity.WARNING, site.url("/riesig"))]
    assert "larger than 1 MB" in messages(results)


@pytest.mark.parametrize("packing", ["gzip", "gzip, gzip", "br", "deflate"])
def test_a_bomb_is_not_unpacked(site: Website, tmp_path: Path, packing: str) -> None:
    site.replies = {"/": Reply(html("Start", "/b")), "/b": Reply(bomb(), headers={"Content-Encoding": packing})}
    results = list(read_crawl(from_start(site, max_megabytes=1), tmp_path))
    assert titles(results) == ["Start"]
    assert codes(results) == [("crawl-failed", Severity.WARNING, site.url("/b"))]


def test_damaged_compression_is_a_failed_page(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/": Reply(html("Start", "/a", "/b")),
        "/a": Reply(b"nicht gepackt", headers={"Content-Encoding": "gzip"}),
        "/b": Reply(bomb()[:1000], headers={"Content-Encoding": "gzip"}),
    }
    results = list(read_crawl(from_start(site), tmp_path))
    assert messages(results).count("its compression is damaged") == 2


def test_a_page_that_trickles_in_is_given_up(site: Website, tmp_path: Path) -> None:
    site.replies = {"/": Reply(html("Start", "/langsam")), "/langsam": Reply(drip=True)}
    began = time.monotonic()
    results = list(read_crawl(from_start(site, timeout_s=0.2), tmp_path))
    assert time.monotonic() - began < 20
    assert codes(results) == [("crawl-failed", Severity.WARNING, site.url("/langsam"))]
    assert "no answer in time" in messages(results)


def test_a_server_that_says_nothing_is_given_up_after_three_pages(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        results = list(read_crawl(source(start=f"{address}/", timeout_s=0.1), tmp_path))
    assert codes(results)[0] == ("crawl-failed", Severity.ERROR, f"{address}/robots.txt")
    assert "no answer in time" in messages(results)


@pytest.mark.parametrize(
    "answer",
    [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nkurz", b"HTTP/1.1 20x\r\n\r\n", b""],
)
def test_what_is_no_http_is_a_failed_page(tmp_path: Path, answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"

        def talk() -> None:
            connection, _ = server.accept()
            connection.recv(1000)
            connection.sendall(answer)
            connection.close()

        thread = threading.Thread(target=talk)
        thread.start()
        results = list(read_crawl(source(start=f"{address}/"), tmp_path))
        thread.join()
    assert codes(results)[0][:2] == ("crawl-failed", Severity.ERROR)
