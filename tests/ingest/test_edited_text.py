"""Taking texts apart for a form and putting them together again."""

from pathlib import Path

import pytest

from app.settings import PROJECT_ROOT
from ingest.edited_text import ModulePart, composed_text, set_fields, text_parts, with_fields

TEXT = """---
# geprüft im Herbst
id: hund
title: Hund anmelden
synonyms: [Hundesteuer, "Hund: neu"]
language: de
reviewed_on: 2026-10-05
---

## Gebühren

Das kostet 5,00 Euro.
"""
FILES = sorted((PROJECT_ROOT / "knowledge" / "musterstadt" / "services").glob("h*.md"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_text_that_nobody_changes_stays_the_same_file(path: Path) -> None:
    content = path.read_text("utf-8")
    parts = text_parts(content)
    assert parts is not None
    assert composed_text(parts.front, parts.values, parts.modules) == content


def test_only_changed_fields_are_written_anew() -> None:
    parts = text_parts(TEXT)
    assert parts is not None
    changed = composed_text(parts.front, {**parts.values, "title": "Hund: anmelden"}, parts.modules)
    assert changed == TEXT.replace("title: Hund anmelden", "title: 'Hund: anmelden'")


def test_lists_have_a_line_a_text_and_headings_stay_as_the_text_has_them() -> None:
    parts = text_parts(TEXT)
    assert parts is not None
    assert parts.values["synonyms"] == "Hundesteuer\nHund: neu"
    assert parts.modules == (ModulePart("costs", "Gebühren", "Das kostet 5,00 Euro."),)


def test_a_field_is_taken_out_replaced_or_added() -> None:
    front = "id: a\nsynonyms:\n  - eins\n  - zwei\n# Bemerkung\nowner: Amt"
    assert with_fields(front, {"synonyms": ""}) == "id: a\n# Bemerkung\nowner: Amt"
    assert with_fields(front, {"synonyms": "drei"}) == "id: a\nsynonyms:\n  - drei\n# Bemerkung\nowner: Amt"
    assert with_fields(front, {"valid_from": "2026-01-01"}).endswith("owner: Amt\nvalid_from: 2026-01-01")


def test_a_reviewer_is_entered_into_a_whole_text() -> None:
    signed = set_fields(TEXT, {"reviewed_by": "Kim Muster", "reviewed_on": "2026-11-22"})
    assert "reviewed_by: Kim Muster\n" in signed
    assert "reviewed_on: 2026-11-22\n" in signed
    assert signed.endswith(TEXT.split("---\n")[2])


@pytest.mark.parametrize(
    "content",
    ["", "Kein Kopf", "---\nid: a\n", TEXT.replace("Gebühren", "Preise"), TEXT.replace("language", "sprache"),
     TEXT.replace("## Gebühren", "Vorweg.\n\n## Gebühren"), TEXT + "\n## Kosten\n\nDoppelt.\n"],
)  # fmt: skip
def test_a_text_of_which_a_form_would_lose_something_has_none(content: str) -> None:
    assert text_parts(content) is None
