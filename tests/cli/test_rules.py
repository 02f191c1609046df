"""`amtslotse rules` as people type it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.settings import PROJECT_ROOT, get_settings
from cli.main import app
from tests.knowledge import TENANT, copy_knowledge
from tests.tenants.rules.samples import TABLE, write_rule

Run = Callable[..., Result]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_rule(copy_knowledge(tmp_path / "knowledge", services=()) / TENANT)


@pytest.fixture
def run(town: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("AMTSLOTSE_KNOWLEDGE_DIR", str(town.parent))
    get_settings.cache_clear()
    runner = CliRunner()
    yield lambda *arguments: runner.invoke(app, ["rules", *arguments])
    get_settings.cache_clear()


def test_the_list_names_version_owner_and_examples(run: Run) -> None:
    result = run("list")
    assert result.exit_code == 0
    assert "rad@3" in result.output
    assert "Radstation" in result.output
    assert json.loads(run("list", "--json").output)[0]["rows"] == 3


def test_right_examples_pass(run: Run) -> None:
    result = run("test")
    assert result.exit_code == 0
    assert "1 examples, 0 failed" in result.output


def test_a_failing_example_ends_with_1_and_says_why(run: Run, town: Path) -> None:
    write_rule(town, TABLE.replace("4,50", "4,00"))
    result = run("test", "rad")
    assert result.exit_code == 1
    assert "FAIL" in result.output
    assert "lacks ['9,00 Euro'] in: 2 Räder: 8,00 Euro." in result.output
    assert json.loads(run("test", "--json").output)[0]["said"] == "2 Räder: 8,00 Euro."


def test_an_unknown_rule_is_an_error(run: Run) -> None:
    result = run("test", "zoo")
    assert result.exit_code == 1
    assert "There is no rule 'zoo'" in str(result.exception)


def test_check_names_file_and_line(run: Run, town: Path) -> None:
    assert run("check").exit_code == 0
    write_rule(town, TABLE.replace("5,00", "fünf"))
    result = run("check")
    assert result.exit_code == 1
    assert "rules/rad.csv:2: column 'Preis': 'fünf' is no number" in result.output


def test_a_table_makes_the_way_to_excel_and_back(run: Run, town: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "excel.csv"
    assert run("export", "rad.csv", str(sheet)).exit_code == 0
    sheet.write_bytes(sheet.read_bytes().replace(b"4,50", b"4,40"))
    assert run("import", str(sheet), "rad.csv").exit_code == 0
    assert "4,40" in (town / "rules" / "rad.csv").read_text("utf-8-sig")


def test_a_table_that_breaks_the_rule_is_not_taken_over(run: Run, town: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "excel.csv"
    sheet.write_text(TABLE.replace("Preis", "Betrag"), "utf-8")
    result = run("import", str(sheet), "rad.csv")
    assert result.exit_code == 1
    assert "was not taken over" in str(result.exception)
    assert (town / "rules" / "rad.csv").read_text("utf-8") == TABLE
    assert run("import", str(sheet), "zoo.csv").exit_code == 1


def test_musterstadt_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMTSLOTSE_KNOWLEDGE_DIR", str(PROJECT_ROOT / "knowledge"))
    get_settings.cache_clear()
    result = CliRunner().invoke(app, ["rules", "test"])
    get_settings.cache_clear()
    assert result.exit_code == 0, result.output
