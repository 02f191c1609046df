"""Which questions count as open, and why."""

from datetime import timedelta

from app.desk.feedback import Feedback, FeedbackStore
from app.desk.marks import Mark, MarkStore
from app.insight.questions import Reason, asked, open_questions
from app.records.repository import RecordRepository
from tests.insight.samples import NOW, TOWN, log

SINCE = NOW - timedelta(days=30)


def reasons(records: RecordRepository) -> dict[str, set[Reason]]:
    return {found.answer_id: set(found.reasons) for found in open_questions(records.database, TOWN, SINCE)}


def test_the_status_says_which_questions_are_open(records: RecordRepository) -> None:
    for status in ("answered", "not_in_knowledge", "failed", "out_of_scope", "declined"):
        log(records, status, f"Frage {status}", status=status)
    assert reasons(records) == {
        "not_in_knowledge": {Reason.NOT_IN_KNOWLEDGE},
        "failed": {Reason.FAILED},
        "out_of_scope": {Reason.OUT_OF_SCOPE},
    }


def test_a_question_back_is_open_until_somebody_answers_it(records: RecordRepository) -> None:
    log(records, "alone", "Anmeldung?", status="needs_clarification")
    log(records, "followed", "Anmeldung?", status="needs_clarification", conversation="c")
    log(records, "answer", "Hund", status="answered", conversation="c")
    log(records, "last", "Und wo?", status="needs_clarification", conversation="c")
    assert set(reasons(records)) == {"alone", "last"}


def test_bad_ratings_and_marks_open_answered_questions(records: RecordRepository) -> None:
    for id_ in ("a", "b", "c"):
        log(records, id_, f"Frage {id_}", status="answered")
    FeedbackStore(records.database).put(Feedback(TOWN, "a", NOW, helpful=False))
    FeedbackStore(records.database).put(Feedback(TOWN, "c", NOW, helpful=True))
    for id_ in ("a", "b"):
        MarkStore(records.database).put(Mark(TOWN, id_, NOW, "1", "Kim", right=False, note=""))
    assert reasons(records) == {"a": {Reason.NOT_HELPFUL, Reason.MARKED_WRONG}, "b": {Reason.MARKED_WRONG}}


def test_old_and_erased_questions_are_not_among_them(records: RecordRepository) -> None:
    log(records, "old", "Alt?", at=SINCE - timedelta(days=1))
    log(records, "gone", "Weg?")
    log(records, "kept", "Da?")
    records.erase(TOWN, "gone")
    assert set(reasons(records)) == {"kept"}
    assert asked(records.database, TOWN, ["gone", "kept"]) == {"kept": "Da?"}
