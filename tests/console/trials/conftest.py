"""A trial with one question in it."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from app.answering.service import AnsweringService
from app.console.trials.room import TrialRoom
from app.console.trials.shared import close_trial_room, trial_room
from app.trials.repository import TrialRepository
from app.trials.setup import QUOTES_ONLY, SetUp
from app.trials.trial import Trial
from tests.console.staff import TENANT


@pytest.fixture
def trials(service: AnsweringService) -> TrialRepository:
    return TrialRepository(service.records.database)


@pytest.fixture
def room(app: FastAPI) -> Iterator[TrialRoom]:
    yield trial_room(app.state, app.state.running)
    close_trial_room(app.state)


@pytest.fixture
def trial(app: FastAPI, trials: TrialRepository, room: TrialRoom) -> Trial:
    now = app.state.running.clock()
    return trials.create(TENANT, "Mit und ohne Modell", SetUp(), SetUp(model=QUOTES_ONLY), "petra", now)
