"""A fresh answer log for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.records.repository import RecordRepository


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "records.sqlite3"


@pytest.fixture
def records(path: Path) -> Iterator[RecordRepository]:
    repository = RecordRepository(path)
    yield repository
    repository.close()
