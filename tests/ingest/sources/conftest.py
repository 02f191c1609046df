"""A website of its own for each test."""

from collections.abc import Iterator

import pytest

from tests.ingest.sources.website import Website, serving


@pytest.fixture
def site() -> Iterator[Website]:
    with serving({}) as website:
        yield website
