"""A fresh database with one trial in it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.database.connection import Database
from app.trials.repository import TrialRepository
from app.trials.setup import QUOTES_ONLY, SetUp
from app.trials.trial import Trial

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TOWN = "musterstadt"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "records.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def trials(database: Database) -> TrialRepository:
    return TrialRepository(database)


@pytest.fixture
def trial(trials: TrialRepository) -> Trial:
    return trials.create(TOWN, "Mit und ohne Modell", SetUp(), SetUp(model=QUOTES_ONLY), "petra", NOW)
