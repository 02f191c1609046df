"""Reads a service text in Markdown: YAML front matter, then one `## heading` a FIM module."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.index.modules import GERMAN_HEADINGS, ModuleKind, kind_of_heading
from ingest.document import Module, ServiceDocument
from ingest.findings import Finding, Severity
from ingest.sources.config import MarkdownSource
from ingest.sources.field_findings import invalid_field, missing_field, repeated_fields, unknown_field
from ingest.sources.headings import mapped_meaning
from ingest.sources.plain import plain
from ingest.sources.result import ReadResult, failed
from ingest.sources.text_yaml import Fault, parse_fields

_FENCE = "---"
_MOST_FINDINGS = 100
"""Then the rest of a text is not looked at any more: it is no service text."""
LINE_END = re.compile(r"\r\n|\r|\n")


def read_markdown(path: Path, name: str, source: MarkdownSource | None = None) -> ReadResult:
    """Reads one file; `name` is what findings call it. Never raises for a bad text."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return failed(name, line, "encoding", f"not UTF-8 at byte {error.start}", "save the file as UTF-8")
    except OSError as error:
        return failed(name, 0, "unreadable", error.strerror or str(error), "check the file and its permissions")
    return parse_markdown(text, name, source)


def parse_markdown(text: str, name: str, source: MarkdownSource | None = None) -> ReadResult:
    """Parses a text in the format above. `source` adds defaults for fields and headings beside the known ones."""
    lines = LINE_END.split(text)
    if lines[0].strip() != _FENCE:
        return failed(name, 1, "front-matter", "the front matter is missing", f"start the file with a line '{_FENCE}'")
    end = next((index for index, line in enumerate(lines[1:], start=1) if line.strip() == _FENCE), None)
    if end is None:
        return failed(name, 1, "front-matter", "the front matter has no end", f"close it with a line '{_FENCE}'")
    fields = parse_fields("\n".join(lines[1:end]), 2, "the front matter")
    if isinstance(fields, Fault):
        return failed(name, fields.line, "front-matter", fields.message, fields.fix)
    modules, findings = _modules(lines, end + 1, name, source.headings if source else {})
    findings += repeated_fields(fields, name)
    if "modules" in fields.values:
        findings.append(unknown_field("modules", name, fields.lines["modules"]))
    defaults = source.defaults.stated if source else {}
    document = None
    try:
        document = ServiceDocument.model_validate({**defaults, **fields.values, "modules": modules})
    except ValidationError as error:
        findings += [_explain(item, fields.lines, name) for item in error.errors()]
    if any(finding.severity is Severity.ERROR for finding in findings):
        document = None
    return ReadResult(name, document, tuple(findings))


def heading_in(line: str) -> str:
    """The heading in a line, empty when it is none. The blank after the marks may be missing, as in "##Kosten"."""
    if not line.startswith("##") or line.startswith("###"):
        return ""
    return line[2:].strip().rstrip("#").rstrip()


def _modules(
    lines: list[str], start: int, name: str, mapped: Mapping[str, ModuleKind | None]
) -> tuple[list[Module], list[Finding]]:
    modules: list[Module] = []
    findings: list[Finding] = []
    seen: dict[ModuleKind, int] = {}
    heading: tuple[str, int] | None = None
    body: list[str] = []

    def close() -> None:
        text = plain("\n".join(body)).strip()
        if heading is None:
            if text:
                findings.append(
                    Finding("text-outside-module", Severity.ERROR, name, start + 1 + _blank_lines(body),
                            "there is text before the first '## ' heading", "put it under a heading")
                )  # fmt: skip
            return
        title, line = heading
        meaning = mapped_meaning(title, mapped)
        if meaning is not None and meaning.kind is None:
            return
        kind = meaning.kind if meaning else kind_of_heading(title)
        if kind is None:
            known = ", ".join(headings[0] for headings in GERMAN_HEADINGS.values())
            findings.append(
                Finding("unknown-heading", Severity.ERROR, name, line, f"'{title}' is no known module",
                        f"use one of: {known}")
            )  # fmt: skip
        elif kind in seen:
            findings.append(
                Finding("duplicate-module", Severity.ERROR, name, line,
                        f"'{title}' stands here again (first in line {seen[kind]})", "merge the two")
            )  # fmt: skip
        elif not text:
            findings.append(
                Finding("empty-module", Severity.ERROR, name, line, f"'{title}' has no text",
                        "write the text or remove the heading")
            )  # fmt: skip
        else:
            seen[kind] = line
            modules.append(Module(kind=kind, heading=title, text=text, line=line))

    for number, line in enumerate(lines[start:], start=start + 1):
        if title := heading_in(line):
            close()
            if len(findings) >= _MOST_FINDINGS:
                return modules, findings
            heading, body = (title, number), []
        else:
            body.append(line)
    close()
    return modules, findings


def _blank_lines(lines: list[str]) -> int:
    """How many blank lines come first."""
    return next((index for index, line in enumerate(lines) if line.strip()), 0)


def _explain(error: Any, key_lines: Mapping[str, int], name: str) -> Finding:
    field = str(error["loc"][0]) if error["loc"] else ""
    line = key_lines.get(field, 1)
    if error["type"] == "missing":
        return missing_field(field, name, 1, f"add '{field}: …'")
    if error["type"] == "extra_forbidden":
        return unknown_field(field, name, line)
    if field == "modules":
        return Finding(
            "no-modules", Severity.ERROR, name, 0, "the text has no usable module", "add '## Kosten' and the like"
        )
    return invalid_field(error, name, line, f"correct '{field}'")
