"""Short sentences before long ones."""

from dataclasses import replace

from app.answering.plain import LONGEST_WORDS, short_enough
from app.index.modules import ModuleKind
from tests.answering.samples import COSTS, chunk, evidence

LONG = " ".join(["Wort"] * (LONGEST_WORDS + 1)) + "."
SHORT = "Der Ausweis kommt mit der Post."


def test_long_sentences_go_but_the_likeliest_stays() -> None:
    first, second, third = evidence(chunk((LONG, SHORT, LONG), ModuleKind.PROCEDURE))
    likeliest = replace(first, score=0.99)
    assert short_enough([likeliest, second, third]) == (likeliest, second)


def test_lists_of_costs_stay_whole() -> None:
    units = evidence(chunk((*COSTS, LONG)))
    assert short_enough(units) == units


def test_nothing_stays_nothing() -> None:
    assert short_enough(()) == ()
