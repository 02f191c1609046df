"""Divided words are mended, hyphens that belong to a word stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.hyphens import Vocabulary


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("Der Personal-", "ausweis ist gültig", "Der Personalausweis ist gültig"),
        ("Ein- und", "Ausfahrt", "Ein- und Ausfahrt"),
        ("die Ein-", "und Ausfahrt", "die Ein- und Ausfahrt"),
        ("An-", "oder Abmeldung", "An- oder Abmeldung"),
        ("die Kfz-", "Zulassung", "die Kfz-Zulassung"),
        ("KFZ-", "ZULASSUNG", "KFZ-ZULASSUNG"),
        ("AUFENTHALTS-", "ERLAUBNIS", "AUFENTHALTSERLAUBNIS"),
        ("18-", "jährige", "18-jährige"),
        ("8-", "12 Uhr", "8-12 Uhr"),
        ("Personal\u00ad", "ausweis", "Personalausweis"),
        ("https://www.muster-", "stadt.example/x", "https://www.muster-stadt.example/x"),
        ("https://www.musterstadt.example/", "hund", "https://www.musterstadt.example/hund"),
        ("Kosten -", "je nach Alter", "Kosten - je nach Alter"),
        ("von Montag", "bis Freitag", "von Montag bis Freitag"),
    ],
)
def test_lines_are_joined(before: str, after: str, joined: str) -> None:
    assert Vocabulary([before, after]).join(before, after) == joined


def test_the_document_s_own_words_decide() -> None:
    hyphened = Vocabulary(["Der Online-antrag ist da.", "Der Online-", "antrag"])
    assert hyphened.join("Der Online-", "antrag") == "Der Online-antrag"
    together = Vocabulary(["die BUNDESMELDEGESETZE", "BUNDES-", "MELDEGESETZE"])
    assert together.join("BUNDES-", "MELDEGESETZE") == "BUNDESMELDEGESETZE"
    capital = Vocabulary(["das Bürgeramt", "das Bürger-", "Amt"])
    assert capital.join("das Bürger-", "Amt") == "das Bürger-Amt"


@given(st.text("ab-Ä 1\u00ad/.", max_size=30), st.text("ab-Ä 1/.", max_size=30))
def test_no_letter_is_lost(before: str, after: str) -> None:
    joined = Vocabulary([before, after]).join(before, after)
    assert [each for each in joined if each.isalnum()] == [each for each in before + after if each.isalnum()]
