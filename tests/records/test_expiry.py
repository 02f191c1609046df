"""What is old enough goes by itself: with a clock that the test moves."""

from datetime import timedelta

from app.records.expiry import purge_expired
from app.records.repository import RecordRepository
from tests.records.samples import START, fill, new_record

DAYS = 90


def test_an_answer_goes_when_its_time_is_over_and_not_before(records: RecordRepository) -> None:
    records.append(new_record("a"))
    records.append(new_record("b", created_at=START + timedelta(hours=1)))
    over = START + timedelta(days=DAYS)
    assert purge_expired(records, DAYS, over) == 0
    assert purge_expired(records, DAYS, over + timedelta(microseconds=1)) == 1
    assert [record.erased_at is None for record in records.iterate("musterstadt")] == [False, True]
    assert purge_expired(records, DAYS, over + timedelta(hours=2)) == 1
    assert purge_expired(records, DAYS, over + timedelta(days=1000)) == 0
    assert records.verify().intact


def test_the_answers_of_all_towns_go_also_of_one_that_is_no_longer_served(records: RecordRepository) -> None:
    fill(records, 2)
    fill(records, 3, "aufgeloest")
    assert purge_expired(records, DAYS, START + timedelta(days=DAYS + 1)) == 5


def test_a_shorter_time_takes_hold_at_the_next_purge(records: RecordRepository) -> None:
    fill(records, 2)
    tomorrow = START + timedelta(days=1, hours=1)
    assert purge_expired(records, DAYS, tomorrow) == 0
    assert purge_expired(records, 1, tomorrow) == 2
