"""Writes a service text as a Markdown file: what `ingest.sources.markdown` reads back as the same text."""

from collections.abc import Collection, Iterable
from datetime import date

import yaml

from app.index.modules import heading_of, kind_of_heading
from ingest.document import Module, ServiceDocument
from ingest.sources.harmless import harmless
from ingest.sources.markdown import LINE_END, heading_in
from ingest.sources.plain import one_line, plain


def portable(document: ServiceDocument) -> ServiceDocument:
    """The text as a Markdown file can hold it; unchanged when it comes from one.

    A heading that only its source's table explains ("§ 3 Steuersätze") moves into the text, below the module's own.
    """
    modules = tuple(_portable(module, document.language) for module in document.modules)
    return document.model_copy(update={"modules": modules})


def markdown_of(document: ServiceDocument, comments: Iterable[str] = (), blank: Collection[str] = ()) -> str:
    """The file. `comments` stand before the fields, one a line; fields in `blank` are there without a value."""
    fields = document.model_dump(exclude={"modules"}, exclude_defaults=True)
    lines = ["---", *(f"# {_comment(comment)}" for comment in comments)]
    lines += [f"{name}:" if name in blank else written_field(name, value) for name, value in fields.items()]
    lines.append("---")
    for module in document.modules:
        lines += ["", f"## {module.heading}", "", module.text]
    return "\n".join(lines) + "\n"


def _portable(module: Module, language: str) -> Module:
    """Headings of modules are of the second level, so those inside a module are of the third at least."""
    text = plain(module.text).strip()
    text = "\n".join(f"#{line}" if heading_in(line) else line for line in text.split("\n"))
    if _names_its_module(module):
        return module.model_copy(update={"text": text})
    if words := one_line(module.heading):
        own = f"### {harmless(words)}"
        text = text if text.split("\n", 1)[0] == own else f"{own}\n\n{text}"
    return module.model_copy(update={"heading": heading_of(module.kind, language), "text": text})


def _names_its_module(module: Module) -> bool:
    heading = module.heading
    stands = LINE_END.search(heading) is None and heading_in(f"## {heading}") == heading
    return stands and kind_of_heading(heading) is module.kind


def _comment(text: str) -> str:
    """In one line, whatever YAML takes for the end of one."""
    return "".join(char if char.isprintable() else "\ufffd" for char in one_line(text))


class _FieldDumper(yaml.SafeDumper):
    """Lists are indented, and texts that are not plain stand between quotes in one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if text.isprintable() else '"'  # a line '---' inside a value would end the front matter
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_FieldDumper.add_representer(str, _represent_text)
_ONE_LINE = 1 << 30
"""Characters."""


def written_field(name: str, value: str | date | tuple[str, ...] | list[str]) -> str:
    """A front matter field as it stands in the file; a list has a line for each of its texts."""
    text = yaml.dump({name: value}, Dumper=_FieldDumper, allow_unicode=True, width=_ONE_LINE)
    return str(text).rstrip("\n")
