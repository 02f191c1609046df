"""`amtslotse models` as people type it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.models.catalog import load_catalog
from app.settings import Settings
from cli.models import app


@pytest.fixture
def models_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("cli.models.get_settings", lambda: Settings(models_dir=tmp_path))
    return tmp_path


def test_list_shows_licence_size_and_languages_of_every_model(models_dir: Path) -> None:
    result = CliRunner().invoke(app, ["list"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    for entry in load_catalog().models:
        (line,) = [line for line in result.output.splitlines() if f" {entry.id} " in line]
        assert entry.licence in line
        assert str(entry.size_bytes >> 20) in line
        assert " ".join(entry.languages) in line


def test_list_as_json_is_one_object(models_dir: Path) -> None:
    models = json.loads(CliRunner().invoke(app, ["list", "--json"]).output)["models"]
    assert [model["id"] for model in models] == [entry.id for entry in load_catalog().models]
    assert not any(model["installed"] for model in models)


def test_verify_fails_with_the_command_to_run_when_an_embedded_model_is_missing(models_dir: Path) -> None:
    result = CliRunner().invoke(app, ["verify"])
    assert result.exit_code == 1
    assert result.stderr.count("run `amtslotse models prepare`") == 2


@pytest.mark.models
def test_prepare_then_verify_succeeds(models_dir: Path) -> None:
    assert CliRunner().invoke(app, ["prepare"]).exit_code == 0
    result = CliRunner().invoke(app, ["verify"])
    assert result.exit_code == 0
    assert result.output.count("intact") == 2
