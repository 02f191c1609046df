"""Adjectives and genitives stay with their nouns."""

from tests.answering.verification.told_by import reason

TOLD = (
    "Sie brauchen den letzten Bescheid des Jugendamtes oder Gerichtes sowie das von beiden Eltern unterschriebene "
    "Einverständnis."
)


def test_an_adjective_stays_with_its_noun() -> None:
    swapped = TOLD.replace("letzten", "unterschriebenen").replace("unterschriebene E", "letzte E")
    assert reason(TOLD, TOLD) == ""
    assert "puts together" in reason(swapped, TOLD)


def test_a_genitive_stays_with_its_noun() -> None:
    told = "Fügen Sie eine Kopie der Urkunde bei, die das Standesamt am Wohnort der Eltern ausgestellt hat."
    swapped = "Fügen Sie eine Kopie der Eltern bei, die das Standesamt am Wohnort der Urkunde ausgestellt hat."
    assert "puts together" in reason(swapped, told)
