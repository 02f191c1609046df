"""Words of scope are neither added nor dropped."""

import pytest

from tests.answering.verification.told_by import reason


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Alle Abholungen sind kostenlos.", "Die Abholungen sind kostenlos."),
        ("Das Holz darf verbrannt werden.", "Nur das Holz darf verbrannt werden."),
        ("Der Abstand muss höchstens 50 Meter betragen.", "Der Abstand muss mindestens 50 Meter betragen."),
        ("Das Unternehmen übernimmt die Anzeige.", "In der Regel übernimmt das Unternehmen die Anzeige."),
        ("Die Karte gilt in allen Geschäften.", "Die Karte gilt in vielen Geschäften."),
        ("Jede Urkunde kostet 6,00 Euro.", "Jede weitere Urkunde kostet 6,00 Euro."),
        ("Das Foto ist älter als ein Jahr.", "Das Foto ist nicht älter als ein Jahr."),
    ],
)
def test_a_changed_scope_is_rejected(says: str, told: str) -> None:
    assert reason(says, told)
    assert reason(told, told) == ""


def test_other_words_of_the_same_scope_are_accepted() -> None:
    assert reason("Die Miete kostet maximal 50 Euro.", "Die Miete kostet höchstens 50 Euro.") == ""


def test_how_often_something_happens_is_no_scope() -> None:
    assert reason("Die Tonne wird alle 14 Tage geleert.", "Die Tonne wird alle vierzehn Tage geleert.") == ""


def test_etwa_in_front_of_an_example_is_no_scope() -> None:
    told = "Private Feiern, etwa Hochzeiten, müssen nicht angemeldet werden."
    assert reason("Private Feiern müssen nicht angemeldet werden.", told) == ""
    assert reason("Die Prüfung dauert zwei Wochen.", "Die Prüfung dauert etwa zwei Wochen.")
