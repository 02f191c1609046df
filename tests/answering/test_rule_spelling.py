"""Rules read misspelt questions as the town's own words."""

import pytest

from app.answering.rule_spelling import spelled_for_rules
from tests.answering.decisions import rules
from tests.tenants.samples import musterstadt


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("reisepas preis", "Reisepass"),
        ("wan auf", "wann"),
        ("geburtsukunde kosten", "Geburtsurkunde"),
    ],
)
def test_misspelt_words_are_put_right(written: str, read: str) -> None:
    assert read in spelled_for_rules(written, "de", musterstadt(), rules())


@pytest.mark.parametrize("text", ["Was kostet ein Reisepass?", "Wie melde ich meinen Hund ab?", "Hecke schneiden"])
def test_good_german_stays_as_it_is(text: str) -> None:
    assert spelled_for_rules(text, "de", musterstadt(), rules()) == text


def test_other_languages_are_left_alone() -> None:
    assert spelled_for_rules("reisepas price", "en", musterstadt(), rules()) == "reisepas price"
