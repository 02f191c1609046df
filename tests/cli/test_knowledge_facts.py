"""`amtslotse knowledge facts` as people type it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.settings import PROJECT_ROOT, get_settings
from cli.main import main

Facts = Callable[..., tuple[int, str, str]]


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Facts]:
    """Runs the command on Musterstadt; exit code, what it prints, what it complains about."""
    monkeypatch.setenv("AMTSLOTSE_KNOWLEDGE_DIR", str(PROJECT_ROOT / "knowledge"))
    monkeypatch.setenv("AMTSLOTSE_DATA_DIR", str(tmp_path / "data"))
    get_settings.cache_clear()

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["amtslotse", "knowledge", "facts", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), *capsys.readouterr()

    yield run
    get_settings.cache_clear()


def test_the_facts_of_one_text_by_module_with_the_words_where_they_differ(facts: Facts) -> None:
    code, out, _ = facts("personalausweis")
    assert code == 0
    assert "personalausweis: Kosten\n" in out
    assert "  Money           37,00 €  “37,00 Euro”\n" in out
    assert "  FreeOfCharge    kostenfrei\n" in out
    assert out.endswith(" facts\n")


def test_json_has_the_place_in_the_module(facts: Facts) -> None:
    code, out, _ = facts("personalausweis", "--json")
    assert code == 0
    costs = [row for row in json.loads(out) if row["module"] == "costs" and row["kind"] == "Money"]
    assert (costs[0]["value"], costs[0]["written"]) == ("37,00 €", "37,00 Euro")
    assert costs[0]["end"] - costs[0]["start"] == len("37,00 Euro")
    assert costs[0]["file"] == "services/personalausweis.md"


def test_an_unknown_text_is_an_error_that_says_what_to_do(facts: Facts) -> None:
    code, _, error = facts("gibtsnicht")
    assert code != 0
    assert "There is no readable text 'gibtsnicht'" in error
    assert "knowledge check" in error
