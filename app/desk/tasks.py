"""Tasks for the owners of texts: what should be written, mended or looked at, open until somebody says it is done."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, func, insert, select, update

from app.database.connection import Database
from app.database.tables import tasks
from app.database.timestamps import from_timestamp, to_timestamp
from app.errors import InvalidInputError, NotFoundError
from app.text.canonical_json import canonical_json

NOBODY = ""
"""Owner of a task that no text belongs to yet."""
MOST_ANSWERS = 50
LONGEST_TITLE = 200
LONGEST_NOTE = 4_000
_t = tasks.c


class TaskKind(StrEnum):
    """What a task came from."""

    QUESTIONS = "questions"
    """From questions without a good answer."""
    TEXT = "text"
    """From a text of concern."""
    HAND = "hand"
    """Somebody thought of it."""


class TaskStatus(StrEnum):
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to be written down."""

    owner: str
    """As the texts name their owners, or NOBODY."""
    kind: TaskKind
    title: str
    """Words of the staff, or of the product; never a citizen's."""
    note: str = ""
    document_id: str | None = None
    """The text that it is about, or that comes nearest."""
    answer_ids: tuple[str, ...] = ()
    """Answers that it came from. Their questions stay in the log alone, so that they go when they are erased there."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task as it stands."""

    id: str
    created_at: datetime
    created_by: str
    task: NewTask
    status: TaskStatus
    closed_at: datetime | None
    closed_by: str | None


class TaskStore:
    """Safe to share between threads. Every method raises RecordsError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, tenant: str, new: NewTask, by: str, now: datetime) -> Task:
        """Writes a task down. Raises InvalidInputError when it has no title or too long a text."""
        title, note = " ".join(new.title.split()), new.note.strip()
        if not title or len(title) > LONGEST_TITLE:
            raise InvalidInputError(f"Geben Sie der Aufgabe einen Titel mit höchstens {LONGEST_TITLE} Zeichen.")
        if len(note) > LONGEST_NOTE:
            raise InvalidInputError(f"Die Notiz darf höchstens {LONGEST_NOTE} Zeichen haben.")
        id_ = secrets.token_hex(8)
        row = {
            "tenant": tenant,
            "id": id_,
            "created_at": to_timestamp(now),
            "account_name": by,
            "owner": " ".join(new.owner.split())[:LONGEST_TITLE],
            "kind": new.kind,
            "subject": new.document_id or "",
            "title": title,
            "detail": canonical_json({"note": note, "answers": list(new.answer_ids[:MOST_ANSWERS])}),
            "status": TaskStatus.OPEN,
        }
        with self._database.writing() as connection:
            connection.execute(insert(tasks).values(row))
        return self.get(tenant, id_)

    def get(self, tenant: str, id_: str) -> Task:
        """Raises NotFoundError."""
        with self._database.reading() as connection:
            row = connection.execute(select(tasks).where(_t.tenant == tenant, _t.id == id_)).first()
        if row is None:
            raise NotFoundError("Diese Aufgabe gibt es nicht (mehr).")
        return _task(row)

    def set_status(self, tenant: str, id_: str, status: TaskStatus, by: str, now: datetime) -> Task:
        """Marks a task as done, or opens it again. Raises NotFoundError."""
        self.get(tenant, id_)
        is_done = status is TaskStatus.DONE
        closing = {"closed_at": to_timestamp(now) if is_done else None, "closed_by": by if is_done else None}
        with self._database.writing() as connection:
            connection.execute(update(tasks).where(_t.tenant == tenant, _t.id == id_).values(status=status, **closing))
        return self.get(tenant, id_)

    def list(self, tenant: str, status: TaskStatus | None = None, owner: str | None = None) -> tuple[Task, ...]:
        """A town's tasks by owner, the newest of each first; only those of one status or owner when these are given."""
        conditions: list[ColumnElement[bool]] = [_t.tenant == tenant]
        if status is not None:
            conditions.append(_t.status == status)
        if owner is not None:
            conditions.append(_t.owner == owner)
        query = select(tasks).where(*conditions).order_by(_t.owner, _t.created_at.desc(), _t.id)
        with self._database.reading() as connection:
            return tuple(map(_task, connection.execute(query)))

    def count(self, tenant: str, status: TaskStatus) -> int:
        """How many tasks of a status there are."""
        query = select(func.count()).select_from(tasks).where(_t.tenant == tenant, _t.status == status)
        with self._database.reading() as connection:
            return connection.execute(query).scalar_one()


def by_answer(listed: Iterable[Task]) -> Mapping[str, Task]:
    """The tasks by the answers that they came from."""
    return {answer_id: task for task in listed for answer_id in task.task.answer_ids}


def by_text(listed: Iterable[Task]) -> Mapping[str, Task]:
    """The tasks that came from a text of concern, by its id."""
    return {task.task.document_id: task for task in listed if task.task.kind is TaskKind.TEXT and task.task.document_id}


def _task(row: Row[tuple[object, ...]]) -> Task:
    detail = json.loads(row.detail)
    new = NewTask(
        owner=row.owner,
        kind=TaskKind(row.kind),
        title=row.title,
        note=detail["note"],
        document_id=row.subject or None,
        answer_ids=tuple(detail["answers"]),
    )
    return Task(
        id=row.id,
        created_at=from_timestamp(row.created_at),
        created_by=row.account_name,
        task=new,
        status=TaskStatus(row.status),
        closed_at=from_timestamp(row.closed_at) if row.closed_at else None,
        closed_by=row.closed_by,
    )
