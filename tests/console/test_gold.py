"""A question from a conversation becomes a gold question."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.accounts.account import Role
from app.answering.service import AnsweringService
from app.settings import Settings
from evaluation.gold_add import DESK_FILE
from evaluation.gold_file import read_gold_files
from tests.console.desk_samples import ask
from tests.console.staff import TENANT, Person, sign_in, text_of
from tests.servers import running_app


@pytest.fixture
def app(service: AnsweringService, settings: Settings, tmp_path: Path) -> Iterator[FastAPI]:
    """With a knowledge folder that may be written to."""
    knowledge = tmp_path / "knowledge"
    (knowledge / TENANT).mkdir(parents=True)
    with running_app(service, settings.model_copy(update={"knowledge_dir": knowledge})) as application:
        yield application


@pytest.fixture
def desk(app: FastAPI) -> Person:
    return sign_in(app, Role.DESK)


def test_the_form_expects_what_the_bot_did(app: FastAPI, desk: Person) -> None:
    page = desk.get(f"answers/{ask(app, 'Wie melde ich meinen Hund an?')}/gold").text
    assert "Wie melde ich meinen Hund an?</textarea>" in page
    assert '<option value="answerable" selected>' in page
    assert '<option value="hund-anmelden" selected>' in page


def test_the_question_is_written_where_publishing_finds_it(app: FastAPI, desk: Person, tmp_path: Path) -> None:
    id_ = ask(app, "Wie melde ich meinen Hund an?")
    form = {
        "question": "Wie melde ich einen Hund an?",
        "language": "de",
        "kind": "answerable",
        "service": "hund-anmelden",
    }
    shown = desk.post(f"answers/{id_}/gold", {**form, "facts": "2 Wochen | zwei Wochen", "must_not": ""})
    assert "Die Frage ist jetzt eine Prüffrage." in text_of(shown)
    (question,) = read_gold_files([tmp_path / "knowledge" / TENANT / DESK_FILE])
    assert question.facts == (("2 Wochen", "zwei Wochen"),)


@pytest.mark.parametrize("question", ["Ich heiße Anna Beispiel, wie melde ich mich an?", "Ich heiße [Name]. Was nun?"])
def test_a_question_that_names_somebody_is_not_kept(app: FastAPI, desk: Person, tmp_path: Path, question: str) -> None:
    id_ = ask(app, "Wie melde ich meinen Hund an?")
    form = {"question": question, "language": "de", "kind": "answerable", "service": "hund-anmelden"}
    response = desk.post(f"answers/{id_}/gold", {**form, "facts": "", "must_not": ""})
    assert response.status_code == 422
    assert "dass niemand erkennbar ist" in text_of(response) and question in response.text
    assert not (tmp_path / "knowledge" / TENANT / DESK_FILE).exists()
