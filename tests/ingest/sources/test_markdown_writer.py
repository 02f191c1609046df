"""A text written as Markdown is read back as the same text."""

from datetime import date

import pytest
from hypothesis import given

from app.index.modules import ModuleKind
from app.settings import PROJECT_ROOT
from ingest.document import ServiceDocument
from ingest.sources.markdown import parse_markdown, read_markdown
from ingest.sources.markdown_writer import markdown_of, portable
from tests.ingest.document_strategies import documents
from tests.ingest.samples import document


def read(text: str) -> ServiceDocument:
    result = parse_markdown(text, "text.md")
    assert result.findings == ()
    assert result.document is not None
    return result.document


@given(documents)
def test_every_text_is_read_back_as_it_was_written(text: ServiceDocument) -> None:
    written = portable(text)
    assert read(markdown_of(written, [text.owner])).content_hash == written.content_hash


@given(documents)
def test_what_came_from_a_markdown_file_is_written_unchanged(text: ServiceDocument) -> None:
    once = read(markdown_of(portable(text)))
    assert portable(once) == once


@pytest.mark.parametrize("name", ["personalausweis", "personalausweis.en", "hund-anmelden"])
def test_the_sample_texts_survive_unchanged(name: str) -> None:
    found = read_markdown(PROJECT_ROOT / "knowledge" / "musterstadt" / "services" / f"{name}.md", name).document
    assert found is not None
    assert read(markdown_of(portable(found))).content_hash == found.content_hash


def test_a_heading_that_only_its_source_explains_moves_into_the_text() -> None:
    found = document("90,00 Euro")
    statute = found.modules[0].model_copy(
        update={"heading": "§ 3 Steuersätze", "text": "90,00 Euro\n\n## Zweiter Hund"}
    )
    (module,) = portable(found.model_copy(update={"modules": (statute,)})).modules
    assert (module.kind, module.heading) == (ModuleKind.COSTS, "Kosten")
    assert module.text == "### § 3 Steuersätze\n\n90,00 Euro\n\n### Zweiter Hund"


def test_the_file_is_one_that_a_person_would_write() -> None:
    found = document("96,00 Euro").model_copy(update={"valid_from": date(2026, 1, 1), "leika_key": "99062002012000"})
    assert markdown_of(found, ["Woher"], blank=("owner",)).splitlines() == [
        "---",
        "# Woher",
        "id: hund-anmelden",
        "title: Hund anmelden",
        "leika_key: '99062002012000'",
        "synonyms:",
        "  - Hundesteuer",
        "language: de",
        "office: steueramt",
        "license: CC BY 4.0",
        "owner:",
        "reviewed_by: Fachaufsicht",
        "reviewed_on: 2026-01-15",
        "valid_from: 2026-01-01",
        "---",
        "",
        "## Kosten",
        "",
        "96,00 Euro",
    ]
