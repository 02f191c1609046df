"""`amtslotse knowledge` on folders of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.ports import Embedder
from app.settings import get_settings
from cli.main import main
from tests.cli.runner import Outcome, Run
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
    get_settings.cache_clear()

    def run(*arguments: str) -> Outcome:
        monkeypatch.setattr("sys.argv", ["amtslotse", "knowledge", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), printed.out, printed.err)

    yield run
    get_settings.cache_clear()
