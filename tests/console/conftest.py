"""The console around the real service on the small published knowledge, and people of each role."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from app.accounts.account import Role
from app.answering.service import AnsweringService
from app.settings import Settings
from tests.cheap_passwords import cheap_passwords
from tests.console.staff import Person, sign_in
from tests.servers import running_app

__all__ = ["admin", "app", "cheap_passwords", "desk", "editor"]


@pytest.fixture
def app(service: AnsweringService, settings: Settings) -> Iterator[FastAPI]:
    """The application; its answer log and accounts are this test's own."""
    with running_app(service, settings) as application:
        yield application


@pytest.fixture
def desk(app: FastAPI) -> Person:
    """Somebody of the service desk."""
    return sign_in(app, Role.DESK)


@pytest.fixture
def editor(app: FastAPI) -> Person:
    """An editor."""
    return sign_in(app, Role.EDITOR)


@pytest.fixture
def admin(app: FastAPI) -> Person:
    """The town's admin."""
    return sign_in(app, Role.ADMIN)
