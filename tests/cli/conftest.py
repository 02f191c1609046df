"""`amtslotse knowledge` on folders of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.ports import Embedder
from tests.cli.runner import Run, in_this_process
from tests.knowledge import copy_knowledge


@pytest.fixture
def knowledge_dir(tmp_path: Path) -> Path:
    return copy_knowledge(tmp_path / "knowledge")


@pytest.fixture
def data_dir(published_copy: Path) -> Path:
    return published_copy


@pytest.fixture
def amtslotse(
    knowledge_dir: Path,
    data_dir: Path,
    embedder: Embedder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Run]:
    """Runs `amtslotse knowledge …` on the two folders; the embedder is loaded already."""
    monkeypatch.setenv("AMTSLOTSE_KNOWLEDGE_DIR", str(knowledge_dir))
    monkeypatch.setenv("AMTSLOTSE_DATA_DIR", str(data_dir))
    monkeypatch.setenv("AMTSLOTSE_LLM_BACKEND", "none")
    monkeypatch.setattr("app.models.factory.open_embedder", lambda _: embedder)
    with in_this_process(monkeypatch, capsys, "knowledge") as run:
        yield run
