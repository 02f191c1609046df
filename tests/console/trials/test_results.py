"""Votes as a table."""

from datetime import UTC, datetime

from app.console.trials.results import results, results_csv
from app.trials.trial import Choice, TrialAnswer, Vote

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ANSWER = TrialAnswer("a", "t", NOW, "=HYPERLINK(1)", False, {}, {})


def test_each_question_has_its_counts_and_comments_and_no_formula_reaches_a_spreadsheet() -> None:
    votes = [Vote("a", NOW, None, Choice.LEFT, "gut"), Vote("a", NOW, None, Choice.LEFT, ""),
             Vote("a", NOW, "petra", Choice.NEITHER, "+1; knapp")]  # fmt: skip
    rows = results([ANSWER], votes)
    assert rows[0].comments == ("gut", "+1; knapp")
    lines = results_csv(rows, list("ABCDEFG")).decode("utf-8-sig").split("\r\n")[:2]
    assert lines == ["A;B;C;D;E;F;G", """'=HYPERLINK(1);2;0;0;1;3;"gut | +1; knapp\""""]
