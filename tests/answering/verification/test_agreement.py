""" "Sie" takes a verb in the plural."""

import pytest

from tests.answering.verification.told_by import reason

TOLD = "Für den Antrag benötigen Sie einen Ausweis. Die Behörde arbeitet von 8 bis 12 Uhr."


@pytest.mark.parametrize("slip", ["Für den Antrag benötigt Sie einen Ausweis.", "Sie benötigt einen Ausweis."])
def test_a_verb_in_the_singular_is_rejected(slip: str) -> None:
    assert 'does not fit "Sie"' in reason(slip, TOLD)


@pytest.mark.parametrize("fitting", ["Sie benötigen einen Ausweis.", "Benötigen Sie den Antrag, brauchen Sie Papiere."])
def test_the_plural_is_not(fitting: str) -> None:
    assert 'does not fit "Sie"' not in reason(fitting, TOLD)


def test_the_office_may_be_meant_where_the_source_says_so() -> None:
    told = "Die Behörde prüft den Antrag. Sie benötigt dafür zwei Wochen. Bitte benötigen Sie nichts weiter."
    assert 'does not fit "Sie"' not in reason("Sie benötigt dafür zwei Wochen.", told)
