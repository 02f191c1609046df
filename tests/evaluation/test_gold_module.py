from app.index.modules import ModuleKind
from evaluation.gold_file import GoldKind, GoldQuestion
from evaluation.gold_module import expected_module
from tests.answering.samples import chunk

COSTS = chunk(("Ab 24 Jahren: 37,00 Euro", "Unter 24 Jahren: 22,80 Euro"), ModuleKind.COSTS)
TEASER = chunk(("Der Ausweis kostet 37 Euro oder 22,80 Euro.",), ModuleKind.TEASER)
OTHER = chunk(("Auch hier: 37,00 Euro und 22,80 Euro",), ModuleKind.NOTES, document_id="reisepass")


def _question(*facts: str) -> GoldQuestion:
    return GoldQuestion(
        id="a",
        split="dev",
        question="Was kostet das?",
        language="de",
        kind=GoldKind.ANSWERABLE,
        services=("personalausweis",),
        facts=tuple((fact,) for fact in facts),
    )


def test_the_module_with_the_facts_is_expected_rather_than_its_summary() -> None:
    assert expected_module(_question("37 Euro", "22,80 Euro"), (TEASER, OTHER, COSTS)) is ModuleKind.COSTS


def test_a_summary_is_expected_when_it_holds_more() -> None:
    assert expected_module(_question("37 Euro", "Der Ausweis"), (TEASER, COSTS)) is ModuleKind.TEASER


def test_no_module_is_expected_without_facts_or_when_none_holds_them() -> None:
    assert expected_module(_question(), (COSTS,)) is None
    assert expected_module(_question("99 Euro"), (COSTS, TEASER)) is None
