"""Reads a website: the pages of its sitemap, or those that links lead to from a start page."""

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.findings import Severity
from ingest.sources.config import CrawlSource
from ingest.sources.crawl_address import normalised, page_key
from ingest.sources.crawl_ask import Failure
from ingest.sources.crawl_fetch import Fetched, Fetcher, open_fetcher
from ingest.sources.crawl_links import forbids_index
from ingest.sources.crawl_page import PageKind, PageReader, may_be_text, may_have_links, page_kind
from ingest.sources.crawl_report import CrawlReport, Problem
from ingest.sources.crawl_sitemap import SitemapReader
from ingest.sources.isolated import IsolatedReader, Stopped
from ingest.sources.result import ReadResult


def read_crawl(source: CrawlSource, cache: Path | None = None) -> Iterator[ReadResult]:
    """Each page once, in the order in which they were found; then what there is to say about the others.

    `cache`: the town's folder for what earlier crawls brought; it is made when there is none. A site that is down
    gives the texts of the last crawl and a finding. Without a cache every page is asked for anew.

    Raises KnowledgeError when the cache cannot be written, or no child process can be started.
    """
    with TemporaryDirectory() as folder:
        kept = cache or Path(folder) / "cache"
        with open_fetcher(source, kept) as fetcher, IsolatedReader() as child:
            yield from _Crawl(source, fetcher, PageReader(source, child, Path(folder))).results()


class _Crawl:
    def __init__(self, source: CrawlSource, fetcher: Fetcher, reader: PageReader) -> None:
        self._source = source
        self._fetcher = fetcher
        self._scope = fetcher.scope
        self._reader = reader
        self._report = CrawlReport()
        self._queue: deque[str] = deque()
        self._enqueued = 0
        self._known: set[str] = set()
        """Keys of all pages that were asked for or wait in the queue."""
        self._read: set[str] = set()
        """Keys of the pages that were read, after redirects."""
        self._aside: set[str] = set()
        """Keys of the pages among them that were left out for the sake of their canonical address."""
        self._beginning = normalised(source.start) if source.start is not None else None

    def results(self) -> Iterator[ReadResult]:
        texts = 0
        for asked, address in enumerate(self._addresses()):
            if asked == self._source.max_pages:
                self._report.add(Problem.PAGE_LIMIT, address)
                break
            result = self._page(address)
            if result is not None:
                texts += result.document is not None
                yield result
        name = self._source.start or self._source.sitemap or ""
        if not texts:
            self._report.add(Problem.EMPTY, name, severity=Severity.ERROR)
        if not self._report.has(Problem.STALE):
            self._fetcher.tidy()
        yield ReadResult(name, None, self._report.findings(name))

    def _addresses(self) -> Iterator[str]:
        """The start page and what it leads to, then the sitemap's."""
        if self._source.start is not None:
            self._enqueue(self._beginning)
            yield from self._queued()
        if self._source.sitemap is not None:
            for address in SitemapReader(self._fetcher, self._report).addresses(self._source.sitemap):
                if not self._scope.has_host(address):
                    self._report.add(Problem.FOREIGN, address)
                self._enqueue(address)
                yield from self._queued()

    def _queued(self) -> Iterator[str]:
        while self._queue:
            yield self._queue.popleft()

    def _enqueue(self, address: str | None) -> None:
        """Notes a page that shall be read, unless it is known, out of scope, or of no use."""
        if address is None or self._enqueued > self._source.max_pages or page_key(address) in self._known:
            return  # more than 'max_pages' are never asked for, however many links a page has
        if not self._scope.has_host(address) or self._scope.excludes(address) or not may_be_text(address):
            return
        if self._scope.wants(address) or (self._follows_links and may_have_links(address)):
            self._known.add(page_key(address))
            self._queue.append(address)
            self._enqueued += 1

    @property
    def _follows_links(self) -> bool:
        return self._source.start is not None

    def _page(self, address: str) -> ReadResult | None:
        """One page as a text; None when it is none, or when it was read before under another address."""
        found = self._fetcher.fetch(address, beginning=address == self._beginning)
        if found is None:
            return None
        if isinstance(found, Failure):
            # Where a page leads in the town's own network is no address to show; the page that leads there is.
            place = address if found.problem is Problem.PRIVATE else found.address
            self._report.add(found.problem, place, found.reason, self._severity(address))
            return None
        key = page_key(found.address)
        if key in self._read:
            return None
        self._read.add(key)
        self._known.add(key)
        if found.stale:
            self._report.add(Problem.STALE, found.address, f"{found.stale}; read on {found.checked_at:%Y-%m-%d}")
        kind = page_kind(found.content_type, found.address)
        if kind is PageKind.HTML:
            return self._html(found, self._severity(address))
        if kind is None:
            self._report.add(Problem.SKIPPED, found.address, found.content_type, self._severity(address))
        elif forbids_index(found.robots_tag):
            self._report.add(Problem.NOINDEX, found.address)
        elif self._scope.wants(found.address):
            return self._reader.text(found, kind, found.address)
        return None

    def _html(self, page: Fetched, severity: Severity) -> ReadResult | None:
        signals = self._reader.signals(page)
        if isinstance(signals, Stopped):
            self._report.add(Problem.FAILED, page.address, signals.detail, severity)
            return None
        if self._follows_links:
            for link in signals.links:
                self._enqueue(link)
        own = signals.canonical or page.address
        if not self._scope.has_host(own) or page_key(own) in self._aside:
            own = page.address
        if page_key(own) != page_key(page.address):
            self._aside.add(page_key(page.address))
            self._enqueue(own)
            return None
        if not self._scope.wants(page.address):
            return None
        if signals.noindex:
            self._report.add(Problem.NOINDEX, page.address)
            return None
        return self._reader.text(page, PageKind.HTML, own)

    def _severity(self, address: str) -> Severity:
        """A start page that cannot be read is more than one text less."""
        return Severity.ERROR if address == self._beginning else Severity.WARNING
