"""Feedback counted by day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.database.connection import Database
from app.desk.feedback import Feedback, FeedbackStore
from app.records.figures import Figures, Step

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "records.sqlite3")
    yield opened
    opened.close()


def counts(database: Database) -> list[tuple[int, int]]:
    spans = Figures(database).spans("musterstadt", date(2026, 3, 2), date(2026, 3, 3), Step.DAY)
    return [(span.helpful, span.not_helpful) for span in spans]


def test_the_last_word_on_an_answer_counts_on_its_day(database: Database) -> None:
    store = FeedbackStore(database)
    store.put(Feedback("musterstadt", "a", NOW, helpful=True))
    store.put(Feedback("musterstadt", "b", NOW, helpful=False))
    assert counts(database) == [(1, 1), (0, 0)]
    store.put(Feedback("musterstadt", "a", NOW + timedelta(days=1), helpful=False))
    assert counts(database) == [(0, 1), (0, 1)]


def test_what_is_taken_back_is_not_counted(database: Database) -> None:
    store = FeedbackStore(database)
    store.put(Feedback("musterstadt", "a", NOW, helpful=True))
    assert store.remove("musterstadt", "a")
    assert not store.remove("musterstadt", "a")
    assert counts(database) == [(0, 0), (0, 0)]
