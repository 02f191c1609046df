"""What is denied stays denied; "Ja" and "Nein" fit source and question."""

import pytest

from tests.answering.verification.told_by import reason, shown


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Die Vertretung ist möglich.", "Die Vertretung ist nicht möglich."),
        ("Die Karte ist nicht übertragbar.", "Die Karte ist übertragbar."),
        ("Die Abmeldung kostet Gebühr.", "Die Abmeldung ist gebührenfrei."),
        ("Das Fällen ist erlaubt.", "Das Fällen ist verboten."),
        ("Die Stelle ist geöffnet.", "Die Stelle ist geschlossen."),
    ],
)
def test_a_turned_sentence_is_rejected(says: str, told: str) -> None:
    assert "negation" in reason(says, told)


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Die Abmeldung kostet nichts.", "Die Abmeldung ist gebührenfrei."),
        ("Die Vertretung ist ausgeschlossen.", "Die Vertretung ist nicht möglich."),
        ("Sie brauchen keinen Termin.", "Ein Termin ist nicht erforderlich."),
    ],
)
def test_the_same_denial_in_other_words_is_accepted(says: str, told: str) -> None:
    assert reason(says, told) == ""


@pytest.mark.parametrize(
    ("ask", "right", "wrong"),
    [
        ("Kostet die Abmeldung etwas?", "Nein", "Ja"),
        ("Ist die Abmeldung kostenlos?", "Ja", "Nein"),
        ("Muss ich für die Abmeldung eine Gebühr zahlen?", "Nein", "Ja"),
    ],
)
def test_yes_and_no_depend_on_the_question(ask: str, right: str, wrong: str) -> None:
    told = "Die Abmeldung ist gebührenfrei."
    assert reason(f"{right}, die Abmeldung ist gebührenfrei.", told, ask=ask) == ""
    assert shown(f"{right}, die Abmeldung ist gebührenfrei.", told, ask=ask).startswith(right)
    assert shown(f"{wrong}, die Abmeldung ist gebührenfrei.", told, ask=ask) == "Die Abmeldung ist gebührenfrei."


def test_a_misspelt_question_is_still_understood() -> None:
    told = "Die Abmeldung ist gebührenfrei."
    assert reason("Nein, die Abmeldung ist gebührenfrei.", told, ask="kosted di abmeldunk was") == ""


@pytest.mark.parametrize(
    ("says", "told", "ask"),
    [
        ("Ja, Sie können online kommen.", "Sie können online kommen.", "Muss ich kommen?"),
        ("Nein, Sie müssen persönlich kommen.", "Sie müssen persönlich kommen.", "Muss ich nicht kommen?"),
        ("Nein, Musik ist nur bis 22 Uhr erlaubt.", "Musik ist nur bis 22 Uhr erlaubt.", "Darf ich Musik machen?"),
        ("Ja, das Mittagessen ist warm.", "Das Mittagessen ist warm.", "Haben Sie samstags offen?"),
    ],
)
def test_an_unclear_yes_or_no_is_left_out(says: str, told: str, ask: str) -> None:
    assert shown(says, told, ask=ask) == told


@pytest.mark.parametrize("says", ["Nein, das ist bis 22 Uhr erlaubt.", "Nein, wenn Sie Musik machen."])
def test_a_rest_that_says_nothing_by_itself_is_rejected(says: str) -> None:
    assert shown(says, "Musik ist bis 22 Uhr erlaubt.", ask="Darf ich Musik machen?") == ""


def test_without_a_thing_means_that_it_is_not_needed() -> None:
    told = "Sie bekommen den Pass ohne Termin im Amt."
    said = ["Sie bekommen den Pass im Amt."]
    assert reason("Sie brauchen dafür keinen Termin.", told, said=said) == ""
    assert reason("Sie brauchen dafür einen Termin.", told, said=said)


def test_the_half_that_is_denied_keeps_its_denial() -> None:
    told = "Den Grad stellt nicht die Stadt, sondern die Pflegekasse fest."
    assert reason(told, told) == ""
    assert reason("Den Grad stellt die Stadt fest.", told)
