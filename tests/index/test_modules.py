"""The vocabulary of text modules."""

import pytest

from app.index.modules import HEADINGS, ModuleKind, heading_of, kind_of_heading


@pytest.mark.parametrize("kind", ModuleKind)
@pytest.mark.parametrize("language", [*HEADINGS, "pl"])
def test_the_heading_that_citizens_see_is_understood(kind: ModuleKind, language: str) -> None:
    assert kind_of_heading(heading_of(kind, language)) is kind


@pytest.mark.parametrize("language", HEADINGS)
def test_every_language_has_a_heading_for_every_module(language: str) -> None:
    assert list(HEADINGS[language]) == list(ModuleKind)


def test_no_heading_names_two_modules() -> None:
    named: dict[str, ModuleKind] = {}
    for table in HEADINGS.values():
        for kind, headings in table.items():
            for heading in headings:
                assert named.setdefault(heading, kind) is kind is kind_of_heading(heading)


def test_case_and_spacing_of_a_heading_do_not_matter() -> None:
    assert kind_of_heading("  erforderliche   UNTERLAGEN ") is ModuleKind.REQUIRED_DOCUMENTS
    assert kind_of_heading("НЕОБХІДНІ документи") is ModuleKind.REQUIRED_DOCUMENTS
    assert kind_of_heading("Preise") is None


@pytest.mark.parametrize("written", ["KISACA", "kisaca", "Kısaca"])
def test_turkish_letters_are_read_in_capitals_and_without_their_dots(written: str) -> None:
    assert kind_of_heading(written) is ModuleKind.TEASER
    assert kind_of_heading("İŞLEM SÜRESİ") is kind_of_heading("işlem süresi") is ModuleKind.PROCESSING_TIME
