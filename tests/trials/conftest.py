"""One trial in a fresh database."""

from datetime import UTC, datetime

import pytest

from app.database.connection import Database
from app.trials.repository import TrialRepository
from app.trials.setup import QUOTES_ONLY, SetUp
from app.trials.trial import Trial

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TOWN = "musterstadt"


@pytest.fixture
def trials(database: Database) -> TrialRepository:
    return TrialRepository(database)


@pytest.fixture
def trial(trials: TrialRepository) -> Trial:
    return trials.create(TOWN, "Mit und ohne Modell", SetUp(), SetUp(model=QUOTES_ONLY), "petra", NOW)
