"""Crawls of the sample website, and what they say."""

from collections.abc import Iterable
from typing import Any

from ingest.findings import Severity
from ingest.sources.config import CrawlSource
from ingest.sources.result import ReadResult
from tests.ingest.sources.website import Website

DEFAULTS = {
    "language": "de",
    "office": "steueramt",
    "license": "CC BY 4.0",
    "owner": "Steueramt",
    "reviewed_by": "Fachaufsicht",
    "reviewed_on": "2026-01-15",
}


def source(**fields: Any) -> CrawlSource:
    """A crawl that may ask loopback, as fast as a source may."""
    quick = {"allow_private_addresses": True, "requests_per_second": 20, "timeout_s": 0.3, "reuse_minutes": 0}
    return CrawlSource.model_validate({"defaults": DEFAULTS, **quick, **fields})


def from_start(site: Website, **fields: Any) -> CrawlSource:
    return source(start=site.url("/"), **fields)


def titles(results: Iterable[ReadResult]) -> list[str]:
    return [result.document.title for result in results if result.document is not None]


def codes(results: Iterable[ReadResult]) -> list[tuple[str, Severity, str]]:
    """Code, severity and file of the findings, without those about a single text."""
    return [
        (finding.code, finding.severity, finding.file)
        for result in results
        for finding in result.findings
        if finding.code.startswith("crawl-")
    ]


def messages(results: Iterable[ReadResult]) -> str:
    return "\n".join(str(finding) for result in results for finding in result.findings)
