"""The files of a source, read one after the other: each gives a document or says why not."""

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.findings import Finding, Severity
from ingest.sources.assemble import assemble
from ingest.sources.config import FileSource
from ingest.sources.isolated import IsolatedReader, Stopped
from ingest.sources.meta import META_SUFFIX, read_meta
from ingest.sources.result import ReadResult, failed
from ingest.sources.sections import Page

Parse = Callable[[Path, str], Page | ReadResult]
"""Reads the file at a path; the second argument is what findings call it. A function of a module, safe to isolate."""

_FORMATS = {"markdown": "Markdown", "html": "HTML", "pdf": "PDF", "docx": "Word", "xzufi": "XZuFi"}
_MEGABYTE = 1_000_000
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Line ends and control characters in a name would steer a terminal; marks of direction show another ending."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that belongs to a source."""

    path: Path
    name: str
    """Its path below the town's folder, with slashes."""


def source_files(folder: Path, source: FileSource, suffixes: Sequence[str]) -> list[SourceFile]:
    """The files of a source with one of these endings (in lower case), in the order of their names.

    Hidden files and lock files of office programs (`~$…`) are none. A source that is a file is that file. What only
    is called like a file, such as a folder or a pipe, is among them, for `refused` to tell.
    """
    root = folder / source.path
    paths = [root] if root.is_file() else list(root.rglob("*"))
    named = sorted((path, path.relative_to(folder)) for path in paths)
    return [
        SourceFile(path, printable_name(relative))
        for path, relative in named
        if path.suffix.lower() in suffixes and not any(part.startswith((".", "~$")) for part in relative.parts)
    ]


def read_files(folder: Path, source: FileSource, suffixes: Sequence[str], parse: Parse) -> Iterator[ReadResult]:
    """Reads every file of a source in a child process; one that is broken or too large doesn't stop the others."""
    files = source_files(folder, source, suffixes)
    if not files:
        yield no_texts(folder, source)
    with IsolatedReader() as reader:
        for file in files:
            yield refused(folder, file, source) or _read(file, source, parse, reader)
    yield from _lonely_meta(folder, source, files)


def refused(folder: Path, file: SourceFile, source: FileSource) -> ReadResult | None:
    """Why a file is not opened at all: it is none, too large, or a link that leads out of the town's folder."""
    try:
        resolved = file.path.resolve(strict=True)
        status = resolved.stat()
    except (OSError, RuntimeError) as error:
        return failed(file.name, 0, "unreadable", str(error), "check the file and its permissions")
    if not resolved.is_relative_to(folder.resolve()):
        return failed(file.name, 0, "outside-folder", "the link leads out of the town's folder",
                      "put the file itself there")  # fmt: skip
    if not stat.S_ISREG(status.st_mode):
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "a pipe, socket or device"
        return failed(file.name, 0, "unreadable", f"it is no file, but {what}", "give it another name, or remove it")
    size = status.st_size
    if size > source.max_megabytes * _MEGABYTE:
        return failed(file.name, 0, "too-large",
                      f"the file has {size / _MEGABYTE:.1f} MB, more than {source.max_megabytes:g}",
                      "split it, or raise 'max_megabytes' of this source in sources.yaml")  # fmt: skip
    return None


def no_texts(folder: Path, source: FileSource) -> ReadResult:
    """The result of a source without files."""
    return failed(source.path, 0, "no-texts",
                  f"there are no {_FORMATS[source.kind]} files below {folder / source.path}",
                  "add service texts, or set AMTSLOTSE_KNOWLEDGE_DIR")  # fmt: skip


def printable_name(path: Path) -> str:
    """What findings call a file. Bytes that are no UTF-8 could neither be printed nor written as JSON."""
    return _UNPRINTABLE.sub("\ufffd", os.fsencode(path.as_posix()).decode("utf-8", "replace"))


def _read(file: SourceFile, source: FileSource, parse: Parse, reader: IsolatedReader) -> ReadResult:
    outcome = reader.read(parse, file.path, file.name)
    if isinstance(outcome, Stopped):
        return outcome.as_result(file.name)
    if isinstance(outcome, ReadResult):
        return outcome
    return assemble(outcome, source, read_meta(file.path, file.name))


def _lonely_meta(folder: Path, source: FileSource, files: Sequence[SourceFile]) -> Iterator[ReadResult]:
    """A warning for each file of fields whose text is gone or has another name."""
    known = {file.path.name + META_SUFFIX for file in files}
    for path in sorted((folder / source.path).rglob(f"*{META_SUFFIX}")):
        if path.name not in known and not path.with_name(path.name.removesuffix(META_SUFFIX)).exists():
            name = printable_name(path.relative_to(folder))
            finding = Finding("lonely-meta", Severity.WARNING, name, 0, "there is no text that it belongs to",
                              "give it the name of its text, or remove it")  # fmt: skip
            yield ReadResult(name, None, (finding,))
