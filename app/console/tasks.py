"""Tasks for the owners of texts: listed by owner, made from questions, from texts of concern or by hand."""

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from app.console.access import Signed, Staff, posted, text_field
from app.console.csv_file import csv_response
from app.console.page import page_below, redirect, render
from app.desk.tasks import LONGEST_NOTE, LONGEST_TITLE, MOST_ANSWERS, NewTask, Task, TaskKind, TaskStatus, TaskStore
from app.errors import AmtslotseError, InvalidInputError
from app.insight.documents import PublishedText, published_texts
from app.insight.questions import asked
from app.wording.console import console_catalog

router = APIRouter()

_ALL = "all"
PAGE = 50
"""Tasks on one page."""


@router.get("/{tenant}/tasks")
def tasks(
    request: Request, signed: Staff, status: str = TaskStatus.OPEN, owner: str = "", page: int = 1
) -> HTMLResponse:
    """The tasks of one status, grouped by owner, a page of them."""
    return _page(request, signed, status, owner, number=page)


@router.get("/{tenant}/tasks.csv")
def tasks_file(signed: Staff, status: str = _ALL, owner: str = "") -> Response:
    """The same for a spreadsheet, without citizens' questions."""
    say, texts = console_catalog("tasks").text, _texts(signed)
    names = ("id", "status", "owner", "title", "note", "text", "questions", "created_at", "created_by", "closed_at",
             "closed_by")  # fmt: skip
    rows = [
        (
            task.id, say(f"status.{task.status}"), task.task.owner, task.task.title, task.task.note,
            texts[task.task.document_id].title if task.task.document_id in texts else task.task.document_id,
            len(task.task.answer_ids), task.created_at.isoformat(timespec="seconds"), task.created_by,
            task.closed_at.isoformat(timespec="seconds") if task.closed_at else None, task.closed_by,
        )
        for task in _found(signed, status, owner)
    ]  # fmt: skip
    return csv_response(f"amtslotse-{signed.town.id}-aufgaben.csv", [say(f"column.{name}") for name in names], rows)


@router.post("/{tenant}/tasks")
async def add(request: Request, signed: Staff) -> Response:
    """Writes a task down; shows the form again with what is wrong."""
    form = await posted(request, signed)
    try:
        task = await run_in_threadpool(_add, signed, form)
    except InvalidInputError as error:
        return await run_in_threadpool(_page, request, signed, TaskStatus.OPEN, "", error, form)
    await run_in_threadpool(signed.audit, "task.add", task.id, kind=task.task.kind, owner=task.task.owner)
    return redirect(_back(form, signed), "task_added")


@router.post("/{tenant}/tasks/{task_id}/status")
async def set_status(request: Request, signed: Staff, task_id: str) -> Response:
    """Marks a task as done, or opens it again."""
    form = await posted(request, signed)
    status = TaskStatus.DONE if text_field(form, "status") == TaskStatus.DONE else TaskStatus.OPEN
    store = TaskStore(signed.running.service.records.database)
    name, now = signed.account.display_name, signed.running.clock()
    await run_in_threadpool(store.set_status, signed.town.id, task_id, status, name, now)
    await run_in_threadpool(signed.audit, f"task.{status}", task_id)
    return redirect(_back(form, signed), f"task_{status}")


def _page(
    request: Request, signed: Signed, status: str, owner: str, error: AmtslotseError | None = None,
    form: FormData | None = None, number: int = 1,
) -> HTMLResponse:  # fmt: skip
    say, texts = console_catalog("tasks").text, _texts(signed)
    store, every = TaskStore(signed.running.service.records.database), _found(signed, status, owner)
    last_page = max(1, -(-len(every) // PAGE))
    number = min(max(1, number), last_page)
    found = every[(number - 1) * PAGE : number * PAGE]
    owners = sorted({text.owner for text in texts.values()} | {task.task.owner for task in store.list(signed.town.id)})
    return render(
        request,
        signed,
        "tasks",
        "console/tasks.html",
        error=error,
        form=form or {},
        groups_of_tasks=[(name, tuple(group)) for name, group in groupby(found, lambda task: task.task.owner)],
        page=number,
        last_page=last_page,
        texts=texts,
        questions=asked(
            signed.running.service.records.database,
            signed.town.id,
            (answer for task in found for answer in task.task.answer_ids),
        ),
        status=status,
        owner=owner,
        status_options=[(name, say(f"show.{name}")) for name in (TaskStatus.OPEN, TaskStatus.DONE, _ALL)],
        owner_options=[("", say("every_owner")), *((name, name) for name in owners if name)],
        new_owner_options=[("", say("nobody")), *((name, name) for name in owners if name)],
        text_options=[
            ("", say("no_text")),
            *sorted(((text.id, text.title) for text in texts.values()), key=lambda pair: pair[1].casefold()),
        ],
        longest_title=LONGEST_TITLE,
        longest_note=LONGEST_NOTE,
    )


def _add(signed: Signed, form: FormData) -> Task:
    texts = _texts(signed)
    text = texts.get(text_field(form, "document", longest=200))
    kind = _kind(form)
    given = text_field(form, "answers", longest=MOST_ANSWERS * 40)
    database = signed.running.service.records.database
    ids = [id_ for id_ in given.split(",") if id_][:MOST_ANSWERS]
    kept = asked(database, signed.town.id, ids)
    new = NewTask(
        owner=text_field(form, "owner", longest=LONGEST_TITLE) or (text.owner if text else ""),
        kind=kind,
        title=text_field(form, "title", longest=LONGEST_TITLE) or _title(kind, text, len(kept), form),
        note=text_field(form, "note", longest=LONGEST_NOTE),
        document_id=text.id if text else None,
        answer_ids=tuple(id_ for id_ in ids if id_ in kept),
    )
    return TaskStore(database).add(signed.town.id, new, signed.account.display_name, signed.running.clock())


def _title(kind: TaskKind, text: PublishedText | None, kept: int, form: FormData) -> str:
    """For tasks that are made with one click: words of the product, so that no citizen's words are copied."""
    say = console_catalog("tasks").text
    if kind is TaskKind.QUESTIONS and kept:
        given = text_field(form, "count", longest=6)
        count = int(given) if given.isdecimal() else kept
        questions = say("made.question") if count == 1 else say("made.questions", count=count)
        return say("made.near" if text else "made.far", questions=questions, text=text.title if text else "")
    return say("made.text", text=text.title) if kind is TaskKind.TEXT and text else ""


def _kind(form: FormData) -> TaskKind:
    given = text_field(form, "kind", longest=20)
    return TaskKind(given) if given in set(TaskKind) else TaskKind.HAND


def _found(signed: Signed, status: str, owner: str) -> tuple[Task, ...]:
    store = TaskStore(signed.running.service.records.database)
    return store.list(signed.town.id, TaskStatus(status) if status in set(TaskStatus) else None, owner or None)


def _texts(signed: Signed) -> dict[str, PublishedText]:
    return published_texts(signed.running.service.generations.active(signed.town.id))


def _back(form: FormData, signed: Signed) -> str:
    """The page of this town that the form came from; the tasks otherwise."""
    home = f"/console/{signed.town.id}"
    return page_below(text_field(form, "back", longest=2_000), home, f"{home}/tasks")
