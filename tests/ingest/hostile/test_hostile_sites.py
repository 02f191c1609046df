"""Broken and hostile websites, crawled in one run: each is named, none stops the others, nobody else is asked."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from ingest.sources.crawl import read_crawl
from tests.ingest.hostile.crawl_inputs import HostileSite, crawl_inputs, good_site
from tests.ingest.hostile.live_markup import live_markup
from tests.ingest.hostile.raw_site import RawSite, answer, raw_site
from tests.ingest.hostile.running import Run, run_over
from tests.ingest.sources.crawls import DEFAULTS, source, titles
from tests.ingest.sources.website import html
from tests.knowledge import TENANT, copy_knowledge

_FEWEST = 20
_MOST_PARENT_MB = 500
_MOST_CPU_SECONDS = 120


@dataclass(frozen=True)
class Crawled:
    """All sites, each with the input that it is, and what the run said."""

    sites: list[tuple[HostileSite, RawSite]]
    good: RawSite
    run: Run


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("websites")
    town = copy_knowledge(folder / "knowledge", services=()) / TENANT
    with ExitStack() as stack:
        sites = [(each, stack.enter_context(raw_site(each.answers))) for each in crawl_inputs()]
        good = stack.enter_context(raw_site(good_site))
        sources = [_source(each, site.address) for each, site in sites]
        sources.append({"kind": "crawl", "start": f"{good.address}/", "defaults": DEFAULTS, "requests_per_second": 20})
        (town / "sources.yaml").write_text(yaml.safe_dump({"sources": sources}), encoding="utf-8")
        run = run_over(town, folder, "--public-loopback")
        _print_table(sites, run)
        yield Crawled(sites, good, run)


def test_every_site_has_a_finding_that_names_it(crawled: Crawled) -> None:
    assert len(crawled.sites) >= _FEWEST
    wrong = {
        each.name: (
            each.code,
            [said.line for said in crawled.run.report.findings if said.file.startswith(site.address)],
        )
        for each, site in crawled.sites
        if not any(
            said.file.startswith(f"{site.address}/") and (said.code, said.severity) == (each.code, each.severity)
            for said in crawled.run.report.findings
        )
    }
    assert wrong == {}


def test_no_good_page_is_lost(crawled: Crawled) -> None:
    read = {document.title for document in crawled.run.report.documents}
    linked = {f"Start von {each.name}" for each, _ in crawled.sites if each.begins == "start"}
    assert {"Gute Startseite", "Gute Seite"} <= read
    assert linked - read == {"Start von riesige-robots", "Start von zehntausend-links"}


def test_nothing_that_acts_comes_through(crawled: Crawled) -> None:
    assert [
        found for document in crawled.run.report.documents for text in document.texts for found in live_markup(text)
    ] == []


def test_only_the_sites_are_asked_and_nothing_is_sent_back(crawled: Crawled) -> None:
    ports = {int(site.address.rpartition(":")[2]) for site in (*(site for _, site in crawled.sites), crawled.good)}
    connected = [noted.arguments[-1] for noted in crawled.run.noted if noted.event == "socket.connect"]
    assert connected
    assert [place for place in connected if place[0] != "127.0.0.1" or place[1] not in ports] == []  # type: ignore[index]
    requests = [head for _, site in crawled.sites for head in site.requests]
    assert not any(b"\r\ncookie:" in head.lower() for head in requests)
    assert not any(head.startswith(b"GET /\xff") or b"javascript" in head.split()[1] for head in requests)


def test_a_page_with_ten_thousand_links_costs_as_many_requests_as_allowed(crawled: Crawled) -> None:
    (site,) = (site for each, site in crawled.sites if each.name == "zehntausend-links")
    assert len(site.requests) == 1 + 5


def test_memory_and_time_stay_bounded(crawled: Crawled) -> None:
    assert crawled.run.report.parent_mb < _MOST_PARENT_MB
    assert crawled.run.report.cpu_seconds < _MOST_CPU_SECONDS
    assert crawled.run.written_outside() == []


def test_a_mark_of_a_version_that_is_no_ascii_is_not_sent_back(tmp_path: Path) -> None:
    def answers(address: str) -> dict[str, bytes]:
        return {"/": answer(html("Start"), head='ETag: "\xfc"\r\nLast-Modified: gestern\xdf\r\n')}

    with raw_site(answers) as site:
        crawl = source(start=f"{site.address}/", timeout_s=20)
        assert titles(read_crawl(crawl, tmp_path)) == titles(read_crawl(crawl, tmp_path)) == ["Start"]


def _source(each: HostileSite, address: str) -> dict[str, object]:
    begins = {"start": f"{address}/"} if each.begins == "start" else {"sitemap": f"{address}/sitemap.xml"}
    usual = {"requests_per_second": 20, "max_megabytes": 5, "timeout_s": 20, "id_prefix": each.name[:20].strip("-")}
    return {"kind": "crawl", "defaults": DEFAULTS, **usual, **begins, **each.fields}


def _print_table(sites: list[tuple[HostileSite, RawSite]], run: Run) -> None:
    lines = [f"\n{'website':40} {'requests':>8}  findings"]
    for each, site in sites:
        codes = dict.fromkeys(said.code for said in run.report.findings if said.file.startswith(f"{site.address}/"))
        lines.append(f"{each.name:40} {len(site.requests):>8}  {', '.join(codes)}")
    lines.append(f"{len(sites)} websites, {run.report.summary}\n")
    sys.stdout.write("\n".join(lines))
