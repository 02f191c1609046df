"""What the adapter is taught: as written where the statement keeps to its source, in the source's words elsewhere."""

import pytest

from app.index.modules import ModuleKind
from evaluation.drafting_targets import taught
from evaluation.verification.pairs import evidence_of

LONG = "Die Steuer beträgt 84,00 Euro im Jahr, wenn Sie nur einen Hund halten und er kein gefährlicher Hund ist."


def told(text: str, says: str, question: str = "Was kostet ein Hund?", simple: bool = False) -> str:
    evidence = evidence_of(1, ModuleKind.COSTS, [text], page="hund", title="Hundesteuer", language="de")
    return taught(says, "[1]", evidence, question, simple)


def test_a_statement_that_keeps_to_its_source_is_taught_as_written() -> None:
    says = "Sie zahlen 84,00 Euro im Jahr, wenn Sie nur einen Hund halten und er kein gefährlicher Hund ist."
    assert told(LONG, says) == f"{says} [1]"


def test_one_that_drops_a_condition_is_taught_in_the_sources_words() -> None:
    assert told(LONG, "Die Steuer beträgt 84,00 Euro im Jahr.") == f"{LONG} [1]"


@pytest.mark.parametrize(
    ("source", "says", "lead"),
    [
        ("Eine Anmeldung ist nötig, sobald der Hund drei Monate alt ist.", "Ja, das müssen Sie.", "Ja, eine"),
        ("Hunde ab drei Monaten müssen bei der Stadt angemeldet werden.", "Ja, das müssen Sie.", "Ja, Hunde"),
    ],
)
def test_yes_stays_in_front_and_only_function_words_lose_their_capital(source: str, says: str, lead: str) -> None:
    question = "Muss ich meinen Hund anmelden?"
    assert told(source, says, question).startswith(lead)


def test_einfache_sprache_and_list_items_stay_as_written() -> None:
    assert told(LONG, "Die Steuer kostet 84,00 Euro.", simple=True) == "Die Steuer kostet 84,00 Euro. [1]"
    assert told("Impfpass des Hundes", "Bringen Sie den Impfpass mit.") == "Bringen Sie den Impfpass mit. [1]"
