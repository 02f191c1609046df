"""Which files a delivery has, in which order, and what holds after all of them."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ingest.findings import Finding, Severity, gathered
from ingest.sources.config import XzufiSource
from ingest.sources.files import SourceFile, refused, source_files
from ingest.sources.isolated import IsolatedReader, Limits, Stopped
from ingest.sources.xzufi_file import read_delivery_file
from ingest.sources.xzufi_objects import State

INDEX_FILE = "index.txt"
_LARGEST_INDEX_BYTES = 1 << 20
_SECONDS = 600.0
"""For one file: it may hold all services of a state, 8 ms each with eight text modules."""


def read_delivery(folder: Path, source: XzufiSource) -> tuple[State, tuple[Finding, ...], int]:
    """The final state, findings about files, and how many files there were. Never raises for a bad file."""
    state = State()
    findings: list[Finding] = []
    files = 0
    with IsolatedReader(Limits(seconds=_SECONDS)) as reader:
        for each in _files(folder, source):
            files += 1
            if isinstance(each, Finding):
                findings.append(each)
                continue
            if result := refused(folder, each, source):
                findings += result.findings
                continue
            read = reader.read(read_delivery_file, each.path, each.name)
            if isinstance(read, Stopped):
                findings.append(read.finding(each.name))
                continue
            findings += read.findings
            for operation in read.operations:
                if not state.apply(operation, each.name):
                    findings.append(_deletes_nothing(each.name, operation.key))
    return state, tuple(gathered(findings)), files


def _files(folder: Path, source: XzufiSource) -> Iterator[SourceFile | Finding]:
    """Those that `index.txt` names, in its order; without one, all files by name."""
    found = source_files(folder, source, (".xml",))
    root = folder / source.path
    index = root / INDEX_FILE
    if root.is_file() or not index.is_file():
        yield from found
        return
    index_name = index.relative_to(folder).as_posix()
    if result := refused(folder, SourceFile(index, index_name), source):
        yield from result.findings
        return
    try:
        if index.stat().st_size > _LARGEST_INDEX_BYTES:
            raise ValueError("it is larger than 1 MB")
        lines = index.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        yield Finding("xzufi-index", Severity.ERROR, index_name, 0, f"the list of files cannot be read: {error}",
                      "save it as UTF-8, one file name a line")  # fmt: skip
        return
    by_name = {file.path.relative_to(root).as_posix(): file for file in found}
    listed: set[str] = set()
    for number, line in enumerate(lines, start=1):
        name = line.strip().replace("\\", "/").removeprefix("./")
        if not name:
            continue
        if name in listed:
            yield Finding("xzufi-index", Severity.WARNING, index_name, number, f"'{name}' is named twice",
                          "it is read once, where it stands first")  # fmt: skip
        elif name in by_name:
            yield by_name[name]
        elif PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            yield Finding("outside-folder", Severity.ERROR, index_name, number, f"'{name[:100]}' is outside",
                          "put the file into the delivery's folder")  # fmt: skip
        else:
            yield Finding("xzufi-index", Severity.ERROR, index_name, number, f"'{name[:100]}' is missing",
                          "deliver it, or remove its line")  # fmt: skip
        listed.add(name)
    for name in sorted(by_name.keys() - listed):
        yield Finding("unread-file", Severity.WARNING, by_name[name].name, 0, f"{INDEX_FILE} doesn't name this file",
                      f"add it to {INDEX_FILE}, or remove it")  # fmt: skip


def _deletes_nothing(file: str, key: str) -> Finding:
    return Finding("xzufi-deletes-nothing", Severity.WARNING, file, 0, f"'{key}' is to be deleted, but isn't there",
                   "check that no file is missing before this one")  # fmt: skip
