"""Energy per answer, counted over the records that are kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.records.repository import RecordRepository
from app.transparency.energy import EnergyMeter, energy_figures
from tests.records.samples import new_record

NOW = datetime.now(UTC)


@pytest.fixture
def records(tmp_path: Path) -> RecordRepository:
    repository = RecordRepository(tmp_path / "records.sqlite3")
    for number, (days_ago, watt_hours) in enumerate([(40, 9.0), (20, 0.01), (10, 0.02), (1, 0.06)]):
        at = NOW - timedelta(days=days_ago)
        repository.append(new_record(f"a{number}", created_at=at, payload={"energy_wh": watt_hours}))
    repository.append(new_record("other", "beispielheim", created_at=NOW, payload={"energy_wh": 5.0}))
    return repository


def test_median_and_sum_of_the_last_days_of_one_town(records: RecordRepository) -> None:
    figures = energy_figures(records, "musterstadt", 30, NOW)
    assert (figures.answers, figures.median_wh, figures.total_wh) == (3, 0.02, 0.09)


def test_erased_answers_and_those_without_an_estimate_do_not_count(records: RecordRepository) -> None:
    records.erase("musterstadt", "a3")
    records.append(new_record("old", created_at=NOW, payload={"format": 0}))
    assert energy_figures(records, "musterstadt", 30, NOW).answers == 2


def test_without_answers_there_are_no_figures(records: RecordRepository) -> None:
    figures = energy_figures(records, "nirgendwo", 30, NOW)
    assert (figures.answers, figures.median_wh, figures.total_wh) == (0, None, None)


def test_the_meter_counts_again_after_ten_minutes(records: RecordRepository) -> None:
    seconds = 0.0
    meter = EnergyMeter(clock=lambda: seconds)
    assert meter.figures(records, "musterstadt", 30, NOW).answers == 3
    records.append(new_record("new", created_at=NOW, payload={"energy_wh": 1.0}))
    seconds = 599.0
    assert meter.figures(records, "musterstadt", 30, NOW).answers == 3
    assert meter.figures(records, "beispielheim", 30, NOW).answers == 1
    seconds = 601.0
    assert meter.figures(records, "musterstadt", 30, NOW).answers == 4
