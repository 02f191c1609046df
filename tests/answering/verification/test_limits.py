"""Conditions and limits are not dropped."""

import pytest

from app.index.modules import ModuleKind
from tests.answering.verification.told_by import reason


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Die Stadt übernimmt die Fahrkosten.", "Die Stadt übernimmt die Fahrkosten, wenn der Weg zu lang ist."),
        ("Streusalz ist verboten.", "Streusalz ist verboten, außer bei Eisregen und auf Treppen."),
        ("Die Feste sind gebührenfrei.", "Die Feste ohne Eintritt sind gebührenfrei."),
        ("Er kann sie beauftragen.", "Ist die Mutter verhindert, kann er sie beauftragen."),
        ("Tätigkeiten müssen nicht angemeldet werden.", "Freiberufliche Tätigkeiten müssen nicht angemeldet werden."),
        ("Die Gebühr beträgt 2,80 Euro je Person.", "Die Gebühr beträgt 2,80 Euro je Person und Tag."),
        ("Wir beglaubigen Urkunden.", "Wir beglaubigen Urkunden, die eine deutsche Behörde ausgestellt hat."),
        ("Sie müssen den Austritt persönlich erklären.", "Sie müssen den Austritt persönlich oder notariell erklären."),
    ],
)
def test_a_limit_left_out_is_rejected(says: str, told: str) -> None:
    assert reason(says, told)
    assert reason(told, told) == ""


def test_a_case_before_a_colon_counts_as_a_condition() -> None:
    told = "bei Vertretung: schriftliche Vollmacht"
    documents = ModuleKind.REQUIRED_DOCUMENTS
    assert "condition" in reason("Sie brauchen eine schriftliche Vollmacht.", told, module=documents)
    assert reason("Bei Vertretung brauchen Sie eine schriftliche Vollmacht.", told, module=documents) == ""


def test_a_condition_that_the_citizen_named_need_not_be_repeated() -> None:
    told = "Fällt der Markttag auf einen Feiertag, findet der Markt am Vortag statt."
    assert reason("Der Markt findet dann am Vortag statt.", told, ask="Was ist bei einem Feiertag am Markttag?") == ""
    assert reason("Der Markt findet am Vortag statt.", told, ask="Wann ist Markt?")


def test_a_denied_condition_is_repeated_even_if_the_citizen_named_it() -> None:
    told = "Die Frist kann verlängert werden, wenn das Buch nicht vorgemerkt ist."
    assert reason("Die Frist kann verlängert werden.", told, ask="Mein Buch ist vorgemerkt, was nun?")


def test_where_something_is_done_may_be_left_out() -> None:
    told = "Den Antrag stellen Sie persönlich beim Umweltamt."
    assert reason("Den Antrag stellen Sie persönlich.", told) == ""


def test_an_enumeration_may_be_told_in_part() -> None:
    told = "Fleisch, Knochen und Asche gehören nicht in die Tonne."
    assert reason("Fleisch gehört nicht in die Tonne.", told) == ""


def test_what_the_statement_before_said_of_the_sentence_need_not_be_repeated() -> None:
    told = "Bei Verlust des Ausweises rufen Sie den Notruf an und halten Sie das Kennwort bereit."
    said = ["Bei Verlust des Ausweises rufen Sie den Notruf an."]
    assert reason("Halten Sie das Kennwort bereit.", told, said=said) == ""


def test_no_duty_orders_no_choice() -> None:
    told = "Den Schein erhalten Sie ohne Termin im Amt oder im Büro."
    said = ["Den Schein erhalten Sie im Amt oder im Büro."]
    assert reason("Sie brauchen dafür keinen Termin.", told, said=said) == ""
