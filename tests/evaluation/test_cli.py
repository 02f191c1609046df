"""The commands as they are typed; what they compute is tested beside the modules."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.errors import InvalidInputError
from cli.evaluate import app
from evaluation.passages_file import Page


def _rows(path: Path, *rows: dict[str, object]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def _row(page: Page, question: str, answers: list[int]) -> dict[str, object]:
    context = "\n".join((page.title, *page.sentences))
    return {
        "id": question, "question": question, "context": context, "answers": answers, "language": page.language,
        "pageId": page.service,
    }  # fmt: skip


@pytest.mark.models
def test_retrieval_takes_several_files_and_questions_of_another(tmp_path: Path, pages: tuple[Page, ...]) -> None:
    first = _rows(tmp_path / "a.jsonl", *(_row(page, page.title, [1]) for page in pages[:3]))
    second = _rows(tmp_path / "b.jsonl", *(_row(page, page.title, [1]) for page in pages[3:]))
    asked = _rows(
        tmp_path / "questions.jsonl",
        _row(pages[0], "Was kostet ein neuer Personalausweis?", [1]),
        _row(pages[0], "Wer hat den Personalausweis erfunden?", []),
        {"id": 3, "question": "Wo ist das Schwimmbad?", "answers": [1], "pageId": "schwimmbad"},
    )
    command = ["retrieval", "--data", first, second, "--questions", asked, "--json"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert (report["questions"], report["left_out"], report["services"]) == (1, 1, 6)
    assert report["fused"]["r_at_1"] == 1


def test_questions_without_pages_are_refused(tmp_path: Path) -> None:
    asked = _rows(tmp_path / "questions.jsonl", {"id": 1, "question": "Was?", "pageId": 1})
    result = CliRunner().invoke(app, ["retrieval", "--questions", asked])
    assert isinstance(result.exception, InvalidInputError)
    assert "--data" in result.exception.message


def test_evidence_needs_the_text_of_every_page(tmp_path: Path) -> None:
    data = _rows(tmp_path / "data.jsonl", {"id": 1, "question": "Was?", "pageId": 1})
    result = CliRunner().invoke(app, ["evidence", "--data", data, "--predictions", str(tmp_path / "out.json")])
    assert isinstance(result.exception, InvalidInputError)
    assert "context" in result.exception.message


def test_evidence_refuses_an_id_that_stands_twice(tmp_path: Path, pages: tuple[Page, ...]) -> None:
    data = _rows(tmp_path / "data.jsonl", _row(pages[0], "Was?", [1]), _row(pages[1], "Was?", [1]))
    result = CliRunner().invoke(app, ["evidence", "--data", data, "--predictions", str(tmp_path / "out.json")])
    assert isinstance(result.exception, InvalidInputError)
    assert "twice" in result.exception.message


def test_evidence_says_before_it_computes_that_it_cannot_write(tmp_path: Path, pages: tuple[Page, ...]) -> None:
    data = _rows(tmp_path / "data.jsonl", _row(pages[0], "Was?", [1]))
    out = tmp_path / "missing" / "out.json"
    result = CliRunner().invoke(app, ["evidence", "--data", data, "--predictions", str(out)])
    assert isinstance(result.exception, InvalidInputError)
    assert "missing" in result.exception.message
