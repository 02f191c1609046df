"""`amtslotse knowledge check` as people type it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from tests.cli.runner import Run, in_this_process
from tests.ingest.faulty_town import faulty_town


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return faulty_town(tmp_path / "knowledge")


@pytest.fixture
def check(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Runs the command on the faulty town."""
    monkeypatch.setenv("AMTSLOTSE_KNOWLEDGE_DIR", str(town.parent))
    monkeypatch.setenv("AMTSLOTSE_DATA_DIR", str(tmp_path / "data"))
    with in_this_process(monkeypatch, capsys, "knowledge", "check") as run:
        yield run


def test_without_a_terminal_each_finding_is_a_line(check: Run) -> None:
    said = check()
    assert said.code == 1
    assert "services/maus.md:21: error unknown-heading: 'Preise' is no known module → use one of: " in said.out
    assert "3 texts, 1 errors, " in said.out
    assert "1 overridden" in said.out


def test_in_a_terminal_findings_stand_in_a_table_for_each_file(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rich.console.Console", lambda: Console(force_terminal=True, width=200, color_system=None))
    lines = [line.strip() for line in check().out.splitlines()]
    assert "services/maus.md" in lines
    assert any(line.startswith("21") and "unknown-heading" in line for line in lines)


def test_json_is_one_object_with_the_counts_and_the_reasons(check: Run) -> None:
    said = check("--json")
    report = json.loads(said.out)
    assert (said.code, report["documents"], report["errors"], report["blocked"]) == (1, 3, 1, True)
    assert report["warnings"] == len(report["findings"]) - 1
    assert [item["reason"] for item in report["overridden"]] == ["Der neue Text kommt im Juli."]


def test_html_is_written_beside_the_usual_output(check: Run, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert f"the page for editors is {page}" in check("--html", str(page)).out
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_warnings_stop_where_the_town_says_so(check: Run, town: Path) -> None:
    (town / "services" / "maus.md").unlink()
    assert check().code == 0
    (town / "quality.yaml").write_text("warnings: block\n", encoding="utf-8")
    assert check().code == 1


def test_a_mistake_in_overrides_is_one_line(check: Run, town: Path) -> None:
    (town / "overrides.yaml").write_text("- code: expired\n", encoding="utf-8")
    said = check()
    assert (said.code, said.out) == (1, "")
