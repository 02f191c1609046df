"""The town's texts in Ukrainian, Arabic and Turkish say the same as their originals, sentence for sentence."""

import re
from pathlib import Path

import pytest

from app.index.modules import HEADINGS, kind_of_heading
from app.tenants.tenant import load_tenant
from app.text.figures import FigureKind, figures
from app.text.notation import decimal_text
from app.text.units import quotable_units
from app.wording.catalog import catalogs
from ingest.chunking import chunk_document
from ingest.document import ServiceDocument
from ingest.sources.markdown import read_markdown
from tests.ingest.sample_town import TOWN, town_as_checked

LANGUAGES = ("uk", "ar", "tr")
TRANSLATED = sorted(path for language in LANGUAGES for path in (TOWN / "services").glob(f"*.{language}.md"))
_SPOKEN = 12
"""Whole numbers up to here may be words in a translation: "протягом одного місяця"."""
_DIGITS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)*")
_KINDS = frozenset({FigureKind.MAIL, FigureKind.URL})


def _read(path: Path) -> ServiceDocument:
    document = read_markdown(path, path.name).document
    assert document is not None
    return document


def _written(text: str) -> set[float]:
    """Every number in digits, whatever stands beside it: "و19"."""
    return {float(decimal_text(re.sub(r"\s", "", number))) for number in _DIGITS.findall(text)}


def _meant(text: str) -> set[float]:
    """Every number of a German text, words included."""
    values = (figure.value for figure in figures(text) if figure.kind not in _KINDS)
    return _written(text) | {float(piece) for value in values for piece in value.split() if piece.isdecimal()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_eight_services_are_translated(language: str) -> None:
    assert sum(path.name.endswith(f".{language}.md") for path in TRANSLATED) >= 8


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.name)
def test_it_belongs_to_its_original(path: Path) -> None:
    own = _read(path)
    original = _read(path.with_name(f"{own.service}.md"))
    assert own.id == f"{original.id}-{own.language}"
    assert (own.variant, own.office) == (original.variant, original.office)
    assert own.synonyms
    assert len(own.example_questions) >= 6
    assert own.reviewed_on >= original.reviewed_on


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.name)
def test_it_has_the_modules_of_its_original_under_headings_in_its_language(path: Path) -> None:
    own = _read(path)
    original = _read(path.with_name(f"{own.service}.md"))
    assert [module.kind for module in own.modules] == [module.kind for module in original.modules]
    for module in own.modules:
        assert module.heading in HEADINGS[own.language][module.kind]
    for chunk in chunk_document(own):
        assert kind_of_heading(chunk.heading) is chunk.module
        assert chunk.heading == HEADINGS[own.language][chunk.module][0]


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.name)
def test_every_sentence_has_its_counterpart_with_the_same_numbers(path: Path) -> None:
    own = _read(path)
    original = _read(path.with_name(f"{own.service}.md"))
    for mine, theirs in zip(own.modules, original.modules, strict=True):
        pairs = list(zip(quotable_units(mine.text), quotable_units(theirs.text), strict=True))
        for said, german in pairs:
            assert _written(said) <= _meant(german), said
            lost = _written(german) - _written(said)
            assert all(number == int(number) and number <= _SPOKEN for number in lost), said


def test_the_checks_find_nothing_wrong() -> None:
    checked = town_as_checked()
    names = {path.name for path in TRANSLATED}
    assert [str(finding) for finding in checked.findings if Path(finding.file).name in names] == []


def test_the_town_greets_in_every_language_that_it_offers() -> None:
    tenant = load_tenant(TOWN)
    assert (
        {*LANGUAGES, "de", "en", "fr", "ru"}
        == set(tenant.languages)
        == set(tenant.greeting)
        == set(tenant.suggested_questions)
    )
    assert set(tenant.languages) <= set(catalogs())
