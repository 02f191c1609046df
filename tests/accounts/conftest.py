"""A fresh database, and a clock that tests move."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.accounts.repository import AccountRepository
from app.database.connection import Database
from tests.cheap_passwords import cheap_passwords

__all__ = ["NOW", "PASSWORD", "accounts", "cheap_passwords", "database"]
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PASSWORD = "vier Wörter ohne Sinn"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "records.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def accounts(database: Database) -> AccountRepository:
    return AccountRepository(database)
