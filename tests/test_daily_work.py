"""The daily work of a running service."""

from datetime import UTC, datetime

import pytest

from app.answering.service import AnsweringService
from app.daily_work import work_once
from app.errors import AmtslotseError
from app.insight.upkeep import Done, Upkeep
from app.settings import Settings

NOW = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failure", "noted"),
    [
        (AmtslotseError("The disk is full."), "The disk is full."),
        (RuntimeError("odd"), "RuntimeError: look into the log of the service."),
    ],
)
def test_what_fails_is_noted_and_keeps_no_other_data_longer(
    service: AnsweringService, settings: Settings, monkeypatch: pytest.MonkeyPatch, failure: Exception, noted: str
) -> None:
    erased = []

    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr("app.daily_work.purge_expired", fail)
    monkeypatch.setattr("app.daily_work.purge_desk", lambda *_: erased.append("desk"))
    monkeypatch.setattr("app.daily_work.purge_trials", lambda *_: erased.append("trials"))
    upkeep = Upkeep()
    work_once(service.records, settings, upkeep, NOW)
    assert erased == ["desk", "trials"]
    assert upkeep.last() == {"statistics": Done(NOW, None), "purge": Done(NOW, noted)}


def test_it_runs_on_the_real_log(service: AnsweringService, settings: Settings) -> None:
    upkeep = Upkeep()
    work_once(service.records, settings, upkeep, NOW)
    assert upkeep.last()["purge"] == Done(NOW, None)
