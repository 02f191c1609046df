"""Publishes whenever a town's folder changes, and at an interval, since websites and dates change by themselves."""

import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from app.errors import AmtslotseError, LockedError

_UNFINISHED = re.compile(r"^[.~#]|[~#]$|\.(?:tmp|temp|part|partial|crdownload|sw[a-p]|lock)$", re.IGNORECASE)
"""Names that editors, office programs and file shares give to what is no file yet."""

FolderState = frozenset[tuple[str, int, int]]
"""Name, size and time of the last change (ns) of every file."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often to look and when to act, in seconds."""

    every_s: float
    """Publish at least so often, whether something changed or not: nothing new is built when nothing did."""
    poll_s: float = 2.0
    settle_s: float = 5.0
    """Wait until nothing has changed for so long: whoever saves one file often saves another."""
    lock_retry_s: float = 30.0
    """Try again so long after somebody else was publishing."""


class Watch:
    """Watches one town's folder by looking at its files, which works on network shares too."""

    def __init__(self, folder: Path, publish: Callable[[], object], say: Callable[[str], None], rhythm: Rhythm) -> None:
        """`publish` raises AmtslotseError for what an operator must know; then the next change tries again."""
        self._folder = folder
        self._publish = publish
        self._say = say
        self._rhythm = rhythm
        self._tried = ""
        self._due = 0.0

    def run(self, stop: Event) -> None:
        """Publishes at once and then after each change, one after the other, until `stop` is set.

        What `publish` raises besides AmtslotseError and OSError ends the watch.
        """
        state = folder_state(self._folder)
        changed_at: float | None = None
        self._attempt("at the start")
        while not stop.wait(self._rhythm.poll_s):
            before, state = state, folder_state(self._folder)
            now = time.monotonic()
            if state != before:
                changed_at = now
            elif changed_at is not None:
                if now - changed_at >= self._rhythm.settle_s:
                    changed_at = None
                    if folder_digest(self._folder) != self._tried:
                        self._attempt("files have changed")
            elif now >= self._due:
                self._attempt("it is time to look again")

    def _attempt(self, why: str) -> None:
        self._say(f"{why}: reading the sources …")
        self._tried = folder_digest(self._folder)
        pause_s = self._rhythm.every_s
        try:
            self._publish()
        except LockedError as error:
            pause_s = min(pause_s, self._rhythm.lock_retry_s)
            self._say(error.message)
        except AmtslotseError as error:
            self._say(f"{error.message}\nWhat was published before serves on; the next change tries again.")
        except OSError as error:
            self._say(f"{error}: check the disk and its permissions; the next change tries again.")
        self._due = time.monotonic() + pause_s


def folder_state(folder: Path) -> FolderState:
    """Tells whether a file was saved, added or removed, without opening any. Empty for a folder that is gone."""
    found = []
    for path in _files(folder):
        try:
            status = path.stat()
        except OSError:
            continue  # removed since it was listed
        found.append((str(path), status.st_size, status.st_mtime_ns))
    return frozenset(found)


def folder_digest(folder: Path) -> str:
    """SHA-256 over names and contents, hexadecimal: the same when files were only saved again."""
    digest = hashlib.sha256()
    for path in sorted(_files(folder)):
        try:
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").digest()
        except OSError:
            content = b""
        digest.update(os.fsencode(path.relative_to(folder)) + b"\0" + content)
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """Files only: opening a pipe would wait for whoever writes into it."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _UNFINISHED.search(name)]
        for name in names:
            path = Path(parent, name)
            if not _UNFINISHED.search(name) and path.is_file():
                yield path
