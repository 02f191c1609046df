"""The vocabulary of text modules."""

import pytest

from app.index.modules import ENGLISH_HEADINGS, GERMAN_HEADINGS, ModuleKind, heading_of, kind_of_heading


@pytest.mark.parametrize("kind", ModuleKind)
@pytest.mark.parametrize("language", ["de", "en", "fr"])
def test_the_heading_that_citizens_see_is_understood(kind: ModuleKind, language: str) -> None:
    assert kind_of_heading(heading_of(kind, language)) is kind


def test_no_heading_names_two_modules() -> None:
    for table in (GERMAN_HEADINGS, ENGLISH_HEADINGS):
        assert set(table) == set(ModuleKind)
        headings = [heading.casefold() for names in table.values() for heading in names]
        assert len(headings) == len(set(headings))


def test_case_and_spacing_of_a_heading_do_not_matter() -> None:
    assert kind_of_heading("  erforderliche   UNTERLAGEN ") is ModuleKind.REQUIRED_DOCUMENTS
    assert kind_of_heading("Preise") is None
