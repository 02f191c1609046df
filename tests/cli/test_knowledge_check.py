"""`amtslotse knowledge check` as people type it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from app.settings import get_settings
from cli.main import main
from tests.ingest.faulty_town import faulty_town

Check = Callable[..., tuple[int, str]]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return faulty_town(tmp_path / "knowledge")


@pytest.fixture
def check(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Check]:
    """Runs the command on the faulty town; exit code and what it prints."""
    monkeypatch.setenv("AMTSLOTSE_KNOWLEDGE_DIR", str(town.parent))
    monkeypatch.setenv("AMTSLOTSE_DATA_DIR", str(tmp_path / "data"))
    get_settings.cache_clear()

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["amtslotse", "knowledge", "check", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), capsys.readouterr().out

    yield run
    get_settings.cache_clear()


def test_without_a_terminal_each_finding_is_a_line(check: Check) -> None:
    code, out = check()
    assert code == 1
    assert "services/maus.md:21: error unknown-heading: 'Preise' is no known module → use one of: " in out
    assert "3 texts, 1 errors, " in out
    assert "1 overridden" in out


def test_in_a_terminal_findings_stand_in_a_table_for_each_file(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rich.console.Console", lambda: Console(force_terminal=True, width=200, color_system=None))
    _, out = check()
    lines = [line.strip() for line in out.splitlines()]
    assert "services/maus.md" in lines
    assert any(line.startswith("21") and "unknown-heading" in line for line in lines)


def test_json_is_one_object_with_the_counts_and_the_reasons(check: Check) -> None:
    code, out = check("--json")
    report = json.loads(out)
    assert (code, report["documents"], report["errors"], report["blocked"]) == (1, 3, 1, True)
    assert report["warnings"] == len(report["findings"]) - 1
    assert [item["reason"] for item in report["overridden"]] == ["Der neue Text kommt im Juli."]


def test_html_is_written_beside_the_usual_output(check: Check, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    _, out = check("--html", str(page))
    assert f"the page for editors is {page}" in out
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_warnings_stop_where_the_town_says_so(check: Check, town: Path) -> None:
    (town / "services" / "maus.md").unlink()
    assert check()[0] == 0
    (town / "quality.yaml").write_text("warnings: block\n", encoding="utf-8")
    assert check()[0] == 1


def test_a_mistake_in_overrides_is_one_line(check: Check, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (town / "overrides.yaml").write_text("- code: expired\n", encoding="utf-8")
    code, out = check()
    assert (code, out) == (1, "")
