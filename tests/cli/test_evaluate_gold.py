"""`amtslotse evaluate gold` as people type it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.errors import InvalidInputError
from app.models.ports import Embedder
from app.settings import get_settings
from cli.evaluate import app
from evaluation.report import read_report
from tests.knowledge import TENANT, copy_knowledge

pytestmark = pytest.mark.models

GOLD = """
- {id: mensch, split: dev, question: "Bist du ein Mensch?", language: de, kind: small_talk}
- {id: mars, split: held_out, question: "Wann fliegt der Bus zum Mars?", language: de, kind: unanswerable}
"""

Run = Callable[..., Result]


@pytest.fixture
def evaluate(tmp_path: Path, published: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs `amtslotse evaluate …` on two gold questions without a language model; the embedder is loaded already."""
    knowledge = copy_knowledge(tmp_path / "knowledge")
    gold = knowledge / TENANT / "gold"
    gold.mkdir()
    (gold / "gold.yaml").write_text(GOLD, encoding="utf-8")
    monkeypatch.setenv("AMTSLOTSE_KNOWLEDGE_DIR", str(knowledge))
    monkeypatch.setenv("AMTSLOTSE_DATA_DIR", str(published))
    monkeypatch.setenv("AMTSLOTSE_LLM_BACKEND", "none")
    monkeypatch.setattr("evaluation.unrecorded.open_embedder", lambda _: embedder)
    get_settings.cache_clear()
    yield lambda *arguments: CliRunner().invoke(app, list(arguments))
    get_settings.cache_clear()


def test_the_table_names_goals_and_stages(evaluate: Run) -> None:
    result = evaluate("gold", "--split", "held-out")
    assert result.exit_code == 0, result.output
    assert "wrong refusals" in result.stdout and "≤ 3 %" in result.stdout
    assert "Where answers were lost (held_out)" in result.stdout
    assert "dev" not in result.stdout


def test_reports_are_written_and_compared(evaluate: Run, tmp_path: Path) -> None:
    first, page = tmp_path / "first.json", tmp_path / "second.html"
    assert evaluate("gold", "--json", str(first)).exit_code == 0
    report = read_report(first)
    assert [split.split for split in report.splits] == ["dev", "held_out"]
    result = evaluate("gold", "--previous", str(first), "--html", str(page))
    assert result.exit_code == 0, result.output
    assert "0 better, 0 worse" in result.stdout and "2 same" in result.stdout
    assert "Bist du ein Mensch?" in page.read_text(encoding="utf-8")


def test_the_gate_says_why_it_is_shut(evaluate: Run) -> None:
    result = evaluate("gold", "--gate")
    assert result.exit_code == 1
    assert "not to be published: dev: 0 answerable questions are too few" in result.stdout


def test_a_folder_that_is_missing_is_noticed_before_anything_is_asked(evaluate: Run, tmp_path: Path) -> None:
    result = evaluate("gold", "--html", str(tmp_path / "missing" / "report.html"))
    assert isinstance(result.exception, InvalidInputError)
    assert "missing" in result.exception.message
