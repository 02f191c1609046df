"""Citizens' feedback: one an answer, the last word counts."""

from datetime import timedelta

import pytest

from app.desk.feedback import Feedback, FeedbackStore, Reason
from app.records.repository import RecordRepository
from tests.records.samples import START

TOWN = "musterstadt"


@pytest.fixture
def store(records: RecordRepository) -> FeedbackStore:
    return FeedbackStore(records.database)


def test_the_last_word_on_an_answer_counts(store: FeedbackStore) -> None:
    store.put(Feedback(TOWN, "a", START, True))
    last = Feedback(TOWN, "a", START + timedelta(minutes=1), False, Reason.WRONG, "Die Gebühr ist höher.")
    store.put(last)
    assert store.get(TOWN, "a") == last
    assert list(store.since(TOWN)) == [last]


def test_what_was_never_said_is_none(store: FeedbackStore) -> None:
    assert store.get(TOWN, "a") is None
    assert not store.remove(TOWN, "a")


def test_taken_back_it_is_gone(store: FeedbackStore) -> None:
    store.put(Feedback(TOWN, "a", START, True))
    assert store.remove(TOWN, "a")
    assert store.get(TOWN, "a") is None


def test_a_town_sees_its_own_newest_first_and_of_one_kind(store: FeedbackStore) -> None:
    given = [Feedback(TOWN, f"a{n}", START + timedelta(days=n), helpful=n % 2 == 0) for n in range(4)]
    for each in (*given, Feedback("beispielheim", "a0", START, False)):
        store.put(each)
    assert [each.answer_id for each in store.since(TOWN)] == ["a3", "a2", "a1", "a0"]
    assert [each.answer_id for each in store.since(TOWN, START + timedelta(days=1), helpful=False)] == ["a3", "a1"]
