"""Two nouns of a sentence don't change places."""

import pytest

from tests.answering.verification.told_by import reason


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Sie brauchen eine Adresse der Änderung.", "Sie brauchen eine Änderung der Adresse."),
        ("Für die Gebühr zahlen Sie eine Anmeldung.", "Für die Anmeldung zahlen Sie eine Gebühr."),
        ("Das Rathaus gibt es im Formular.", "Das Formular gibt es im Rathaus."),
        ("Der Mieter hilft dem Vermieter.", "Der Vermieter hilft dem Mieter."),
    ],
)
def test_swapped_nouns_are_rejected(says: str, told: str) -> None:
    assert reason(says, told)
    assert reason(told, told) == ""


def test_a_noun_in_the_place_of_a_dropped_one_is_rejected() -> None:
    told = "Die Bescheinigung bekommen Sie an der Theke mit einer Wartenummer."
    assert "place of another" in reason("Sie bekommen an der Theke mit einer Bescheinigung.", told)


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Den Antrag gibt es im Rathaus.", "Im Rathaus gibt es den Antrag."),
        ("Sie brauchen eine Bestätigung vom Vermieter.", "Sie brauchen eine Bestätigung des Vermieters."),
        ("Für Hebammen ist der Ausweis kostenlos.", "Für Pflegedienste und Hebammen ist der Ausweis kostenlos."),
    ],
)
def test_moving_a_phrase_as_a_whole_is_a_paraphrase(says: str, told: str) -> None:
    assert reason(says, told) == ""
