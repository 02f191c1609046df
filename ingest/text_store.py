"""Saving source files for editors: nobody overwrites what they have not seen, and every version can be had again.

Below `data/<tenant>/texts/`: `history.jsonl` has a line for every change, `versions/` the content before and after it,
each once, named by its SHA-256.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import AmtslotseError, InvalidInputError, KnowledgeError, NotFoundError
from app.files import make_folder, sync_folder, write_atomically

TEXTS_FOLDER = "texts"
_HISTORY = "history.jsonl"


class EditConflictError(AmtslotseError):
    """Somebody else changed the file since it was read; nothing was written. `current` is its SHA-256, None: gone."""

    code = "edit_conflict"
    http_status = 409

    def __init__(self, name: str, current: str | None) -> None:
        super().__init__(
            f"„{name}“ wurde inzwischen geändert. Ihre Fassung ist nicht verloren: "
            "Vergleichen Sie beide und entscheiden Sie, welche gilt."
        )
        self.current = current


class ChangeKind(StrEnum):
    """What happened to a file."""

    SAVED = "saved"
    APPROVED = "approved"
    """Saved after another editor had approved it."""
    REPLACED = "replaced"
    """Another file of the same format was uploaded."""
    REMOVED = "removed"


class Change(BaseModel):
    """One line of the history."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    at: datetime
    kind: ChangeKind
    file: str
    by: str
    """Display name."""
    before: str | None
    """SHA-256 of the version before; None when there was no file."""
    after: str | None
    """None when the file was removed."""
    note: str = ""


class TextStore:
    """The source files of one town."""

    def __init__(self, knowledge_dir: Path, data_dir: Path, tenant_id: str) -> None:
        self._town = knowledge_dir / tenant_id
        self.folder = data_dir / tenant_id / TEXTS_FOLDER

    def read(self, name: str) -> bytes | None:
        """What a file holds now; None when there is none. Raises InvalidInputError for a path that leads out."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def save(
        self, name: str, content: bytes, base: str | None, by: str, at: datetime, kind: ChangeKind, note: str = ""
    ) -> Change:
        """Writes a file that still is what `base` (its SHA-256, None: there is none) says.

        Raises:
            EditConflictError: it is not any more.
            KnowledgeError: the disk is full or the folder is read-only; the old file stays.
        """
        return self._change(name, content, base, by, at, kind, note)

    def remove(self, name: str, base: str, by: str, at: datetime, note: str = "") -> Change:
        """Deletes a file; its last version stays in the history. Raises as `save`."""
        return self._change(name, None, base, by, at, ChangeKind.REMOVED, note)

    def history(self, name: str | None = None) -> tuple[Change, ...]:
        """The changes of a file, or of all, newest first; a line that a power cut tore is left out."""
        try:
            lines = (self.folder / _HISTORY).read_bytes().splitlines()
        except FileNotFoundError:
            return ()
        changes = (_change_of(line) for line in reversed(lines))
        return tuple(change for change in changes if change is not None and name in (None, change.file))

    def version(self, digest: str) -> bytes:
        """A version by its SHA-256. Raises NotFoundError."""
        path = self.folder / "versions" / Path(digest).name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise NotFoundError("Diese Fassung gibt es nicht.") from error
        if digest_of(content) != digest:
            raise NotFoundError("Diese Fassung ist beschädigt und kann nicht gezeigt werden.")
        return content

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Only one writer at a time, across processes."""
        make_folder(self.folder)
        with FileLock(self.folder / ".lock", is_singleton=True):
            yield

    def _change(
        self, name: str, content: bytes | None, base: str | None, by: str, at: datetime, kind: ChangeKind, note: str
    ) -> Change:
        path = self._path(name)
        with self.locked(), _writing():
            before = self.read(name)
            current = digest_of(before) if before is not None else None
            if current != base:
                raise EditConflictError(name, current)
            after = digest_of(content) if content is not None else None
            change = Change(at=at, kind=kind, file=name, by=by, before=current, after=after, note=note)
            if after == current:
                return change
            for version in (before, content):
                if version is not None:
                    self._keep(version)
            self._log(change)
            if content is None:
                path.unlink()
                sync_folder(path.parent)
            else:
                make_folder(path.parent)
                write_atomically(path, content)
        return change

    def _keep(self, content: bytes) -> None:
        path = self.folder / "versions" / digest_of(content)
        if not path.exists():
            make_folder(path.parent)
            write_atomically(path, content)

    def _log(self, change: Change) -> None:
        """On the disk before the file changes, so that nothing changes without a line."""
        with (self.folder / _HISTORY).open("ab") as file:
            file.write(change.model_dump_json().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self.folder)

    def _path(self, name: str) -> Path:
        parts = PurePosixPath(name).parts
        path = self._town / name
        inside = parts and not name.startswith("/") and ".." not in parts and "\x00" not in name
        if not inside or not path.resolve().is_relative_to(self._town.resolve()):
            raise InvalidInputError("Diese Datei liegt nicht im Ordner der Stadt.")
        return path


def digest_of(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise KnowledgeError(
            f"Der Text konnte nicht gespeichert werden ({error.strerror}). Der alte Stand ist unverändert. "
            "Bitte prüfen Sie den Speicherplatz und die Schreibrechte im Ordner der Stadt."
        ) from error


def _change_of(line: bytes) -> Change | None:
    try:
        return Change.model_validate_json(line)
    except ValidationError:
        return None
