"""Times of day are read in digits and in words, and what is asked about them."""

from datetime import time

import pytest

from app.answering.asked_time import TimeSense, find_time
from app.answering.folding import fold


@pytest.mark.parametrize(
    ("text", "moment", "sense"),
    [
        ("Hat das Amt um 14 Uhr offen?", time(14), TimeSense.AT),
        ("Macht ihr um zwei zu?", time(14), TimeSense.AT),
        ("um halb neun", time(8, 30), TimeSense.AT),
        ("um Viertel vor zwölf", time(11, 45), TimeSense.AT),
        ("viertel nach drei", time(15, 15), TimeSense.AT),
        ("bis halb sechs offen", time(17, 30), TimeSense.UNTIL),
        ("bis um vier", time(16), TimeSense.UNTIL),
        ("bis sieben auf?", time(19), TimeSense.UNTIL),
        ("vor 7:45 Uhr", time(7, 45), TimeSense.BEFORE),
        ("nach 14 Uhr", time(14), TimeSense.AFTER),
        ("ab 13.20 Uhr", time(13, 20), TimeSense.AT),
        ("at half past two", time(14, 30), TimeSense.AT),
        ("at 9 am", time(9), TimeSense.AT),
        ("after 5 pm", time(17), TimeSense.AFTER),
        ("um ein Uhr", time(13), TimeSense.AT),
    ],
)
def test_times_are_read(text: str, moment: time, sense: TimeSense) -> None:
    found = find_time(fold(text))
    assert (found.moment, found.sense) == (moment, sense)
    assert "@time" in found.text


@pytest.mark.parametrize(
    "text", ["nach zwei Wochen", "bis zwei Personen", "drei Bücher", "24 Uhr", "vor drei Tagen", "in 5 Minuten", ""]
)
def test_other_numbers_are_no_times(text: str) -> None:
    found = find_time(fold(text))
    assert found.moment is None
    assert found.text == fold(text)
