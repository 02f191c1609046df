"""A module's text as list items and notes."""

import pytest

from app.text.lists import Listed, listed


@pytest.mark.parametrize(
    ("markdown", "items", "notes"),
    [
        ("- Personalausweis\n- ein **Passfoto**", ("Personalausweis", "ein Passfoto"), ()),
        ("Vorab.\n\n- eins\n- zwei\n\nDanach. Und noch.", ("eins", "zwei"), ("Vorab.", "Danach.", "Und noch.")),
        ("1. erst\n2. dann", ("erst", "dann"), ()),
        ("- Urkunde. Nicht älter als 6 Monate.", ("Urkunde. Nicht älter als 6 Monate.",), ()),
        ("- Antrag\n  - mit Begründung", ("Antrag", "mit Begründung"), ()),
        ("| Was | Preis |\n|---|---|\n| ein Hund | 96 Euro |", ("ein Hund: 96 Euro",), ()),
        ("Nur ein Satz.", (), ("Nur ein Satz.",)),
        ("", (), ()),
    ],
)
def test_items_and_notes_are_told_apart(markdown: str, items: tuple[str, ...], notes: tuple[str, ...]) -> None:
    assert listed(markdown) == Listed(items, notes)


def test_a_sentence_right_below_a_list_is_no_part_of_its_last_item() -> None:
    found = listed("- Teilung: 75,00 Euro\nDie Kosten der Vermessung kommen hinzu.")
    assert found == Listed(("Teilung: 75,00 Euro",), ("Die Kosten der Vermessung kommen hinzu.",))


def test_an_item_that_goes_on_in_the_next_line_stays_whole() -> None:
    assert listed("- Nachweis über\nden Wohnsitz").items == ("Nachweis über den Wohnsitz",)
