"""Comparing two answers."""

from dataclasses import replace
from datetime import UTC, datetime

from app.answering.values import Answer, Origin, Statement, Status
from app.console.trials.differences import Difference, compared, differences
from app.console.trials.side import SideAnswer, side_json
from app.trials.trial import TrialAnswer

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ANSWER = Answer(
    status=Status.ANSWERED,
    statements=(
        Statement("Der Ausweis kostet 37,00 Euro.", (1,), Origin.QUOTE),
        Statement("Er gilt 10 Jahre.", (1,), Origin.QUOTE),
    ),
    sources=(),
    disclosure="Ich bin eine Maschine.",
    language="de",
    model="none",
    generation="g1",
)


def _kept(left: Answer, right: Answer) -> TrialAnswer:
    sides = [side_json(SideAnswer(each, "Was kostet das?", {"done": 1.0}, None, None, 0)) for each in (left, right)]
    return TrialAnswer("a", "t", NOW, "Was kostet das?", False, *sides)


def test_equal_answers_have_no_differences_even_with_other_models() -> None:
    other = replace(ANSWER, model="gemma", generation="g2")
    assert differences(_kept(ANSWER, other)) == ()
    comparison = compared(_kept(ANSWER, other))
    assert not any(words.differs for marked in comparison.left.statements for words in marked.words)


def test_only_the_words_that_differ_are_marked_on_either_side() -> None:
    changed = replace(ANSWER.statements[0], text="Der Ausweis kostet 22,80 Euro.")
    comparison = compared(_kept(ANSWER, replace(ANSWER, statements=(changed, ANSWER.statements[1]))))
    assert comparison.differences == (Difference.WORDS,)
    marked = [[(w.text, w.differs) for w in side.statements[0].words] for side in (comparison.left, comparison.right)]
    assert marked[0] == [("Der Ausweis kostet", False), ("37,00", True), ("Euro.", False)]
    assert marked[1] == [("Der Ausweis kostet", False), ("22,80", True), ("Euro.", False)]
    assert [words.differs for words in comparison.left.statements[1].words] == [False]


def test_a_refusal_differs_in_status_and_words() -> None:
    refusal = replace(ANSWER, status=Status.NOT_IN_KNOWLEDGE, statements=())
    assert differences(_kept(ANSWER, refusal)) == (Difference.STATUS, Difference.WORDS)


def test_visitors_see_the_sides_in_the_order_that_belongs_to_the_question() -> None:
    comparison = compared(_kept(ANSWER, replace(ANSWER, statements=())))
    first, second = comparison.blind
    assert {id(first), id(second)} == {id(comparison.left), id(comparison.right)}
    assert (first is comparison.right) is comparison.kept.swapped
