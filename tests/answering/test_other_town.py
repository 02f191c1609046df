"""Questions about another town are not answered by this one's rules."""

import pytest

from app.answering.folding import fold
from app.answering.other_town import means_other_town
from tests.tenants.samples import musterstadt


@pytest.mark.parametrize(
    "text",
    [
        "Was kostet ein Personalausweis in Köln?",
        "Ich ziehe nach Kiel. Was zahlt man dort für zwei Hunde?",
        "Wann hat das Bürgeramt Düsseldorf auf, also das im Rathaus Düsseldorf?",
    ],
)
def test_a_question_about_another_town_is_recognised(text: str) -> None:
    assert means_other_town(fold(text), musterstadt())


@pytest.mark.parametrize(
    "text",
    [
        "Was kostet ein Personalausweis?",
        "Ich bin am 3. November von Köln hergezogen, bis wann muss ich mich anmelden?",
        "Ich habe in Berlin gewohnt und wohne jetzt in Musterstadt. Was kostet die Hundesteuer?",
        "Hat das Bürgeramt dort am Montag auf?",
    ],
)
def test_where_somebody_comes_from_is_not_where_they_ask_about(text: str) -> None:
    assert not means_other_town(fold(text), musterstadt())
