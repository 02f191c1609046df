"""What was said about an answer goes with it, however it was erased; what was passed on goes when it is old."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.answering.rights import erase_answer, erase_conversation
from app.desk.erasure import erase_with_answers, purge_desk
from app.desk.feedback import Feedback, FeedbackStore
from app.desk.handovers import HandoverStore, NewHandover
from app.errors import NotFoundError
from app.records.repository import RecordRepository
from tests.records.samples import START, new_record

TOWN = "musterstadt"


@pytest.fixture
def answered(records: RecordRepository) -> RecordRepository:
    """Two answers of one conversation, with feedback on both and the second one passed on."""
    for id_ in ("a", "b"):
        records.append(new_record(id_, conversation_id="conversation-00001"))
        FeedbackStore(records.database).put(Feedback(TOWN, id_, START, False, comment="Streng geheime Anmerkung"))
    handovers = HandoverStore(records.database)
    handovers.add(NewHandover(TOWN, START, "Frage?", "geheim@example.org", "de", "b", "conversation-00001"))
    return records


def _left(records: RecordRepository) -> tuple[int, int]:
    return len(list(FeedbackStore(records.database).since(TOWN))), len(HandoverStore(records.database).list(TOWN))


def test_an_erased_answer_takes_along_what_was_said_about_it(answered: RecordRepository) -> None:
    erase_answer(answered, TOWN, "b")
    assert _left(answered) == (1, 0)


def test_an_erased_conversation_takes_everything_along(answered: RecordRepository) -> None:
    assert erase_conversation(answered, TOWN, "conversation-00001") == ("a", "b")
    assert _left(answered) == (0, 0)


def test_what_was_passed_on_without_an_answer_can_be_erased_with_its_conversation(records: RecordRepository) -> None:
    HandoverStore(records.database).add(
        NewHandover(TOWN, START, "Frage?", "a@example.org", "de", None, "conversation-00002")
    )
    assert erase_conversation(records, TOWN, "conversation-00002") == ()
    with pytest.raises(NotFoundError):
        erase_conversation(records, TOWN, "conversation-00002")


def test_nothing_of_it_is_left_on_the_disk(answered: RecordRepository, path: Path) -> None:
    erase_conversation(answered, TOWN, "conversation-00001")
    answered.close()
    bytes_left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"Streng geheime" not in bytes_left
    assert b"geheim@example.org" not in bytes_left


def test_answers_that_expired_take_their_feedback_along(answered: RecordRepository) -> None:
    answered.purge(None, START + timedelta(days=1))
    assert erase_with_answers(answered.database) == 3
    assert _left(answered) == (0, 0)


def test_old_questions_go_before_their_answers(answered: RecordRepository) -> None:
    assert purge_desk(answered.database, 30, START + timedelta(days=30)) == 0
    assert purge_desk(answered.database, 30, START + timedelta(days=31)) == 1
    assert _left(answered) == (2, 0)
