"""Questions passed on to people: kept until they are answered and old."""

from datetime import timedelta

import pytest

from app.desk.handovers import HandoverStatus, HandoverStore, NewHandover, Reply
from app.errors import NotFoundError
from app.records.repository import RecordRepository
from tests.records.samples import START

TOWN = "musterstadt"


@pytest.fixture
def store(records: RecordRepository) -> HandoverStore:
    return HandoverStore(records.database)


def _new(minutes: int = 0, conversation_id: str | None = "conversation-00001") -> NewHandover:
    moment = START + timedelta(minutes=minutes)
    return NewHandover(TOWN, moment, "Frage?", "erika@example.org", "de", None, conversation_id)


def test_it_is_open_until_somebody_replies(store: HandoverStore) -> None:
    kept = store.add(_new())
    assert (kept.status, kept.reply) == (HandoverStatus.OPEN, None)
    settled = store.settle(TOWN, kept.id, Reply(START + timedelta(hours=2), "7", "Anna", "So geht es.", "mail"))
    assert (settled.status, settled.reply, settled.account_name) == (HandoverStatus.ANSWERED, "So geht es.", "Anna")
    assert store.get(TOWN, kept.id) == settled
    assert store.list(TOWN, HandoverStatus.OPEN) == ()


def test_without_words_it_is_closed(store: HandoverStore) -> None:
    kept = store.add(_new())
    assert store.settle(TOWN, kept.id, Reply(START, "7", "Anna", None, "hand")).status is HandoverStatus.CLOSED


def test_nobody_replies_twice(store: HandoverStore) -> None:
    kept = store.add(_new())
    reply = Reply(START, "7", "Anna", "So geht es.", "mail")
    store.settle(TOWN, kept.id, reply)
    with pytest.raises(NotFoundError):
        store.settle(TOWN, kept.id, reply)


def test_who_waits_longest_comes_first(store: HandoverStore) -> None:
    late, early = store.add(_new(5)), store.add(_new(1))
    assert store.list(TOWN) == (early, late)


def test_another_town_finds_nothing(store: HandoverStore) -> None:
    kept = store.add(_new())
    assert store.list("beispielheim") == ()
    for call in (store.get, store.remove):
        with pytest.raises(NotFoundError):
            call("beispielheim", kept.id)


def test_it_goes_with_its_conversation(store: HandoverStore) -> None:
    store.add(_new())
    other = store.add(_new(conversation_id=None))
    assert store.erase_conversation(TOWN, "conversation-00001") == 1
    assert store.list(TOWN) == (other,)


def test_old_ones_go_whether_answered_or_not(store: HandoverStore) -> None:
    store.add(_new(0))
    kept = store.add(_new(10))
    assert store.purge(START + timedelta(minutes=10)) == 1
    assert store.list(TOWN) == (kept,)
