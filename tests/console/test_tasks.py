"""The list of tasks, by owner."""

from fastapi import FastAPI

from app.accounts.audit import AuditFilter, AuditLog
from app.console.tasks import PAGE
from app.desk.tasks import NewTask, Task, TaskKind, TaskStore
from tests.console.staff import Person, text_of
from tests.insight.samples import TOWN, log


def add(app: FastAPI, new: NewTask) -> Task:
    running = app.state.running
    return TaskStore(running.service.records.database).add(TOWN, new, "Kim", running.clock())


def test_a_task_by_hand_is_listed_done_and_opened_again(app: FastAPI, editor: Person) -> None:
    fields = {"kind": "hand", "title": "Gebühr nachtragen", "note": "Ab Mai.", "owner": "Bürgeramt"}
    page = editor.post("tasks", fields)
    assert "Die Aufgabe ist angelegt." in page.text
    assert "Gebühr nachtragen" in page.text
    (task,) = TaskStore(app.state.running.service.records.database).list(TOWN)
    page = editor.post(f"tasks/{task.id}/status", {"status": "done"})
    assert "keine Aufgaben" in text_of(page)
    assert "erledigt am" in text_of(editor.get("tasks?status=done"))
    editor.post(f"tasks/{task.id}/status", {"status": "open"})
    assert "Gebühr nachtragen" in editor.get("tasks").text
    events = AuditLog(app.state.running.service.records.database).events(AuditFilter(tenants=(TOWN,)), 10)
    assert [event.action for event in events] == ["task.open", "task.done", "task.add"]


def test_a_task_without_a_title_is_not_accepted_and_nothing_is_lost(editor: Person) -> None:
    page = editor.post("tasks", {"kind": "hand", "title": " ", "note": "Wichtig!"})
    assert page.status_code == 422
    assert "Titel" in page.text
    assert "Wichtig!" in page.text


def test_questions_are_read_from_the_log_and_gone_when_they_are_erased_there(app: FastAPI, desk: Person) -> None:
    running = app.state.running
    log(running.service.records, "a1", "Was kostet die Hundesteuer?", at=running.clock())
    add(app, NewTask("Amt", TaskKind.QUESTIONS, "1 Frage", "", None, ("a1",)))
    assert "Was kostet die Hundesteuer?" in desk.get("tasks").text
    running.service.records.erase(TOWN, "a1")
    page = desk.get("tasks")
    assert "kostet die Hundesteuer" not in page.text
    assert "sind gelöscht" in page.text


def test_many_tasks_come_in_pages(app: FastAPI, desk: Person) -> None:
    for number in range(PAGE + 1):
        add(app, NewTask("Amt", TaskKind.HAND, f"Aufgabe {number:03}", "", None, ()))
    first, second = (desk.get(f"tasks?page={page}") for page in (1, 2))
    assert (first.text.count("Aufgabe 0"), second.text.count("Aufgabe 0")) == (2 * PAGE, 2)  # heading and button
    assert "Seite 1 von 2" in first.text
    assert "Seite 2 von 2" in desk.get("tasks?page=99").text


def test_the_file_runs_no_formulas_and_holds_no_citizens_words(app: FastAPI, desk: Person) -> None:
    running = app.state.running
    log(running.service.records, "a1", "Was kostet die Hundesteuer?", at=running.clock())
    add(app, NewTask("=HYPERLINK(1)", TaskKind.QUESTIONS, "1 Frage", "", None, ("a1",)))
    file = desk.get("tasks.csv").text
    assert "'=HYPERLINK(1)" in file
    assert "Hundesteuer" not in file


def test_a_form_leads_back_to_a_page_of_this_town_only(desk: Person) -> None:
    fields = {"kind": "hand", "title": "Etwas"}
    for back in ("https://evil.example/console/musterstadt/", "//evil.example/", "/console/anderswo/tasks"):
        response = desk.post("tasks", {**fields, "back": back}, follow_redirects=False)
        assert response.headers["location"].startswith("/console/musterstadt/tasks?done=")


def test_without_the_token_of_the_session_nothing_happens(desk: Person) -> None:
    response = desk.client.post("/console/musterstadt/tasks", data={"kind": "hand", "title": "Etwas"})
    assert response.status_code == 403
    assert "Etwas" not in desk.get("tasks").text
