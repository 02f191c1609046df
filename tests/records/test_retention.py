"""Erasure: the content goes for good, the chain still verifies."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.database.connection import Database
from app.database.tables import answer_records
from app.errors import NotFoundError
from app.records.repository import RecordRepository
from app.records.retention import purge_limit
from tests.records.samples import START, fill, new_record

SECRET = "Geheimfrage-4711"


def test_an_erased_record_keeps_only_its_place_in_the_chain(records: RecordRepository) -> None:
    before = [records.append(new_record(id_, conversation_id="talk")) for id_ in ("a", "b", "c")][1]
    erased = records.erase("musterstadt", "b")
    assert (erased.payload, erased.salt, erased.conversation_id) == (None, None, None)
    assert (erased.status, erased.language, erased.generation) == ("", "", "")
    assert (erased.hash, erased.content_hash, erased.sequence) == (before.hash, before.content_hash, 2)
    assert erased.erased_at is not None
    report = records.verify()
    assert (report.records, report.erased, report.faults) == (3, 1, ())


def test_answers_are_logged_after_the_last_record_was_erased(records: RecordRepository) -> None:
    fill(records, 2)
    records.erase("musterstadt", "musterstadt-2")
    assert records.append(new_record("next")).sequence == 3
    assert records.verify().intact


def test_erased_content_is_gone_from_the_files(records: RecordRepository, path: Path) -> None:
    for number in range(20):
        records.append(new_record(f"keep-{number}"))
    long_text = f"{SECRET} " * 2000  # spills onto overflow pages
    stored = records.append(new_record("a", conversation_id=f"talk-{SECRET}", payload={"question": long_text}))
    assert stored.salt is not None
    files = [path, path.with_name(path.name + "-wal")]
    assert any(SECRET.encode() in file.read_bytes() for file in files)
    records.erase("musterstadt", "a")
    for file in files:
        assert SECRET.encode() not in file.read_bytes()
        assert stored.salt.encode() not in file.read_bytes()


def test_erasing_waits_for_no_reader_and_closing_cleans_up_behind_it(path: Path) -> None:
    records = RecordRepository(path)
    records.append(new_record("a", payload={"question": SECRET}))
    reader = Database(path)
    with reader.reading() as connection:
        assert len(connection.execute(select(answer_records)).all()) == 1
        assert records.erase("musterstadt", "a").payload is None
        records.append(new_record("b"))
    reader.close()
    records.close()
    for file in path.parent.iterdir():
        assert SECRET.encode() not in file.read_bytes()


def test_erasing_twice_keeps_the_first_time_of_erasure(records: RecordRepository) -> None:
    fill(records, 1)
    first = records.erase("musterstadt", "musterstadt-1")
    assert records.erase("musterstadt", "musterstadt-1") == first


def test_what_does_not_exist_cannot_be_erased(records: RecordRepository) -> None:
    fill(records, 1, "beispielheim")
    with pytest.raises(NotFoundError):
        records.erase("musterstadt", "beispielheim-1")
    assert records.verify().erased == 0


def test_a_conversation_is_erased_as_a_whole_and_no_other(records: RecordRepository) -> None:
    for id_ in ("a", "b"):
        records.append(new_record(id_, conversation_id="talk"))
        records.append(new_record(f"other-{id_}", conversation_id="other"))
        records.append(new_record(id_, "beispielheim", conversation_id="talk"))
    assert records.erase_conversation("musterstadt", "talk") == 2
    assert records.erase_conversation("musterstadt", "talk") == 0
    assert records.recent("musterstadt", "talk", 9) == ()
    assert len(records.recent("musterstadt", "other", 9)) == 2
    assert len(records.recent("beispielheim", "talk", 9)) == 2
    assert records.verify().intact


def test_purging_erases_what_is_older_and_nothing_else(records: RecordRepository) -> None:
    ids = fill(records, 4)
    fill(records, 4, "beispielheim")
    limit = START + timedelta(minutes=2)
    assert records.purge("musterstadt", limit) == 2
    assert records.purge("musterstadt", limit) == 0
    erased = [record.id for record in records.iterate("musterstadt") if record.erased_at]
    assert erased == ids[:2]
    assert records.verify("beispielheim").erased == 0
    assert records.verify().intact


def test_purging_works_through_more_than_one_batch(records: RecordRepository) -> None:
    fill(records, 401)
    assert records.purge("musterstadt", START + timedelta(days=1)) == 401
    assert records.verify().erased == 401


def test_the_purge_limit_lies_the_retention_period_back() -> None:
    assert purge_limit(datetime(2026, 4, 1, tzinfo=UTC), 31) == datetime(2026, 3, 1, tzinfo=UTC)
