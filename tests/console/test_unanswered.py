"""Open questions on the page, and the way from there to a task."""

import re
from datetime import timedelta

from fastapi import FastAPI

from app.desk.tasks import TaskKind, TaskStore
from tests.console.staff import Person, text_of
from tests.insight.samples import TOWN, log

WAIT_S = 60


def evaluated(app: FastAPI) -> None:
    """Waits until the background has the open questions."""
    running = app.state.running
    assert running.insight.latest(running.service, TOWN, wait_s=WAIT_S)


def fill(app: FastAPI) -> None:
    records, now = app.state.running.service.records, app.state.running.clock()
    log(records, "a", "Was kostet die Hundesteuer für zwei Hunde?", at=now - timedelta(days=2))
    log(records, "b", "was kostet die hundesteuer", at=now - timedelta(days=1))
    log(records, "c", "Wo kann ich mein Kind für die Kita anmelden?", at=now - timedelta(days=60))
    log(records, "d", "Wie wird das Wetter?", status="out_of_scope", at=now)
    evaluated(app)


def test_questions_after_the_same_thing_are_one_cluster_with_the_nearest_text(app: FastAPI, desk: Person) -> None:
    fill(app)
    page = desk.get("unanswered?days=90")
    said = text_of(page)
    assert "Fragen: 3, Themen: 2" in said
    assert "2 × nicht in den Texten" in said
    assert "Nächster Text: Hund" in said
    assert "Stand:" in said
    assert "Wetter" not in said
    assert "Wetter" in text_of(desk.get("unanswered?show=out_of_scope"))


def test_period_and_reason_narrow_what_is_shown(app: FastAPI, desk: Person) -> None:
    fill(app)
    assert "Kita" not in desk.get("unanswered?days=28").text
    assert "gibt es keine solchen Fragen" in text_of(desk.get("unanswered?reason=failed"))


def test_an_erased_question_is_gone_at_once(app: FastAPI, desk: Person) -> None:
    fill(app)
    records = app.state.running.service.records
    for id_ in ("a", "b"):
        records.erase(TOWN, id_)
    assert "undesteuer" not in desk.get("unanswered").text


def test_one_click_makes_a_task_for_the_owner_without_the_citizens_words(app: FastAPI, desk: Person) -> None:
    fill(app)
    page = desk.get("unanswered")
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
    response = desk.post("tasks", {name: fields[name] for name in ("kind", "answers", "document", "count", "back")})
    assert response.url.path == "/console/musterstadt/unanswered"
    assert "Die Aufgabe ist angelegt." in response.text
    assert "Aufgabe offen bei" in response.text
    (task,) = TaskStore(app.state.running.service.records.database).list(TOWN)
    assert task.task.kind is TaskKind.QUESTIONS
    assert set(task.task.answer_ids) == {"a", "b"}
    assert task.task.document_id == "hund-anmelden"
    assert task.task.owner
    assert "kostet" not in task.task.title


def test_markup_in_a_question_stays_text(app: FastAPI, desk: Person) -> None:
    running = app.state.running
    log(running.service.records, "x", "<script>alert(1)</script>", at=running.clock())
    evaluated(app)
    assert "<script>alert" not in desk.get("unanswered").text


def test_it_says_that_the_evaluation_is_under_way(app: FastAPI, editor: Person) -> None:
    app.state.running.insight.close()  # so that nothing is ever found
    assert "werden gerade ausgewertet" in text_of(editor.get("unanswered"))
