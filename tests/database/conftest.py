"""A fresh database for each test."""

from tests.records.conftest import path, records

__all__ = ["path", "records"]
