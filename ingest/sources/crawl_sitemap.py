"""Addresses of a sitemap, with those of the sitemaps that it names."""

from collections.abc import Iterator

from ingest.findings import Severity
from ingest.sources.crawl_address import normalised
from ingest.sources.crawl_ask import Failure
from ingest.sources.crawl_fetch import Fetcher
from ingest.sources.crawl_http import TooLargeError
from ingest.sources.crawl_report import CrawlReport, Problem
from ingest.sources.crawl_sitemap_entries import UNREADABLE, sitemap_entries

SITEMAP_BYTES = 50 << 20
"""What sitemaps.org allows, unpacked."""

MOST_SITEMAPS = 500


class SitemapReader:
    """Reads a sitemap and those below it, lazily: what nobody asks for is not fetched."""

    def __init__(self, fetcher: Fetcher, report: CrawlReport) -> None:
        self._fetcher = fetcher
        self._report = report
        self._read: set[str] = set()

    def addresses(self, sitemap: str) -> Iterator[str]:
        """Normalised addresses of pages, in the sitemap's order; hosts are not checked yet."""
        yield from self._addresses(sitemap, ())

    def _addresses(self, sitemap: str, above: tuple[str, ...]) -> Iterator[str]:
        if sitemap in above:
            self._report.add(Problem.SITEMAP, sitemap, f"it names itself again, by way of {above[-1]}")
            return
        if sitemap in self._read:
            return
        if len(self._read) >= MOST_SITEMAPS:
            self._report.add(Problem.SITEMAP, sitemap, f"only {MOST_SITEMAPS} sitemaps are read, this is one more")
            return
        self._read.add(sitemap)
        severity = Severity.WARNING if above else Severity.ERROR
        found = self._fetcher.fetch(sitemap, most_bytes=SITEMAP_BYTES, beginning=True)
        if found is None:
            return
        if isinstance(found, Failure):
            self._report.add(found.problem, found.address, found.reason, severity)
            return
        if found.stale:
            self._report.add(Problem.STALE, found.address, found.stale)
        try:
            for nested, place in sitemap_entries(found.body, SITEMAP_BYTES):
                address = normalised(place, found.address)
                if address is None:
                    self._report.add(Problem.SITEMAP, sitemap, f"'{place[:200]}' is no web address")
                elif nested:
                    yield from self._addresses(address, (*above, sitemap))
                else:
                    yield address
        except TooLargeError:
            self._report.add(Problem.SITEMAP, sitemap, f"it unpacks to more than {SITEMAP_BYTES >> 20} MiB", severity)
        except UNREADABLE as error:
            self._report.add(Problem.SITEMAP, sitemap, f"it is neither XML nor a list of addresses: {error}", severity)
