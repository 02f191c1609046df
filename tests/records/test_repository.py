"""Appending, reading and counting."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from app.errors import InvalidInputError, NotFoundError, RecordsError
from app.records.chain import GENESIS
from app.records.repository import RecordRepository, open_records
from app.settings import Settings
from tests.records.samples import START, fill, new_record, run_sql


def test_a_record_reads_back_as_it_was_written(records: RecordRepository) -> None:
    new = new_record("a", conversation_id="c", payload={"question": "Öffnungszeiten?", "empty": {}, "n": 1.5})
    stored = records.append(new)
    assert records.get("musterstadt", "a") == stored
    assert (stored.id, stored.tenant, stored.conversation_id) == ("a", "musterstadt", "c")
    assert (stored.status, stored.language, stored.generation) == ("answered", "de", "g-1")
    assert (stored.created_at, stored.payload, stored.erased_at) == (START, new.payload, None)


def test_each_record_carries_the_hash_of_the_one_before(records: RecordRepository) -> None:
    first = records.append(new_record("a"))
    second = records.append(new_record("b"))
    assert (first.sequence, first.previous_hash) == (1, GENESIS)
    assert (second.sequence, second.previous_hash) == (2, first.hash)


def test_several_records_are_added_together_or_not_at_all(records: RecordRepository) -> None:
    added = records.append_all([new_record("a"), new_record("b"), new_record("c")])
    assert [record.sequence for record in added] == [1, 2, 3]
    assert records.get("musterstadt", "c") == added[2]
    with pytest.raises(RecordsError, match="Answer d, a was not logged"):
        records.append_all([new_record("d"), new_record("a")])
    assert records.count("musterstadt") == 3
    assert records.verify().intact


def test_each_tenant_has_its_own_chain_and_ids(records: RecordRepository) -> None:
    here = records.append(new_record("a", "musterstadt"))
    there = records.append(new_record("a", "beispielheim"))
    assert (here.sequence, there.sequence) == (1, 1)
    assert here.hash != there.hash
    assert records.get("beispielheim", "a").tenant == "beispielheim"


def test_equal_answers_have_different_content_hashes(records: RecordRepository) -> None:
    payload = {"question": "Wann ist offen?"}
    first = records.append(new_record("a", payload=payload))
    assert records.append(new_record("b", payload=payload)).content_hash != first.content_hash


def test_times_are_stored_in_utc(records: RecordRepository) -> None:
    local = datetime(2026, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=2)))
    stored = records.append(new_record("a", created_at=local))
    assert (stored.created_at, stored.created_at.tzinfo) == (local, UTC)


def test_an_unknown_id_is_named_in_german(records: RecordRepository) -> None:
    records.append(new_record("a", "beispielheim"))
    with pytest.raises(NotFoundError, match="Es gibt keine Antwort mit der Kennung a"):
        records.get("musterstadt", "a")


def test_an_id_is_accepted_once(records: RecordRepository) -> None:
    records.append(new_record("a"))
    with pytest.raises(RecordsError, match="Answer a was not logged"):
        records.append(new_record("a"))
    assert records.count("musterstadt") == 1
    assert records.append(new_record("b")).sequence == 2


@pytest.mark.parametrize("value", [float("nan"), "\ud800"])
def test_what_is_no_json_is_refused_and_not_written(records: RecordRepository, value: float | str) -> None:
    with pytest.raises(InvalidInputError):
        records.append(new_record("a", payload={"value": value}))
    with pytest.raises(InvalidInputError):
        records.append(new_record("a", tenant="\ud800"))
    assert records.verify().records == 0


def test_recent_gives_the_end_of_a_conversation_newest_last(records: RecordRepository) -> None:
    for id_ in ("a", "b", "c"):
        records.append(new_record(id_, conversation_id="talk"))
        records.append(new_record(f"other-{id_}", conversation_id="other"))
    records.append(new_record("d", "beispielheim", conversation_id="talk"))
    assert [record.id for record in records.recent("musterstadt", "talk", 2)] == ["b", "c"]
    assert [record.id for record in records.recent("musterstadt", "talk", 9)] == ["a", "b", "c"]
    assert records.recent("musterstadt", "none", 9) == ()


def test_iterate_and_count_agree_on_the_period(records: RecordRepository) -> None:
    ids = fill(records, 5)
    fill(records, 2, "beispielheim")
    since, until = START + timedelta(minutes=1), START + timedelta(minutes=4)
    assert [record.id for record in records.iterate("musterstadt")] == ids
    assert [record.id for record in records.iterate("musterstadt", since, until)] == ids[1:4]
    assert records.count("musterstadt") == 5
    assert records.count("musterstadt", since, until) == 3
    assert records.count("nirgendwo") == 0


def test_iterate_crosses_its_batches_and_sees_what_is_appended_meanwhile(records: RecordRepository) -> None:
    fill(records, 401)
    seen = 0
    for record in records.iterate("musterstadt"):
        seen += 1
        assert record.sequence == seen
        if seen == 1:
            records.append(new_record("late"))
    assert seen == 402


def test_a_record_that_was_made_unreadable_is_reported(records: RecordRepository, path: Path) -> None:
    records.append(new_record("a"))
    run_sql(path, "UPDATE answer_records SET payload = '{broken'")
    with pytest.raises(RecordsError, match="amtslotse records verify"):
        records.get("musterstadt", "a")


def test_the_chain_goes_on_after_the_log_is_reopened(path: Path) -> None:
    for number in range(1, 4):
        records = RecordRepository(path)
        assert records.append(new_record(str(number))).sequence == number
        records.close()


def test_the_log_lies_in_the_data_folder_and_is_private(tmp_path: Path) -> None:
    records = open_records(Settings(data_dir=tmp_path / "new" / "data"))
    records.append(new_record("a"))
    records.close()
    file = tmp_path / "new" / "data" / "records.sqlite3"
    assert file.stat().st_mode & 0o077 == 0


def test_a_database_url_opens_the_same_log(records: RecordRepository, path: Path) -> None:
    records.append(new_record("a", payload={"question": "x"}))
    other = RecordRepository(f"sqlite:///{path}")
    assert json.dumps(other.get("musterstadt", "a").payload) == '{"question": "x"}'
    other.close()
