"""No drafted sentence reaches a citizen unless its cited passages carry every part of it."""

import pytest

from app.answering.values import EvidenceSentence, Origin, Statement
from app.answering.verify import quote, uncovered, verify_statement
from app.index.modules import ModuleKind
from app.text.terms import Vocabulary
from tests.answering.samples import COSTS, DURATION, chunk, evidence

EVIDENCE = evidence(chunk(COSTS), chunk(DURATION, ModuleKind.PROCESSING_TIME))
QUESTION = "Was kostet ein neuer Personalausweis und wie lange dauert er?"


def _reason(sentence: str, said: tuple[Statement, ...] = (), units: tuple[EvidenceSentence, ...] = EVIDENCE) -> str:
    """Why the sentence is rejected; empty when it is not."""
    texts = [f"{unit.chunk.title} {unit.text}" for unit in units]
    verdict = verify_statement(sentence, QUESTION, units, said, Vocabulary.of(texts))
    assert (verdict.statement is None) != (verdict.rejection is None)
    if verdict.rejection is not None:
        assert verdict.rejection.text == sentence
        return verdict.rejection.reason
    return ""


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Personalausweis ab 24 Jahren kostet 37,00 Euro. [1]",
        "Der Personalausweis ab 24 Jahren kostet 37 € [1].",
        "Die Herstellung dauert etwa 3 Wochen. [2]",
        "Sie erhalten den Ausweis im Bürgeramt. [2]",
        "Die Gebühr wird nicht erstattet. [1]",
    ],
)
def test_a_sentence_that_its_passage_carries_is_shown(sentence: str) -> None:
    assert _reason(sentence) == ""


def test_citations_become_numbers_and_leave_the_text() -> None:
    verdict = verify_statement(
        "Die Herstellung dauert [2] etwa 3 Wochen  [2].", QUESTION, EVIDENCE, (), Vocabulary.of(DURATION)
    )
    assert verdict.statement == Statement("Die Herstellung dauert etwa 3 Wochen.", (2,), Origin.GENERATED)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Der Personalausweis ab 24 Jahren kostet 37,00 Euro.", "no citation"),
        ("Der Personalausweis ab 24 Jahren kostet 37,00 Euro. [3]", "cites unknown source 3"),
        ("Der Personalausweis ab 24 Jahren kostet 37,00 Euro. [1] [0]", "cites unknown source 0"),
        ("Der Personalausweis ab 24 Jahren kostet [1]", "unfinished sentence"),
        ("[1]", "unfinished sentence"),
        ("Frage: Die Herstellung dauert etwa 3 Wochen. [2]", "remains of the prompt"),
        ("Quellen: Die Herstellung dauert etwa 3 Wochen. [2]", "remains of the prompt"),
        ("Die Herstellung {dauert} etwa 3 Wochen. [2]", "remains of the prompt"),
        ("Die Herstellung [dauert etwa 3 Wochen. [2]", "remains of the prompt"),
        ("Der Personalausweis ab 24 Jahren kostet 39,00 Euro. [1]", "amount 39.00"),
        ("Die Herstellung dauert etwa 2 Wochen. [2]", "duration 2 week"),
        ("Sie erhalten den Ausweis unter 03999 115-200. [2]", "phone 03999115200"),
        ("Sie erhalten den Ausweis auf https://ausweis.example/ im Bürgeramt. [2]", "url https://ausweis.example"),
        ("Die Gebühr wird nach § 9 nicht erstattet. [1]", "paragraph 9"),
        ("Sie erhalten den Ausweis im Bürgeramt Neustadt. [2]", "neustadt"),
        ("Ein Elefant kostet 37,00 Euro. [1]", "elefant"),
        ("Die Gebühr wird erstattet. [1]", "negation"),
        ("Sie erhalten den Ausweis nicht im Bürgeramt. [2]", "negation"),
        ("Der Personalausweis ab 24 Jahren kostet 22,80 Euro. [1]", ""),
        ("Sie müssen den Ausweis im Bürgeramt erhalten. [2]", "modality not in the cited source: must"),
    ],
)
def test_whatever_the_passage_does_not_carry_is_rejected_with_the_reason(sentence: str, reason: str) -> None:
    given = _reason(sentence)
    assert given
    assert reason in given


def test_a_figure_of_another_passage_than_the_cited_one_is_rejected() -> None:
    assert "figure not in the cited source" in _reason("Die Herstellung dauert etwa 3 Wochen. [1]")


def test_the_price_of_another_line_is_rejected() -> None:
    prices = evidence(chunk(("Personalausweis: 37,00 Euro", "Reisepass: 70,00 Euro")))
    assert _reason("Der Personalausweis kostet 37,00 Euro. [1]", units=prices) == ""
    assert _reason("Der Personalausweis kostet 70,00 Euro. [1]", units=prices)


def test_a_repetition_is_rejected_whatever_its_case_and_citation() -> None:
    said = (Statement("Die Herstellung dauert etwa 3 Wochen.", (2,), Origin.GENERATED),)
    assert _reason("die Herstellung dauert etwa 3 Wochen. [2]", said) == "said before"


def test_an_endless_sentence_is_rejected() -> None:
    assert _reason(f"Die Herstellung dauert {'etwa ' * 100}3 Wochen. [2]") == "too long"


def test_evidence_that_was_not_told_is_left_for_quoting() -> None:
    said = [Statement("Der Personalausweis ab 24 Jahren kostet 37,00 Euro.", (1,), Origin.GENERATED)]
    assert [unit.text for unit in uncovered(EVIDENCE[:2], said)] == ["Personalausweis unter 24 Jahren: 22,80 Euro"]
    assert uncovered(EVIDENCE, []) == list(EVIDENCE)
    assert uncovered((), said) == []


def test_evidence_told_in_other_words_with_all_its_figures_is_not_quoted_again() -> None:
    said = [Statement("Etwa drei Wochen dauert die Herstellung.", (2,), Origin.GENERATED)]
    assert uncovered(EVIDENCE[3:4], said) == []


def test_a_quote_is_the_sentence_itself() -> None:
    assert quote(EVIDENCE[1]) == Statement("Personalausweis unter 24 Jahren: 22,80 Euro", (1,), Origin.QUOTE)
