"""Every content word stands in the told sentences; nothing is taken from their neighbours."""

import pytest

from app.index.modules import ModuleKind
from tests.answering.verification.told_by import reason

FEES = ("Der Jugendfischereischein kostet 9,00 Euro.", "Der Tausch der Tonne kostet 15,00 Euro.")


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Sie zahlen für die Beglaubigung 2,50 Euro je Seite.", "Die Beglaubigung kostet 2,50 Euro je Seite."),
        ("Sie müssen persönlich kommen.", "Eine persönliche Vorsprache ist erforderlich."),
        ("Melden Sie den Hund bitte beim Steueramt an.", "Der Hund ist beim Steueramt anzumelden."),
        ("Die Bearbeitungszeit beträgt acht Wochen.", "Die Bearbeitung dauert acht Wochen."),
    ],
)
def test_other_words_for_the_same_are_accepted(says: str, told: str) -> None:
    assert reason(says, told) == ""


@pytest.mark.parametrize(
    "says",
    [
        "Sie können den Antrag auch online stellen.",
        "Unsere Mitarbeitenden helfen Ihnen gern.",
        "Geben Sie den Antrag im Rathaus Süd ab.",
        "Geben Sie den Antrag bei Frau Lorenz ab.",
    ],
)
def test_a_word_of_its_own_is_rejected(says: str) -> None:
    assert "not supported" in reason(says, "Geben Sie den Antrag im Rathaus ab.")


def test_a_street_that_only_ends_like_the_right_one_is_rejected() -> None:
    told = "Fundbüro, Turmstraße 11"
    assert "bahnhofstrasse" in reason("Das Fundbüro ist in der Bahnhofstraße 11.", told, module=ModuleKind.CONTACT)
    assert reason("Sie finden das Fundbüro in der Turmstraße 11.", told, module=ModuleKind.CONTACT) == ""


def test_lists_of_documents_say_bring_and_need_themselves() -> None:
    listed = ("alter Reisepass", "ein biometrisches Lichtbild")
    assert reason("Bringen Sie Ihren alten Reisepass mit.", *listed, module=ModuleKind.REQUIRED_DOCUMENTS) == ""
    assert reason("Bringen Sie Ihren alten Reisepass mit.", *listed)


def test_the_subject_of_another_sentence_is_rejected() -> None:
    assert reason("Der Jugendfischereischein kostet 9,00 Euro.", *FEES) == ""
    assert reason("Der Tausch der Tonne kostet 9,00 Euro.", *FEES)
    assert reason("Der Jugendfischereischein kostet 15,00 Euro.", *FEES)


def test_a_part_of_a_longer_word_that_is_another_thing_is_rejected() -> None:
    told = ("Der Jugendfischereischein kostet 9,00 Euro.", "Der Fischereischein kostet 28,00 Euro.")
    assert reason("Der Fischereischein kostet 9,00 Euro.", *told)


def test_english_statements_are_held_to_english_sentences() -> None:
    told = ("Large families pay 95.00 euros a year.", "Renting a garden costs 140.00 euros a year.")
    assert reason("You pay 140.00 euros a year for renting a garden.", *told, language="en") == ""
    assert reason("Large families pay 140.00 euros a year.", *told, language="en")


def test_going_on_with_a_list_says_nothing_itself() -> None:
    listed = ("Arbeitsvertrag", "Lohnabrechnungen")
    assert reason("Dazu kommen die Lohnabrechnungen.", *listed, module=ModuleKind.REQUIRED_DOCUMENTS) == ""
