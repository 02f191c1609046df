"""`amtslotse compliance export` as people type it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.models.ports import Embedder
from app.settings import get_settings
from app.transparency.compliance import DRAFTS
from app.transparency.draft_folder import EditedDraftsError
from cli.main import app

Export = Callable[..., Result]


@pytest.fixture
def export(
    published_copy: Path, small_knowledge: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Export]:
    monkeypatch.setenv("AMTSLOTSE_KNOWLEDGE_DIR", str(small_knowledge))
    monkeypatch.setenv("AMTSLOTSE_DATA_DIR", str(published_copy))
    monkeypatch.setenv("AMTSLOTSE_LLM_BACKEND", "none")
    monkeypatch.setattr("cli.runtime.open_embedder", lambda _: embedder)
    get_settings.cache_clear()
    runner = CliRunner()
    yield lambda *arguments: runner.invoke(app, ["compliance", "export", *arguments])
    get_settings.cache_clear()


def test_it_writes_the_drafts_and_counts_what_is_left_for_people(export: Export, tmp_path: Path) -> None:
    result = export("--to", str(tmp_path / "akte"))
    assert result.exit_code == 0, result.output
    marked = 0
    for name in DRAFTS:
        markdown = (tmp_path / "akte" / f"{name}.md").read_text("utf-8")
        assert (tmp_path / "akte" / f"{name}.html").is_file()
        assert f"{name}: {markdown.count('[Bitte ergänzen: ')} places to complete" in result.output
        marked += markdown.count("[Bitte ergänzen: ")
    assert f"{marked} places marked 'Bitte ergänzen'" in result.output


def test_the_folder_is_named_for_the_town(export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert export().exit_code == 0
    assert (tmp_path / "compliance" / "musterstadt" / "ki-transparenz.html").is_file()


def test_completed_drafts_need_force(export: Export, tmp_path: Path) -> None:
    export("--to", str(tmp_path))
    (tmp_path / "ki-transparenz.md").write_text("ergänzt", "utf-8")
    refused = export("--to", str(tmp_path))
    assert isinstance(refused.exception, EditedDraftsError)
    assert (tmp_path / "ki-transparenz.md").read_text("utf-8") == "ergänzt"
    assert export("--to", str(tmp_path), "--force").exit_code == 0


def test_an_unknown_town_is_an_error(export: Export, tmp_path: Path) -> None:
    result = export("--to", str(tmp_path / "akte"), "--tenant", "nirgendwo")
    assert result.exit_code == 1
    assert not (tmp_path / "akte").exists()
