"""Reads the sources of a town again only where files changed."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from ingest.sources.config import CrawlSource, MarkdownSource, Source, SourcesConfig
from ingest.sources.files import refused, source_files
from ingest.sources.markdown import read_markdown
from ingest.sources.read import read_sources
from ingest.sources.result import ReadResult

Fingerprint = tuple[tuple[str, int, int], ...]
"""Name, time of change (ns) and size of files."""


class Rereading:
    """Remembers what it read in one town's folder. Not safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, tuple[Fingerprint, tuple[ReadResult, ...]]] = {}

    def results(self, source: Source) -> tuple[ReadResult, ...]:
        """Of Markdown each file by itself, so that an edit costs one file; of others the whole source."""
        if isinstance(source, CrawlSource):
            return ()
        origin = source.model_dump_json()
        if not isinstance(source, MarkdownSource):
            config = SourcesConfig(sources=(source,))
            root = self._folder / source.path
            return self._kept(origin, [root, *root.rglob("*")], lambda: tuple(read_sources(self._folder, config)))
        found: list[ReadResult] = []
        for file in source_files(self._folder, source, (".md",)):

            def read(path: Path = file.path, name: str = file.name) -> tuple[ReadResult, ...]:
                return (read_markdown(path, name, source),)

            stopped = refused(self._folder, file, source)
            found += (stopped,) if stopped else self._kept(f"{origin} {file.name}", [file.path], read)
        return tuple(found)

    def _kept(
        self, what: str, paths: Iterable[Path], read: Callable[[], tuple[ReadResult, ...]]
    ) -> tuple[ReadResult, ...]:
        key = fingerprint(paths)
        if what not in self._read or self._read[what][0] != key:
            self._read[what] = (key, read())
        return self._read[what][1]


def fingerprint(paths: Iterable[Path]) -> Fingerprint:
    """Differs once a file is new, gone or written; files that go meanwhile count as gone."""
    found = []
    for path in paths:
        with suppress(OSError):
            status = path.stat()
            found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))
