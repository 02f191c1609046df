"""A Markdown text taken apart for a form, and put together again: what nobody changed stays as it was written."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import get_args

from app.index.modules import ModuleKind, heading_of, kind_of_heading
from ingest.document import FrontMatter
from ingest.sources.markdown import LINE_END, heading_in, parse_markdown
from ingest.sources.markdown_writer import written_field
from ingest.sources.text_yaml import Fault, Fields, parse_fields

LIST_FIELDS = ("synonyms", "example_questions")
"""Fields with one text a line in a form."""
DATE_FIELDS = ("reviewed_on", "valid_from", "valid_until")
FIELDS = tuple(FrontMatter.model_fields)
VARIANTS: tuple[str, ...] = get_args(FrontMatter.model_fields["variant"].annotation)
_FENCE = "---"
_TOP_LEVEL_KEY = re.compile(r"[A-Za-z_]\w*\s*:|#")
_NOT_FOR_FORMS = frozenset({"front-matter", "text-outside-module", "unknown-heading", "duplicate-module", "encoding"})
"""Findings of texts of which a form would lose something."""


@dataclass(frozen=True, slots=True)
class ModulePart:
    """One module as a form shows it."""

    kind: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class TextParts:
    """A text as a form shows it."""

    front: str
    """The lines between the fences, as they stand there."""
    values: Mapping[str, str]
    """By field; lists have one text a line."""
    modules: tuple[ModulePart, ...]
    """In the order of the text."""


def text_parts(content: str) -> TextParts | None:
    """The parts of a text; None when a form would lose something of it, so that only its Markdown can be edited."""
    result = parse_markdown(content, "")
    if any(finding.code in _NOT_FOR_FORMS for finding in result.findings):
        return None
    lines = LINE_END.split(content.removeprefix("\ufeff"))
    end = next(number for number, line in enumerate(lines[1:], start=1) if line.strip() == _FENCE)
    front = "\n".join(lines[1:end])
    fields = parse_fields(front, 2, "")
    if isinstance(fields, Fault) or not set(fields.values) <= set(FIELDS):
        return None
    return TextParts(front, _shown(fields), tuple(_modules(lines[end + 1 :])))


def composed_text(front: str, values: Mapping[str, str], modules: Iterable[ModulePart]) -> str:
    """The Markdown file. Of `front` only those fields are written anew whose value in `values` is another one."""
    fields = parse_fields(front, 2, "") if front.strip() else Fields({}, {})
    before = {} if isinstance(fields, Fault) else _shown(fields)
    changed = {name: values[name] for name in FIELDS if name in values and values[name] != before.get(name, "")}
    head = with_fields("" if isinstance(fields, Fault) else front, changed)
    parts = [_FENCE, head, _FENCE]
    for module in modules:
        if text := module.text.strip():
            parts += [
                "",
                f"## {module.heading or heading_of(ModuleKind(module.kind), values.get('language', 'de'))}",
                "",
            ]
            parts.append(text)
    return "\n".join(parts) + "\n"


def with_fields(front: str, changes: Mapping[str, str]) -> str:
    """Front matter lines with some fields set anew; one without a value is taken out, a new one comes last."""
    lines = front.split("\n") if front else []
    for name, value in changes.items():
        start = next((n for n, line in enumerate(lines) if re.match(rf"{name}\s*:", line)), None)
        written = written_field(name, _value(name, value)).split("\n") if value.strip() else []
        if start is None:
            lines += written
            continue
        end = next(
            (n for n, line in enumerate(lines[start + 1 :], start=start + 1) if _TOP_LEVEL_KEY.match(line)), len(lines)
        )
        lines[start:end] = written
    return "\n".join(lines)


def set_fields(content: str, changes: Mapping[str, str]) -> str:
    """A whole text with some fields set anew. The text must have front matter."""
    lines = LINE_END.split(content.removeprefix("\ufeff"))
    end = next(number for number, line in enumerate(lines[1:], start=1) if line.strip() == _FENCE)
    return "\n".join([_FENCE, with_fields("\n".join(lines[1:end]), changes), *lines[end:]])


def _modules(lines: Iterable[str]) -> Iterable[ModulePart]:
    heading, body = "", list[str]()
    for line in lines:
        if title := heading_in(line):
            if heading:
                yield _module(heading, body)
            heading, body = title, []
        else:
            body.append(line)
    if heading:
        yield _module(heading, body)


def _module(heading: str, body: list[str]) -> ModulePart:
    return ModulePart(str(kind_of_heading(heading) or ""), heading, "\n".join(body).strip())


def _shown(fields: Fields) -> dict[str, str]:
    return {name: _text(value) for name, value in fields.values.items()}


def _text(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _value(name: str, value: str) -> str | date | list[str]:
    if name in LIST_FIELDS:
        return [line.strip() for line in value.split("\n") if line.strip()]
    if name in DATE_FIELDS:
        with suppress(ValueError):
            return date.fromisoformat(value.strip())
    return " ".join(value.split())
