"""`amtslotse knowledge facts` as people type it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.runner import Run, in_this_process


@pytest.fixture
def facts(
    small_knowledge: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Runs the command on the small town."""
    monkeypatch.setenv("AMTSLOTSE_KNOWLEDGE_DIR", str(small_knowledge))
    monkeypatch.setenv("AMTSLOTSE_DATA_DIR", str(tmp_path / "data"))
    with in_this_process(monkeypatch, capsys, "knowledge", "facts") as run:
        yield run


def test_the_facts_of_one_text_by_module_with_the_words_where_they_differ(facts: Run) -> None:
    said = facts("personalausweis")
    assert said.code == 0
    assert "personalausweis: Kosten\n" in said.out
    assert "  Money           37,00 €  “37,00 Euro”\n" in said.out
    assert "  FreeOfCharge    kostenfrei\n" in said.out
    assert said.out.endswith(" facts\n")


def test_json_has_the_place_in_the_module(facts: Run) -> None:
    said = facts("personalausweis", "--json")
    assert said.code == 0
    costs = [row for row in json.loads(said.out) if row["module"] == "costs" and row["kind"] == "Money"]
    assert (costs[0]["value"], costs[0]["written"]) == ("37,00 €", "37,00 Euro")
    assert costs[0]["end"] - costs[0]["start"] == len("37,00 Euro")
    assert costs[0]["file"] == "services/personalausweis.md"


def test_an_unknown_text_is_an_error_that_says_what_to_do(facts: Run) -> None:
    said = facts("gibtsnicht")
    assert said.code != 0
    assert "There is no readable text 'gibtsnicht'" in said.err
    assert "knowledge check" in said.err
