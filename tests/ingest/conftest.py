"""A publisher in the middle of its work."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from app.models.ports import Embedder
from tests.knowledge import TENANT


@pytest.fixture
def stuck_publisher(published_copy: Path, small_knowledge: Path, embedder: Embedder) -> Iterator[subprocess.Popen[str]]:
    """Another process that publishes into `published_copy`, and has begun to build."""
    info = json.dumps(asdict(embedder.info))
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ingest.stuck_publisher", small_knowledge, published_copy, TENANT, info],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "building\n"
        yield process
        process.kill()
