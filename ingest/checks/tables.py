"""Tables that do not come out as tables: citizens would read bars, or miss a cell."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

from ingest.checks.check import CheckInput
from ingest.checks.place import line_of
from ingest.document import Module
from ingest.findings import Finding, Severity

_MARKDOWN = MarkdownIt("commonmark").enable("table").disable(["lheading", "reference"])
"""As answers read it: see `app.text.units`."""
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_BAR = re.compile(r"(?<!\\)\|")


def check_tables(given: CheckInput) -> Iterator[Finding]:
    """Every line between bars is a row of a table, and no row has more cells than its head."""
    for text in given.texts:
        for module in text.document.modules:
            if "|" not in module.text:
                continue
            for row, german in _broken(module):
                yield Finding(
                    "broken-table", Severity.WARNING, text.name, line_of(given.folder, text.name, module, row),
                    f"no table comes out of this: '{row}'",
                    "give every row as many cells as the head, and a line such as | --- | --- | below the head",
                    quote=row, german=german,
                )  # fmt: skip


def _broken(module: Module) -> Iterator[tuple[str, str]]:
    """The first row of the module that is none, and the first that is too long; each with what that means."""
    lines = module.text.splitlines()
    inside: dict[int, int] = {}
    for token in _MARKDOWN.parse(module.text):
        if token.type == "table_open" and token.map:
            start, end = token.map
            inside.update(dict.fromkeys(range(start, end), _cells(lines[start])))
    rows = [(number, line.strip()) for number, line in enumerate(lines) if _ROW.match(line)]
    outside = next((row for number, row in rows if number not in inside), None)
    if outside is not None:
        yield outside, "Diese Zeilen ergeben keine Tabelle: Bürgerinnen und Bürger lesen die senkrechten Striche mit."
    longer = next((row for number, row in rows if _cells(row) > inside.get(number, _cells(row))), None)
    if longer is not None:
        yield longer, "Diese Zeile hat mehr Felder als der Kopf der Tabelle: Was übersteht, fällt weg."


def _cells(row: str) -> int:
    return len(_BAR.findall(row.strip().strip("|"))) + 1
