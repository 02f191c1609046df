"""The town's texts in Einfache and Leichte Sprache say the same as their originals, in short sentences."""

from pathlib import Path

import pytest

from app.index.modules import ModuleKind
from app.text.figures import Figure, FigureKind, figures
from ingest.document import ServiceDocument
from ingest.sources.markdown import read_markdown
from tests.ingest.sample_town import TOWN, town_as_checked

PLAIN = sorted((TOWN / "services").glob("*.einfach.md"))
EASY = sorted((TOWN / "services").glob("*.leicht.md"))
ARTICLE = frozenset({Figure(FigureKind.DURATION, "1 year")})
"""What "bis zum 30. September eines Jahres" is read as."""
DIGITS_FOR_WORDS = frozenset(Figure(FigureKind.NUMBER, value) for value in ("1", "2", "3", "4"))
"""Articles and ordinals, which Leichte Sprache writes in digits: "1 Hund", "in der 4. Klasse"."""


def _read(path: Path) -> ServiceDocument:
    document = read_markdown(path, path.name).document
    assert document is not None
    return document


def _figures(document: ServiceDocument) -> dict[ModuleKind, frozenset[Figure]]:
    return {module.kind: figures(module.text) for module in document.modules}


def test_eight_frequent_services_have_a_text_in_einfacher_sprache() -> None:
    assert len(PLAIN) >= 8


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.name)
def test_it_has_the_modules_and_all_figures_of_its_original(path: Path) -> None:
    plain = _read(path)
    original = _read(path.with_name(f"{plain.service}.md"))
    assert (plain.variant, plain.language, plain.office) == ("einfach", "de", original.office)
    assert plain.id == f"{original.id}-einfach"
    assert _figures(plain).keys() == _figures(original).keys()
    for kind, own in _figures(plain).items():
        assert own == _figures(original)[kind], kind


@pytest.mark.parametrize("path", EASY, ids=lambda path: path.name)
def test_leichte_sprache_has_all_figures_of_its_original_and_may_leave_out_legal_sources(path: Path) -> None:
    easy = _read(path)
    original = _read(path.with_name(f"{easy.service}.md"))
    assert (easy.variant, easy.language, easy.office) == ("leicht", "de", original.office)
    assert easy.id == f"{original.id}-leicht"
    assert _figures(easy).keys() ^ _figures(original).keys() <= {ModuleKind.LEGAL_BASIS}
    for kind, own in _figures(easy).items():
        theirs = _figures(original)[kind]
        assert own - theirs <= DIGITS_FOR_WORDS, kind
        assert theirs - own <= ARTICLE, kind


def test_no_sentence_is_too_long() -> None:
    checked = town_as_checked()
    assert [str(finding) for finding in checked.findings if finding.code == "long-sentence"] == []


def test_a_variant_is_found_by_the_names_of_its_original() -> None:
    plain, original = _read(TOWN / "services/reisepass.einfach.md"), _read(TOWN / "services/reisepass.md")
    named = plain.named_like(original)
    assert named.synonyms == original.synonyms
    assert named.example_questions == original.example_questions
    assert original.named_like(original) is original
