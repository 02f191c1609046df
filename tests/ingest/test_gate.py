"""What must hold before a generation answers citizens."""

import pytest

from app.errors import KnowledgeError
from app.index.manifest import Reasons
from app.tenants.publishing import Publishing
from ingest.gate import refusals, refuse_shrinking
from tests.ingest.gate_samples import KEPT, LOST, RIGHT, WRONG, change, examination

STRICT = Publishing()


def test_the_gate_holds_when_nothing_is_lost_and_no_goal_is_missed() -> None:
    new_and_wrong = change("new", None, WRONG)
    better = change("better", WRONG, RIGHT)
    assert refusals(examination(KEPT, new_and_wrong, better), STRICT, Reasons()) == ()


def test_a_question_that_was_right_and_is_not_any_more_is_named() -> None:
    (reason,) = refusals(examination(KEPT, LOST), STRICT, Reasons())
    assert reason == "1 gold question was answered rightly until now and would not be any more: hund (wrong)."


def test_many_lost_answers_are_counted_and_the_first_ones_named() -> None:
    lost = [change("worse", RIGHT, WRONG, f"frage-{number}") for number in range(7)]
    (reason,) = refusals(examination(*lost), STRICT, Reasons())
    assert reason.startswith("7 gold questions were")
    assert "frage-4 (wrong) and 2 more" in reason


@pytest.mark.parametrize(
    ("publishing", "reasons"),
    [(STRICT, Reasons(regressions="Die Gebühr entfällt.")), (Publishing(regressions="allow"), Reasons())],
)
def test_lost_answers_may_go_with_a_reason_or_where_the_town_allows_it(
    publishing: Publishing, reasons: Reasons
) -> None:
    assert refusals(examination(LOST), publishing, reasons) == ()


def test_no_reason_lets_a_missed_goal_pass() -> None:
    missed = examination(LOST, shortfalls=("dev: 2 invented figures, at most 0 may be.",))
    reasons = Reasons(warnings="x", shrink="x", regressions="x")
    assert refusals(missed, STRICT, reasons) == ("dev: 2 invented figures, at most 0 may be.",)


@pytest.mark.parametrize(("before", "now"), [(0, 0), (0, 5), (10, 8), (10, 12), (1, 1)])
def test_a_few_texts_may_go(before: int, now: int) -> None:
    refuse_shrinking(before, now, STRICT, Reasons())


@pytest.mark.parametrize(("before", "now"), [(10, 7), (1, 0), (100, 79)])
def test_more_than_the_share_stops_publishing_unless_there_is_a_reason(before: int, now: int) -> None:
    with pytest.raises(KnowledgeError, match=f"{before - now} of {before} texts would be gone .*--allow-shrink REASON"):
        refuse_shrinking(before, now, STRICT, Reasons())
    refuse_shrinking(before, now, STRICT, Reasons(shrink="Zwei Ämter veröffentlichen jetzt selbst."))
    refuse_shrinking(before, now, Publishing(max_shrink=1), Reasons())
