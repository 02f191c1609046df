"""Accounts in a fresh database, and a clock that tests move."""

from datetime import UTC, datetime

import pytest

from app.accounts.repository import AccountRepository
from app.database.connection import Database
from tests.cheap_passwords import cheap_passwords

__all__ = ["NOW", "PASSWORD", "accounts", "cheap_passwords"]
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PASSWORD = "vier Wörter ohne Sinn"


@pytest.fixture
def accounts(database: Database) -> AccountRepository:
    return AccountRepository(database)
