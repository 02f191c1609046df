"""A page, its source's defaults and the file beside it become a `ServiceDocument`."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import ValidationError

from ingest.document import FrontMatter, ServiceDocument
from ingest.findings import Finding, Severity
from ingest.sources.config import SOURCES_FILE, Source
from ingest.sources.field_findings import invalid_field, missing_field, unknown_field
from ingest.sources.meta import NO_META, Meta
from ingest.sources.modules import modules_of
from ingest.sources.plain import damage, one_line
from ingest.sources.result import ReadResult
from ingest.sources.sections import Page

MOST_CHARS = 3_000_000
"""Of one text. A statute of 300 pages has a third of it."""
_LONGEST_ID = 63
_GERMAN_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "ı": "i"})
_INDEX_NAMES = ("index", "default", "home")


def assemble(page: Page, source: Source, meta: Meta = NO_META) -> ReadResult:
    """One text from its parts. Fields in `meta` win over those that the page states, those over the defaults.

    The id falls back to the file's name or the address. What is missing or wrong becomes a finding that names the
    file to mend.
    """
    findings = [*page.findings, *meta.findings]
    fields = _fields(page, source, meta)
    modules, doubtful = modules_of(page, source.headings, str(fields.get("language", "de")))
    findings += [*doubtful, *_damaged(page)]
    if not modules:
        findings.append(_without_text(page))
    elif (length := sum(len(module.text) for module in modules)) > MOST_CHARS:
        findings.append(_too_long(page, length))
    document = None
    try:
        front_matter = FrontMatter.model_validate(fields)
        document = ServiceDocument(**dict(front_matter), modules=modules) if modules else None
    except ValidationError as error:
        findings += [_explain(item, page, meta) for item in error.errors()]
    if any(finding.severity is Severity.ERROR for finding in findings):
        document = None
    return ReadResult(page.name, document, tuple(findings))


def slug_of(name: str) -> str:
    """An id from a file's name or an address: `Hund anmelden.html` becomes `hund-anmelden`. May be empty."""
    path = PurePosixPath(unquote(_path(name)) if "://" in name else name)
    parts = [path.stem if path.suffix else path.name]
    if parts[0].casefold() in _INDEX_NAMES and path.parent.name:
        parts = [path.parent.name]
    letters = unicodedata.normalize("NFC", parts[0]).casefold().translate(_GERMAN_LETTERS)
    ascii_letters = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_letters).strip("-")


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return address


def _fields(page: Page, source: Source, meta: Meta) -> dict[str, object]:
    stated = {name: value for name, value in page.fields.items() if value is not None}
    prefix = f"{source.id_prefix.rstrip('-')}-" if source.id_prefix else ""
    fallback = {"title": one_line(page.title)} if one_line(page.title) else {}
    if slug := slug_of(page.name):
        fallback["id"] = f"{prefix}{slug}"[:_LONGEST_ID].rstrip("-")
    return {**fallback, **source.defaults.stated, **stated, **meta.fields}


def _damaged(page: Page) -> Iterator[Finding]:
    for section in page.sections:
        if word := damage(f"{section.heading}\n{section.text}"):
            yield Finding(
                "damaged-characters", Severity.WARNING, page.name, section.place,
                f"'{one_line(word)}' was saved in another encoding than the file says",
                "save the file again as UTF-8",
            )  # fmt: skip


def _without_text(page: Page) -> Finding:
    if any(section.text.strip() for section in page.sections):
        return Finding("no-modules", Severity.ERROR, page.name, 0, "every section of the text is skipped",
                       f"correct 'headings' of this source in {SOURCES_FILE}")  # fmt: skip
    return Finding("no-text", Severity.ERROR, page.name, 0, "there is no text in it",
                   "check that it is the right file, and that its text is no picture")  # fmt: skip


def _too_long(page: Page, length: int) -> Finding:
    return Finding("text-too-long", Severity.ERROR, page.name, 0,
                   f"the text has {length:,} characters, more than {MOST_CHARS:,}",
                   "check that it is the right file, and divide it by service")  # fmt: skip


def _explain(error: Any, page: Page, meta: Meta) -> Finding:
    field = str(error["loc"][0]) if error["loc"] else ""
    if error["type"] == "missing":
        return missing_field(field, page.name, 0, _add(field, meta))
    where, line = (meta.name, meta.lines.get(field, 0)) if meta.name and field in meta.fields else (page.name, 0)
    if error["type"] == "extra_forbidden":
        return unknown_field(field, where, line)
    return invalid_field(error, where, line, f"correct '{field}'" if where == meta.name else _add(field, meta))


def _add(field: str, meta: Meta) -> str:
    if meta.name is None:
        return f"add '{field}: …' under 'defaults' of this source in {SOURCES_FILE}"
    shared = f", or under 'defaults' of this source in {SOURCES_FILE}" if field not in ("id", "title") else ""
    return f"add '{field}: …' to {meta.name}{shared}"
