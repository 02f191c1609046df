"""Duties, options, permissions and advice are not exchanged."""

import pytest

from tests.answering.verification.told_by import reason


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Sie können die Prüfung bestehen.", "Sie müssen die Prüfung bestehen."),
        ("Sie sollten die Prüfung bestehen.", "Sie müssen die Prüfung bestehen."),
        ("Sie müssen die Frist verlängern.", "Sie können die Frist verlängern."),
        ("Sie können den Hund anmelden.", "Der Hund ist anzumelden."),
        ("Sie müssen den Antrag persönlich stellen.", "Die Beantragung erfolgt persönlich."),
        ("Der Antrag wird abgelehnt.", "Der Antrag kann abgelehnt werden."),
    ],
)
def test_another_modality_is_rejected(says: str, told: str) -> None:
    assert "modality" in reason(says, told)


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Sie müssen den Hund anmelden.", "Der Hund ist anzumelden."),
        ("Melden Sie den Hund bitte an.", "Sie müssen den Hund anmelden."),
        ("Sie müssen den Hund anmelden.", "Melden Sie den Hund an."),
        ("Sie dürfen die Frist verlängern.", "Sie können die Frist verlängern."),
        ("Sie brauchen einen Termin.", "Ein Termin ist erforderlich."),
    ],
)
def test_the_same_modality_in_other_words_is_accepted(says: str, told: str) -> None:
    assert reason(says, told) == ""


def test_what_follows_from_a_condition_may_be_told_as_a_duty() -> None:
    told = "Sie erhalten den Zuschuss, wenn Sie den Antrag bis zum 1. Mai stellen."
    said = ("Sie erhalten den Zuschuss, wenn Sie den Antrag bis zum 1. Mai stellen.",)
    assert reason("Dafür müssen Sie den Antrag bis zum 1. Mai stellen.", told, said=said) == ""


def test_what_one_does_it_with_may_be_told_as_needed() -> None:
    told = "Mit einem Kartenleser können Sie die Karte online nutzen."
    said = ["Sie können die Karte online nutzen."]
    assert reason("Dafür brauchen Sie einen Kartenleser.", told, said=said) == ""
    assert reason("Dafür müssen Sie die Karte online nutzen.", told, said=said)


def test_a_bound_may_be_told_with_duerfen() -> None:
    told = "Das Foto ist nicht älter als sechs Monate."
    assert reason("Das Foto darf nicht älter als sechs Monate sein.", told) == ""
