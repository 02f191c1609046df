"""Counts by day: written with each answer, read as days, weeks and months, kept when answers are erased."""

from datetime import UTC, date, datetime

import pytest

from app.database.durations import bucket_of, percentile
from app.records.figures import Figures, Step, together
from app.records.record import NewRecord
from app.records.repository import RecordRepository

MONDAY = date(2026, 3, 2)


def append(records: RecordRepository, id_: str, day: date, *, status: str = "answered", ms: float = 1000.0) -> None:
    records.append(
        NewRecord(
            id=id_,
            tenant="musterstadt",
            conversation_id=None,
            created_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
            status=status,
            language="de",
            generation="g",
            payload={"inputs": {"question": "?"}, "timings_ms": {"done": ms}, "energy_wh": 0.5},
            day=day,
        )
    )


def test_answers_are_counted_into_the_day_of_the_town(records: RecordRepository) -> None:
    append(records, "a", MONDAY)
    append(records, "b", MONDAY, status="not_in_knowledge", ms=3000)
    append(records, "c", MONDAY.replace(day=4))
    first, second, third = Figures(records.database).spans("musterstadt", MONDAY, MONDAY.replace(day=4), Step.DAY)
    assert first.statuses == {"answered": 1, "not_in_knowledge": 1}
    assert first.languages == {"de": 2}
    assert first.energy_wh == 1.0
    assert second.answers == 0
    assert second.duration_ms(0.5) is None
    assert third.answers == 1


def test_a_record_without_a_day_counts_into_its_day_in_utc(records: RecordRepository) -> None:
    records.append(
        NewRecord("a", "musterstadt", None, datetime(2026, 3, 2, 23, 30, tzinfo=UTC), "answered", "de", "g", {})
    )
    (span,) = Figures(records.database).spans("musterstadt", MONDAY, MONDAY, Step.DAY)
    assert span.answers == 1
    assert span.duration_ms(0.5) is None


def test_weeks_begin_on_monday_and_months_on_the_first(records: RecordRepository) -> None:
    append(records, "a", date(2026, 3, 1))
    append(records, "b", MONDAY)
    append(records, "c", date(2026, 3, 8))
    figures = Figures(records.database)
    weeks = figures.spans("musterstadt", date(2026, 2, 27), date(2026, 3, 10), Step.WEEK)
    assert [(week.first, week.last, week.answers) for week in weeks] == [
        (date(2026, 2, 27), date(2026, 3, 1), 1),
        (MONDAY, date(2026, 3, 8), 2),
        (date(2026, 3, 9), date(2026, 3, 10), 0),
    ]
    months = figures.spans("musterstadt", date(2026, 2, 1), date(2026, 3, 10), Step.MONTH)
    assert [month.answers for month in months] == [0, 3]
    assert together(weeks).answers == 3


def test_other_towns_are_not_counted(records: RecordRepository) -> None:
    append(records, "a", MONDAY)
    (span,) = Figures(records.database).spans("anderswo", MONDAY, MONDAY, Step.DAY)
    assert span.answers == 0


def test_erasing_an_answer_changes_no_count(records: RecordRepository) -> None:
    append(records, "a", MONDAY)
    records.erase("musterstadt", "a")
    (span,) = Figures(records.database).spans("musterstadt", MONDAY, MONDAY, Step.DAY)
    assert span.statuses == {"answered": 1}


@pytest.mark.parametrize("milliseconds", [1.0, 7.5, 250.0, 1234.0, 60_000.0])
def test_a_duration_read_back_is_right_to_ten_percent(milliseconds: float) -> None:
    found = percentile({bucket_of(milliseconds): 3}, 0.5)
    assert found == pytest.approx(milliseconds, rel=0.1)


def test_percentiles_are_those_of_the_counted_answers() -> None:
    counts = {bucket_of(100): 90, bucket_of(5000): 10}
    assert percentile(counts, 0.5) == pytest.approx(100, rel=0.1)
    assert percentile(counts, 0.95) == pytest.approx(5000, rel=0.1)
    assert percentile({}, 0.5) is None
