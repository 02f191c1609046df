"""Texts of concern on the page."""

from fastapi import FastAPI

from app.desk.feedback import Feedback, FeedbackStore
from app.desk.tasks import TaskKind, TaskStore
from tests.console.staff import Person, text_of
from tests.console.test_unanswered import evaluated
from tests.insight.samples import TOWN, log


def rate_badly(app: FastAPI, document: str) -> None:
    """Two answers from a text that did not help."""
    running = app.state.running
    chunks = running.service.generations.active(TOWN).chunks
    chunk = next(chunk.id for chunk in chunks if chunk.document_id == document)
    for id_ in ("a", "b"):
        log(running.service.records, id_, f"Frage {id_}", status="answered", at=running.clock(), chunks=(chunk,))
        FeedbackStore(running.service.records.database).put(Feedback(TOWN, id_, running.clock(), helpful=False))
    evaluated(app)


def test_a_badly_rated_text_stands_below_its_owner_and_becomes_a_task(app: FastAPI, editor: Person) -> None:
    rate_badly(app, "kita-platz")
    page = editor.get("concerns?worry=rated_badly")
    assert "2 von 2 Bewertungen" in text_of(page)
    assert "kita-platz" in page.text
    page = editor.post("tasks", {"kind": "text", "document": "kita-platz", "back": "/console/musterstadt/concerns"})
    assert "Aufgabe ist offen" in text_of(page)
    (task,) = TaskStore(app.state.running.service.records.database).list(TOWN)
    assert task.task.kind is TaskKind.TEXT
    assert task.task.owner in page.text


def test_the_file_has_a_line_for_each_text(app: FastAPI, editor: Person) -> None:
    rate_badly(app, "kita-platz")
    lines = editor.get("concerns.csv").text.split("\r\n")
    (line,) = [line for line in lines if ";kita-platz;" in line]
    assert "schlecht bewertet" in line


def test_the_service_desk_has_no_such_page(desk: Person) -> None:
    assert desk.get("concerns").status_code == 403
