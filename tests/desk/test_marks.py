"""Staff's judgement of answers."""

from dataclasses import replace

from app.database.connection import Database
from app.desk.marks import Mark, MarkStore
from tests.desk.samples import NOON

MARK = Mark("musterstadt", "a1", NOON, "kim", "Kim", right=False, note="Die Gebühr ist veraltet.")


def test_the_last_mark_counts(database: Database) -> None:
    store = MarkStore(database)
    store.put(MARK)
    later = replace(MARK, right=True, note="", account_name="Robin")
    store.put(later)
    assert store.get("musterstadt", "a1") == later


def test_a_mark_is_on_one_answer_of_one_town(database: Database) -> None:
    store = MarkStore(database)
    store.put(MARK)
    assert store.get("musterstadt", "a2") is None
    assert store.get("anderswo", "a1") is None


def test_a_mark_can_be_taken_back(database: Database) -> None:
    store = MarkStore(database)
    store.put(MARK)
    store.remove("musterstadt", "a1")
    store.remove("musterstadt", "a1")
    assert store.get("musterstadt", "a1") is None
