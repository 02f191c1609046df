"""Reads a service text in Markdown: YAML front matter, then one `## heading` a FIM module."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from yaml.reader import ReaderError

from app.index.modules import GERMAN_HEADINGS, ModuleKind, kind_of_heading
from ingest.document import FrontMatter, Module, ServiceDocument
from ingest.findings import Finding, Severity

_FENCE = "---"
_HEADING = re.compile(r"^##(?!#)\s*(.+?)\s*#*$")
"""The blank after the marks may be missing: "##Kosten" is meant as a heading."""
_LINE_END = re.compile(r"\r\n|\r|\n")


class _TextLoader(yaml.BaseLoader):
    """Reads every scalar but null as text: days, keys of digits and `no` stay as they were written."""


_TextLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_TextLoader.add_constructor("tag:yaml.org,2002:null", lambda loader, node: None)


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A document, or None with at least one error finding."""

    document: ServiceDocument | None
    findings: tuple[Finding, ...]


def read_markdown(path: Path, name: str) -> ReadResult:
    """Reads one file; `name` is what findings call it. Never raises for a bad text."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return _failed(name, line, "encoding", f"not UTF-8 at byte {error.start}", "save the file as UTF-8")
    except OSError as error:
        return _failed(name, 0, "unreadable", error.strerror or str(error), "check the file and its permissions")
    return parse_markdown(text, name)


def parse_markdown(text: str, name: str) -> ReadResult:
    """Parses a text in the format above."""
    lines = _LINE_END.split(text)
    if lines[0].strip() != _FENCE:
        return _failed(name, 1, "front-matter", "the front matter is missing", f"start the file with a line '{_FENCE}'")
    end = next((index for index, line in enumerate(lines[1:], start=1) if line.strip() == _FENCE), None)
    if end is None:
        return _failed(name, 1, "front-matter", "the front matter has no end", f"close it with a line '{_FENCE}'")
    front_matter = "\n".join(lines[1:end])
    try:
        node = yaml.compose(front_matter, Loader=_TextLoader)
        raw = yaml.load(front_matter, Loader=_TextLoader)  # noqa: S506 - makes texts, lists and mappings only
    except ReaderError as error:
        line = front_matter[: error.position].count("\n") + 2
        return _failed(name, line, "front-matter", f"character U+{error.character:04X} is not allowed", "remove it")
    except yaml.YAMLError as error:
        return _not_yaml(error, name)
    except RecursionError:
        return _failed(name, 2, "front-matter", "brackets are nested too deeply", "write 'field: value' lines")
    if not isinstance(raw, dict) or not isinstance(node, yaml.MappingNode):
        return _failed(
            name, 2, "front-matter", "the front matter is not a list of fields", "write 'field: value' lines"
        )
    key_lines = {str(key.value): key.start_mark.line + 2 for key, _ in node.value}
    modules, findings = _modules(lines, end + 1, name)
    findings += _duplicate_keys(node, name)
    if "modules" in raw:
        findings.append(_unknown_field("modules", key_lines["modules"], name))
    document = None
    try:
        document = ServiceDocument.model_validate({**raw, "modules": modules})
    except ValidationError as error:
        findings += [_explain(item, key_lines, name) for item in error.errors()]
    if any(finding.severity is Severity.ERROR for finding in findings):
        document = None
    return ReadResult(document, tuple(findings))


def _modules(lines: list[str], start: int, name: str) -> tuple[list[Module], list[Finding]]:
    modules: list[Module] = []
    findings: list[Finding] = []
    seen: dict[ModuleKind, int] = {}
    heading: tuple[str, int] | None = None
    body: list[str] = []

    def close() -> None:
        text = "\n".join(body).strip()
        if heading is None:
            if text:
                findings.append(
                    Finding("text-outside-module", Severity.ERROR, name, start + 1 + _blank_lines(body),
                            "there is text before the first '## ' heading", "put it under a heading")
                )  # fmt: skip
            return
        title, line = heading
        kind = kind_of_heading(title)
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
        match = _HEADING.match(line)
        if match:
            close()
            heading, body = (match.group(1), number), []
        else:
            body.append(line)
    close()
    return modules, findings


def _duplicate_keys(node: yaml.MappingNode, name: str) -> list[Finding]:
    seen: set[str] = set()
    findings = []
    for key, _ in node.value:
        if key.value in seen:
            findings.append(
                Finding("duplicate-field", Severity.ERROR, name, key.start_mark.line + 2,
                        f"'{key.value}' is given twice", "keep one of them")
            )  # fmt: skip
        seen.add(key.value)
    return findings


def _blank_lines(lines: list[str]) -> int:
    """How many blank lines come first."""
    return next((index for index, line in enumerate(lines) if line.strip()), 0)


def _unknown_field(field: str, line: int, name: str) -> Finding:
    known = ", ".join(FrontMatter.model_fields)
    return Finding("unknown-field", Severity.ERROR, name, line, f"'{field}' is no known field", f"known: {known}")


def _explain(error: Any, key_lines: dict[str, int], name: str) -> Finding:
    field = str(error["loc"][0]) if error["loc"] else ""
    line = key_lines.get(field, 1)
    if error["type"] == "missing":
        return Finding("missing-field", Severity.ERROR, name, 1, f"'{field}' is missing", f"add '{field}: …'")
    if error["type"] == "extra_forbidden":
        return _unknown_field(field, line, name)
    if field == "modules":
        return Finding(
            "no-modules", Severity.ERROR, name, 0, "the text has no usable module", "add '## Kosten' and the like"
        )
    return Finding(
        "invalid-field",
        Severity.ERROR,
        name,
        line,
        f"'{field}': {error['msg'].removeprefix('Value error, ')}",
        f"correct '{field}'",
    )


def _not_yaml(error: yaml.YAMLError, name: str) -> ReadResult:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 2 if mark else 1
    problem = getattr(error, "problem", None) or type(error).__name__
    return _failed(name, line, "front-matter", f"not valid YAML: {problem}", "mend the line; quote texts with ':'")


def _failed(name: str, line: int, code: str, message: str, fix: str) -> ReadResult:
    return ReadResult(None, (Finding(code, Severity.ERROR, name, line, message, fix),))
