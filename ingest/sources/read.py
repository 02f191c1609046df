"""All texts of a town, from every source that `sources.yaml` names."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.findings import Finding, Severity
from ingest.sources.config import (
    DEFAULT_SOURCES,
    CrawlSource,
    DocxSource,
    HtmlSource,
    MarkdownSource,
    PdfSource,
    Source,
    SourcesConfig,
    XzufiSource,
)
from ingest.sources.files import no_texts, printable_name, refused, source_files
from ingest.sources.markdown import read_markdown
from ingest.sources.result import ReadResult

_TEXT_SUFFIXES = frozenset(
    ".md .markdown .txt .html .htm .xhtml .mhtml .pdf .doc .docx .docm .dot .dotx .odt .rtf .xml .ppt .pptx .odp .xls "
    ".xlsx .ods .csv .epub .pages".split()
)
"""Endings of files that hold texts; pictures and style sheets beside them are nobody's concern."""
_KINDS = {".md": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx"}


def read_sources(folder: Path, config: SourcesConfig, crawl_cache: Path | None = None) -> list[ReadResult]:
    """Reads everything, in the order of the sources and of the files' names. One broken text never stops the others.

    `crawl_cache`: the folder for what earlier crawls brought, see `read_crawl`.

    Raises KnowledgeError when no child process for untrusted files can be started.
    """
    results = [result for source in config.sources for result in _read(folder, source, crawl_cache)]
    return [*results, *_unread(folder, config, results), *_linked_folders(folder, config)]


def _read(folder: Path, source: Source, crawl_cache: Path | None) -> Iterable[ReadResult]:
    """Readers of other formats are imported when needed: their libraries take a while to load."""
    match source:
        case MarkdownSource():
            return _read_markdown_files(folder, source)
        case HtmlSource():
            from ingest.sources.html import read_html

            return read_html(folder, source)
        case DocxSource():
            from ingest.sources.docx import read_docx

            return read_docx(folder, source)
        case PdfSource():
            from ingest.sources.pdf import read_pdf

            return read_pdf(folder, source)
        case XzufiSource():
            from ingest.sources.xzufi import read_xzufi

            return read_xzufi(folder, source)
        case CrawlSource():
            from ingest.sources.crawl import read_crawl

            return read_crawl(source, crawl_cache)


def _read_markdown_files(folder: Path, source: MarkdownSource) -> Iterator[ReadResult]:
    files = source_files(folder, source, (".md",))
    if not files:
        yield no_texts(folder, source)
    for file in files:
        yield refused(folder, file, source) or read_markdown(file.path, file.name, source)


def _unread(folder: Path, config: SourcesConfig, results: Iterable[ReadResult]) -> Iterator[ReadResult]:
    """A warning for each text in a source's folder that is none of its format, and that no other source reads."""
    known = {finding.file for result in results for finding in result.findings} | {result.name for result in results}
    deliveries = [f"{source.path}/" for source in config.sources if isinstance(source, XzufiSource)]
    for source in config.sources:
        if isinstance(source, CrawlSource | XzufiSource):
            continue
        suffixes = _KINDS if config == DEFAULT_SOURCES else _TEXT_SUFFIXES
        for file in source_files(folder, source, tuple(suffixes)):
            if file.name in known or file.name.startswith(tuple(deliveries)):
                continue
            known.add(file.name)
            kind = _KINDS.get(file.path.suffix.lower())
            listed = " (then list 'kind: markdown' there too)" if config == DEFAULT_SOURCES else ""
            fix = (f"add 'kind: {kind}' with 'path: {source.path}' to the sources in sources.yaml{listed}" if kind
                   else "save it as Word (.docx), PDF or HTML")  # fmt: skip
            finding = Finding(
                "unread-file",
                Severity.WARNING,
                file.name,
                0,
                "no source reads this file",
                f"{fix}, or move it elsewhere",
            )
            yield ReadResult(file.name, None, (finding,))


def _linked_folders(folder: Path, config: SourcesConfig) -> Iterator[ReadResult]:
    """A warning for each folder that is only a link: links to folders are not followed, they may lead in circles."""
    roots = {folder / source.path for source in config.sources if not isinstance(source, CrawlSource)}
    for path in sorted({path for root in roots for path in root.rglob("*") if path.is_symlink() and path.is_dir()}):
        name = printable_name(path.relative_to(folder))
        finding = Finding(
            "unread-file", Severity.WARNING, name, 0, "it is a link to a folder, which is not followed",
            "put the folder itself there",
        )  # fmt: skip
        yield ReadResult(name, None, (finding,))
