"""Tasks: written down, done, opened again, without citizens' words."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.database.connection import Database
from app.desk.tasks import LONGEST_TITLE, MOST_ANSWERS, NewTask, TaskKind, TaskStatus, TaskStore, by_answer, by_text
from app.errors import InvalidInputError, NotFoundError

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TOWN = "musterstadt"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TaskStore]:
    database = Database(tmp_path / "records.sqlite3")
    yield TaskStore(database)
    database.close()


def test_a_task_is_listed_below_its_owner_until_it_is_done(store: TaskStore) -> None:
    new = NewTask("Bürgeramt", TaskKind.HAND, "Öffnungszeiten nachtragen", note="Ab April.")
    task = store.add(TOWN, new, "Kim", NOW)
    store.add(TOWN, NewTask("Bauamt", TaskKind.HAND, "Gebühr prüfen"), "Kim", NOW)
    assert [one.task.owner for one in store.list(TOWN, TaskStatus.OPEN)] == ["Bauamt", "Bürgeramt"]
    done = store.set_status(TOWN, task.id, TaskStatus.DONE, "Ute", NOW + timedelta(hours=1))
    assert (done.closed_by, done.task) == ("Ute", new)
    assert store.count(TOWN, TaskStatus.OPEN) == 1
    assert store.list(TOWN, TaskStatus.DONE) == (done,)
    assert store.list(TOWN, owner="Bürgeramt") == (done,)


def test_a_task_opened_again_was_closed_by_nobody(store: TaskStore) -> None:
    task = store.add(TOWN, NewTask("", TaskKind.HAND, "Etwas"), "Kim", NOW)
    store.set_status(TOWN, task.id, TaskStatus.DONE, "Kim", NOW)
    opened = store.set_status(TOWN, task.id, TaskStatus.OPEN, "Kim", NOW)
    assert (opened.status, opened.closed_at, opened.closed_by) == (TaskStatus.OPEN, None, None)


def test_tasks_are_found_by_the_answers_and_texts_that_they_came_from(store: TaskStore) -> None:
    questions = store.add(TOWN, NewTask("A", TaskKind.QUESTIONS, "Fragen", "", "hund", ("a1", "a2")), "Kim", NOW)
    text = store.add(TOWN, NewTask("A", TaskKind.TEXT, "Text", "", "kita"), "Kim", NOW)
    listed = store.list(TOWN)
    assert by_answer(listed) == {"a1": questions, "a2": questions}
    assert by_text(listed) == {"kita": text}


def test_only_so_many_answers_are_kept(store: TaskStore) -> None:
    ids = tuple(map(str, range(MOST_ANSWERS + 5)))
    task = store.add(TOWN, NewTask("A", TaskKind.QUESTIONS, "Fragen", "", None, ids), "Kim", NOW)
    assert task.task.answer_ids == ids[:MOST_ANSWERS]


@pytest.mark.parametrize("title", ["", "  ", "x" * (LONGEST_TITLE + 1)])
def test_a_task_needs_a_title_of_a_sensible_length(store: TaskStore, title: str) -> None:
    with pytest.raises(InvalidInputError, match="Titel"):
        store.add(TOWN, NewTask("A", TaskKind.HAND, title), "Kim", NOW)


def test_another_towns_tasks_are_not_there(store: TaskStore) -> None:
    task = store.add(TOWN, NewTask("A", TaskKind.HAND, "Etwas"), "Kim", NOW)
    assert store.list("anderswo") == ()
    with pytest.raises(NotFoundError):
        store.set_status("anderswo", task.id, TaskStatus.DONE, "Kim", NOW)
