"""Gold answers that are kept with a generation, and when they may stand for asking again."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from app.index.generation import Generation, generations_folder, open_active
from app.index.manifest import EvaluationEntry, read_manifest, write_manifest
from app.models.ports import Embedder
from evaluation.gold_file import GoldQuestion
from evaluation.kept_answers import KeptAnswers, question_sha256, read_kept
from tests.evaluation.gold_samples import REFUSED, RIGHT, report
from tests.knowledge import TENANT

pytestmark = pytest.mark.models

DAY = date(2026, 11, 2)
REPORT = report(RIGHT, REFUSED)


def question(answer_id: str, **fields: object) -> GoldQuestion:
    return GoldQuestion.model_validate(
        {
            "id": answer_id,
            "split": "dev",
            "question": "Was kostet es?",
            "language": "de",
            "kind": "answerable",
            **fields,
        }
    )


QUESTIONS = (question(RIGHT.id), question(REFUSED.id))
KEPT = KeptAnswers.of(REPORT, QUESTIONS, DAY)


@pytest.fixture
def generation(published: Path, embedder: Embedder) -> Generation:
    return open_active(published, TENANT, embedder.info)


def write(data_dir: Path, content: str) -> Path:
    """Puts the answers beside the active generation, and their hash into its manifest."""
    (folder,) = generations_folder(data_dir, TENANT).iterdir()
    (folder / "evaluation.json").write_text(content, encoding="utf-8")
    entry = EvaluationEntry(
        file="evaluation.json",
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        report="evaluation.html",
        model="none",
        questions=2,
        right=0.5,
        right_refusals=None,
        invented=0,
        regressions=(),
    )
    write_manifest(folder, read_manifest(folder).model_copy(update={"evaluation": entry}))
    return folder


def test_answers_come_back_as_they_were_kept(published_copy: Path) -> None:
    assert read_kept(write(published_copy, KEPT.to_json())) == KEPT


@pytest.mark.parametrize("content", ["", "{", '{"schema_version": 9}'])
def test_what_is_no_file_of_this_release_is_asked_again(published_copy: Path, content: str) -> None:
    assert read_kept(write(published_copy, content)) is None


def test_a_file_that_was_changed_is_not_believed(published_copy: Path) -> None:
    folder = write(published_copy, KEPT.to_json())
    (folder / "evaluation.json").write_text(KEPT.to_json().replace("37 Euro", "39 Euro"), encoding="utf-8")
    assert read_kept(folder) is None


def test_a_generation_without_answers_has_none(published: Path, tmp_path: Path) -> None:
    (folder,) = generations_folder(published, TENANT).iterdir()
    assert read_kept(folder) is None
    assert read_kept(tmp_path) is None


def test_answers_are_reused_as_long_as_nothing_that_decides_them_is_different(generation: Generation) -> None:
    assert {answer.id for answer in KEPT.reusable(QUESTIONS, REPORT.environment, generation, DAY)} == {
        RIGHT.id,
        REFUSED.id,
    }
    other_model = REPORT.environment.model_copy(update={"model": "another"})
    assert KEPT.reusable(QUESTIONS, other_model, generation, DAY) == ()


def test_an_answer_is_asked_again_when_anything_about_its_question_was_changed(generation: Generation) -> None:
    changed = (question(RIGHT.id, facts=["38 Euro"]), QUESTIONS[1])
    assert [answer.id for answer in KEPT.reusable(changed, REPORT.environment, generation, DAY)] == [REFUSED.id]
    assert question_sha256(changed[0]) != question_sha256(QUESTIONS[0])


def test_answers_of_a_day_with_other_valid_texts_are_asked_again(generation: Generation) -> None:
    assert any(chunk.valid_from == date(2026, 1, 1) for chunk in generation.chunks)
    assert KEPT.reusable(QUESTIONS, REPORT.environment, generation, date(2025, 12, 31)) == ()
