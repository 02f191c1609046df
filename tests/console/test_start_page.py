"""The start page says what waits for a person, each with the way there."""

from fastapi import FastAPI

from app.desk.tasks import NewTask, TaskKind, TaskStore
from tests.console.staff import Person, text_of
from tests.insight.samples import TOWN, log


def fill(app: FastAPI) -> None:
    running = app.state.running
    log(running.service.records, "a", "Gibt es Ufos?", at=running.clock())
    TaskStore(running.service.records.database).add(
        TOWN, NewTask("Amt", TaskKind.HAND, "Etwas"), "Kim", running.clock()
    )


def test_it_names_open_tasks_and_questions_and_the_figures_of_the_week(app: FastAPI, desk: Person) -> None:
    fill(app)
    page = desk.get("")
    said = text_of(page)
    assert "1 Aufgabe ist offen." in said
    assert "1 Frage stand in dieser Woche nicht in den Texten." in said
    assert 'href="/console/musterstadt/tasks"' in page.text
    assert 'href="/console/musterstadt/unanswered?days=7"' in page.text
    assert "1 Fragen" in said


def test_nothing_waits_where_nothing_happened(editor: Person) -> None:
    assert "Gerade wartet nichts auf Sie." in text_of(editor.get(""))
