"""The checks one by one."""

from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.answering.service import AnsweringService
from app.insight.health import GIB, Check, Level, health, worst
from app.insight.upkeep import Done, Upkeep
from app.settings import Settings
from tests.insight.samples import TOWN

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
Usage = namedtuple("Usage", ("total", "used", "free"))


def check(service: AnsweringService, settings: Settings, name: str, **done: Done) -> Check:
    return next(one for one in health(service, settings, TOWN, done, NOW) if one.name == name)


def test_the_purge_is_late_after_a_day_and_a_half(service: AnsweringService, settings: Settings) -> None:
    assert check(service, settings, "purge").level is Level.WATCH
    assert check(service, settings, "purge", purge=Done(NOW - timedelta(hours=25), None)).level is Level.GOOD
    assert check(service, settings, "purge", purge=Done(NOW - timedelta(hours=40), None)).level is Level.BAD


@pytest.mark.parametrize(("free", "level"), [(20 * GIB, Level.GOOD), (2 * GIB, Level.WATCH), (GIB // 2, Level.BAD)])
def test_free_space_warns_before_it_is_gone(
    service: AnsweringService, settings: Settings, monkeypatch: pytest.MonkeyPatch, free: int, level: Level
) -> None:
    monkeypatch.setattr("app.insight.health.shutil.disk_usage", lambda path: Usage(100 * GIB, 0, free))
    assert check(service, settings, "disk").level is level


def test_a_full_queue_is_seen_while_it_lasts(service: AnsweringService, settings: Settings) -> None:
    for _ in range(settings.queue_size):
        assert service.slots.acquire(blocking=False)
    full = check(service, settings, "queue")
    assert (full.level, full.facts["used"]) == (Level.WATCH, settings.queue_size)
    for _ in range(settings.queue_size):
        service.slots.release()
    assert check(service, settings, "queue").facts["used"] == 0


def test_a_failing_check_does_not_hide_the_others(
    service: AnsweringService, settings: Settings, tmp_path: Path
) -> None:
    gone = settings.model_copy(update={"data_dir": tmp_path / "gone"})
    checks = {one.name: one for one in health(service, gone, TOWN, {}, NOW)}
    assert (checks["disk"].level, checks["disk"].advice) == (Level.BAD, "failed")
    assert checks["model"].level is Level.GOOD
    assert worst(tuple(checks.values())) is Level.BAD


def test_upkeep_remembers_the_last_of_each_work() -> None:
    upkeep = Upkeep()
    upkeep.note("purge", NOW, "disk full")
    upkeep.note("purge", NOW + timedelta(days=1))
    assert upkeep.last() == {"purge": Done(NOW + timedelta(days=1), None)}
