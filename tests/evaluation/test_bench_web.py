"""The benchmark of the web side measures what it says, on a small log."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from psutil import Process

from app.accounts.sessions import SessionRepository
from app.answering.service import AnsweringService
from app.answering.values import Question
from app.desk.feedback import FeedbackStore
from app.desk.handovers import HandoverStore
from app.records.record import StoredRecord
from app.records.repository import RecordRepository
from app.settings import Settings
from evaluation.bench_web_log import DAYS, FilledLog, fill_log
from evaluation.bench_web_pages import page_times
from tests.answering.samples import PRICE_QUESTION
from tests.knowledge import TENANT
from tests.servers import running_app, served

ANSWERS = 401
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def samples(service: AnsweringService) -> tuple[StoredRecord, ...]:
    for text in (PRICE_QUESTION, "Wie wird das Wetter morgen?"):
        with service.admit():
            list(service.ask(Question(text, TENANT, datetime.now(UTC))))
    return tuple(service.records.iterate(TENANT))


@pytest.fixture
def log(tmp_path: Path) -> Iterator[RecordRepository]:
    with closing(RecordRepository(tmp_path / "full.sqlite3")) as records:
        yield records


@pytest.fixture
def filled(log: RecordRepository, samples: tuple[StoredRecord, ...]) -> FilledLog:
    return fill_log(log, samples, ANSWERS, NOW)


def test_the_log_is_intact_and_spread_over_the_time_that_is_kept(log: RecordRepository, filled: FilledLog) -> None:
    assert filled.answers == log.count(TENANT) == ANSWERS
    assert log.verify(TENANT).intact
    assert log.count(TENANT, until=NOW - timedelta(days=DAYS)) == 0
    assert log.count(TENANT, since=NOW) == 0
    assert {record.status for record in log.iterate(TENANT)} == {"answered", "out_of_scope"}


def test_citizens_and_staff_have_said_something(log: RecordRepository, filled: FilledLog) -> None:
    given = list(FeedbackStore(log.database).since(TENANT))
    assert len(given) == filled.feedback > 5
    assert {one.helpful for one in given} == {True, False}
    assert len(HandoverStore(log.database).list(TENANT)) == filled.handovers > 1


def test_somebody_who_may_see_everything_is_signed_in(log: RecordRepository, filled: FilledLog) -> None:
    session = SessionRepository(log.database).find(filled.token, NOW)
    assert session is not None
    assert session.account.is_admin_everywhere


def test_every_page_of_the_navigation_is_measured_and_pages_below_them(
    service: AnsweringService, settings: Settings, samples: tuple[StoredRecord, ...]
) -> None:
    token = fill_log(service.records, samples, 60, datetime.now(UTC)).token
    free = settings.model_copy(update={"rate_calls_per_address": 0})
    with running_app(service, free) as app, served(app) as url:
        pages = {page.path: page for page in page_times(url, TENANT, token, Process())}
    assert {"/", "/answers", "/figures", "/tasks.csv"} <= pages.keys()
    assert any(path.startswith("/answers/") for path in pages)
    assert all(page.median_ms > 0 for page in pages.values())
    assert all(page.size_kb > 1 for path, page in pages.items() if ".csv" not in path)
