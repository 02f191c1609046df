"""A fresh database for each test."""

import pytest

from app.database.connection import Database
from app.records.repository import RecordRepository
from tests.records.conftest import path, records

__all__ = ["path", "records"]


@pytest.fixture
def database(records: RecordRepository) -> Database:
    """Where the records are kept, with all that is said about them."""
    return records.database
