"""Before, after, until and within stay what they are."""

import pytest

from tests.answering.verification.told_by import reason


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Sie müssen vor der Anmeldung zahlen.", "Sie müssen nach der Anmeldung zahlen."),
        ("Der Weg ist ab 7 Uhr zu räumen.", "Der Weg ist bis 7 Uhr zu räumen."),
        ("Melden Sie den Hund vor der Anschaffung an.", "Melden Sie den Hund nach der Anschaffung an."),
        ("Melden Sie den Müll drei Wochen nachher an.", "Melden Sie den Müll drei Wochen vorher an."),
        ("Die Stelle ist donnerstags geschlossen.", "Die Stelle ist mittwochs geschlossen."),
        ("Der Beitrag gilt von Juni bis September.", "Der Beitrag gilt von Mai bis September."),
    ],
)
def test_another_direction_or_day_is_rejected(says: str, told: str) -> None:
    assert reason(says, told)
    assert reason(told, told) == ""


def test_english_directions_are_kept_too() -> None:
    told = "Apply within three months after the birth."
    assert reason("Apply within three months before the birth.", told, language="en")
    assert reason("Please apply within three months after the birth.", told, language="en") == ""
