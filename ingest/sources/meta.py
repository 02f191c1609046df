"""`<file name>.meta.yaml`: the fields of a text whose format has no front matter, in a file beside it."""

import errno
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.findings import Finding, Severity
from ingest.sources.field_findings import repeated_fields
from ingest.sources.text_yaml import Fault, parse_fields

META_SUFFIX = ".meta.yaml"
_LARGEST_BYTES = 1 << 20
_IS_ABSENT = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)
"""A text whose name is so long that the file beside it cannot have one has none."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What is said about a text outside of it."""

    name: str | None
    """What findings call the file, whether it exists or not; None for texts that can have none: crawled pages."""
    fields: Mapping[str, object] = field(default_factory=dict)
    """Front matter fields, not validated."""
    lines: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


NO_META = Meta(None)


def read_meta(path: Path, name: str) -> Meta:
    """Reads the file beside the text at `path`; `name` is what findings call the text. Never raises for a bad file."""
    meta_name = name + META_SUFFIX
    try:
        data = _content(path.with_name(path.name + META_SUFFIX))
        fields = data if isinstance(data, Fault) else parse_fields(data.decode("utf-8-sig"), 1, "the file")
    except UnicodeDecodeError as error:
        return _faulty(meta_name, Fault(0, f"not UTF-8 at byte {error.start}", "save the file as UTF-8"))
    except OSError as error:
        if error.errno in _IS_ABSENT:
            return Meta(meta_name)
        if error.errno == errno.ELOOP:
            return _faulty(meta_name, Fault(0, "it is a link, which is not followed", "put the file itself there"))
        return _faulty(meta_name, Fault(0, error.strerror or str(error), "check the file and its permissions"))
    if isinstance(fields, Fault):
        return _faulty(meta_name, fields)
    return Meta(meta_name, fields.values, fields.lines, repeated_fields(fields, meta_name))


def _content(path: Path) -> bytes | Fault:
    """What stands in a file. Never waits for a pipe, reads a device or follows a link out of the folder."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return Fault(0, "it is no ordinary file", "put a file with 'field: value' lines there, or remove it")
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(_LARGEST_BYTES + 1)
    if len(data) > _LARGEST_BYTES:
        return Fault(0, "the file is larger than 1 MB", "keep only 'field: value' lines")
    return data


def _faulty(name: str, fault: Fault) -> Meta:
    return Meta(name, findings=(Finding("meta", Severity.ERROR, name, fault.line, fault.message, fault.fix),))
