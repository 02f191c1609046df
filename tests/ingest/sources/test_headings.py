"""What headings mean, and how sure that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index.modules import ENGLISH_HEADINGS, GERMAN_HEADINGS, ModuleKind
from ingest.sources.headings import SURE, meaning_of


@pytest.mark.parametrize("table", [GERMAN_HEADINGS, ENGLISH_HEADINGS])
def test_headings_of_fim_are_beyond_doubt(table: dict[ModuleKind, tuple[str, ...]]) -> None:
    for kind, headings in table.items():
        for heading in headings:
            meaning = meaning_of(f" 2. {heading.upper()}: ", {})
            assert (meaning.kind, meaning.confidence) == (kind, 1.0)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Was kostet das?", ModuleKind.COSTS),
        ("Gebühren und Kosten", ModuleKind.COSTS),
        ("Kosten für den Personalausweis", ModuleKind.COSTS),
        ("Gebüren", ModuleKind.COSTS),
        ("How much does it cost?", ModuleKind.COSTS),
        ("Das müssen Sie mitbringen", ModuleKind.REQUIRED_DOCUMENTS),
        ("Welche Unterlagen werden benötigt?", ModuleKind.REQUIRED_DOCUMENTS),
        ("What you need to bring", ModuleKind.REQUIRED_DOCUMENTS),
        ("So geht’s", ModuleKind.PROCEDURE),
        ("Wie lange dauert es?", ModuleKind.PROCESSING_TIME),
        ("Bis wann muss ich das tun?", ModuleKind.DEADLINE),
        ("Wer ist zuständig?", ModuleKind.RESPONSIBLE_OFFICE),
        ("Öffnungszeiten", ModuleKind.CONTACT),
        ("Gut zu wissen", ModuleKind.NOTES),
        ("§ 3 Steuersatz", ModuleKind.FULL_TEXT),
        ("Artikel 2 Inkrafttreten", ModuleKind.FULL_TEXT),
        ("Seite teilen", None),
    ],
)
def test_the_wordings_of_town_halls_are_sure_but_less_than_those_of_fim(heading: str, kind: ModuleKind | None) -> None:
    meaning = meaning_of(heading, {})
    assert meaning.kind is kind
    assert SURE <= meaning.confidence < 1


@pytest.mark.parametrize(
    ("heading", "kind", "confidence"),
    [
        ("Kosten und Zahlungsarten im Überblick", ModuleKind.COSTS, 0.6),
        ("Voraussetzungen und Unterlagen", ModuleKind.PREREQUISITES, 0.4),
        ("Online beantragen", ModuleKind.PROCEDURE, 0.6),
        ("Ort der Trauung", ModuleKind.FULL_TEXT, 0.2),
        ("Gültigkeitsdauer", ModuleKind.FULL_TEXT, 0.2),
        ("Kisten", ModuleKind.FULL_TEXT, 0.2),
        ("???", ModuleKind.FULL_TEXT, 0.2),
    ],
)
def test_other_headings_are_guesses(heading: str, kind: ModuleKind, confidence: float) -> None:
    meaning = meaning_of(heading, {})
    assert (meaning.kind, meaning.confidence, meaning.sure) == (kind, confidence, False)


def test_what_the_town_says_comes_first() -> None:
    mapped = {"kosten": ModuleKind.NOTES, "Aktuelles": None, "§ *": ModuleKind.LEGAL_BASIS}
    assert [meaning_of(heading, mapped).kind for heading in ("Kosten:", "AKTUELLES", "§ 3 Steuersatz", "Gebühr")] == [
        ModuleKind.NOTES,
        None,
        ModuleKind.LEGAL_BASIS,
        ModuleKind.COSTS,
    ]
    assert meaning_of("Aktuelles", mapped).confidence == 1.0


@given(st.text())
def test_every_heading_has_one_meaning(heading: str) -> None:
    meaning = meaning_of(heading, {})
    assert 0 < meaning.confidence <= 1
    assert meaning == meaning_of(heading, {})
