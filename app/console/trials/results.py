"""The votes of a trial as a table, on the page and as a file for a spreadsheet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.text.spreadsheet import csv_text
from app.trials.trial import Tally, TrialAnswer, Vote


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question with what was said about its answers."""

    answer: TrialAnswer
    tally: Tally
    comments: tuple[str, ...]


def results(answers: Sequence[TrialAnswer], votes: Sequence[Vote]) -> tuple[QuestionResult, ...]:
    """A row a question, in the order of the questions."""
    by_answer: defaultdict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        by_answer[vote.answer_id].append(vote)
    return tuple(
        QuestionResult(
            answer=answer,
            tally=Tally.of(by_answer[answer.id]),
            comments=tuple(vote.comment for vote in by_answer[answer.id] if vote.comment),
        )
        for answer in answers
    )


def results_csv(rows: Sequence[QuestionResult], columns: Sequence[str]) -> bytes:
    """UTF-8 with a byte order mark, for German spreadsheets. `columns` are the seven headings."""
    lines = [
        [row.answer.question, row.tally.left, row.tally.right, row.tally.both, row.tally.neither, row.tally.total,
         " | ".join(row.comments)]
        for row in rows
    ]  # fmt: skip
    return csv_text([columns, *lines]).encode("utf-8-sig")
