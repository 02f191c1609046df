"""The line of a quote."""

from pathlib import Path

import pytest

from app.index.modules import ModuleKind
from ingest.checks.place import line_of
from ingest.document import Module

_FILE = """\
---
id: a
---
## Kosten

Erster Satz. Der zweite Satz
geht weiter.

- **Ausweis** ab 24 Jahren: 37 Euro
- [Siehe hier](x.md), bitte

| Was | Euro |
|---|---|
| Pass | 70 |
"""


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        ("Erster Satz.", 6),
        ("Der zweite Satz geht weiter.", 6),
        ("Ausweis ab 24 Jahren: 37 Euro", 9),
        ("Siehe hier, bitte", 10),
        ("Pass: 70", 14),
        ("steht nirgends", 4),
    ],
)
def test_a_quote_is_found_by_its_first_words_else_by_its_heading(tmp_path: Path, quote: str, line: int) -> None:
    (tmp_path / "a.md").write_text(_FILE, encoding="utf-8")
    module = Module(kind=ModuleKind.COSTS, heading="Kosten", text="x", line=4)
    assert line_of(tmp_path, "a.md", module, quote) == line


@pytest.mark.parametrize("name", ["satzung.pdf", "https://www.a.example/", "gone.md"])
def test_elsewhere_the_module_s_own_place_counts(tmp_path: Path, name: str) -> None:
    module = Module(kind=ModuleKind.COSTS, heading="Kosten", text="x", line=3)
    assert line_of(tmp_path, name, module, "x") == 3
