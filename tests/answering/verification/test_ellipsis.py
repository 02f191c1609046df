"""Compounds that are written only in part."""

import pytest

from app.answering.verification.ellipsis import without_ellipsis
from app.answering.verification.lexicon import lexicon
from tests.answering.verification.told_by import reason


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("an Sonn- und Feiertagen", "an Sonntagen und Feiertagen"),
        ("Hallen- und Freibad", "Hallenbad und Freibad"),
        ("Geburts-, Ehe- und Sterbeurkunden", "Geburtsurkunden, Eheurkunden und Sterbeurkunden"),
        ("Reet- und Fachwerkdächer", "Reet- und Fachwerkdächer"),
        ("die Online-Ausweisfunktion", "die Online-Ausweisfunktion"),
    ],
)
def test_a_known_last_part_is_added(short: str, full: str) -> None:
    assert without_ellipsis(short, lexicon("de")) == full


def test_english_texts_stay_as_they_are() -> None:
    assert without_ellipsis("pre- and after-school care", lexicon("en")) == "pre- and after-school care"


def test_one_half_may_be_told() -> None:
    told = "Im Hallen- und Freibad zahlen Sie die Hälfte."
    assert reason("Im Hallenbad zahlen Sie die Hälfte.", told) == ""
