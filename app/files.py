"""Writing files so that a reader sees the old content or the new, never half of it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident
from typing import BinaryIO

_DELETING = ".deleting-"


def write_atomically(path: Path, content: str | bytes, *, mode: int = 0o666, exclusive: bool = False) -> None:
    """Writes beside, syncs to disk, renames over `path`, and syncs the folder. `mode` is narrowed by the umask.

    With `exclusive` a file that is there already stays, and FileExistsError is raised.
    """
    with writing_atomically(path, mode=mode, exclusive=exclusive) as file:
        file.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def writing_atomically(path: Path, *, mode: int = 0o666, exclusive: bool = False) -> Iterator[BinaryIO]:
    """The same for content that comes piece by piece; whoever raises inside leaves the old file as it was."""
    beside = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.part")
    beside.unlink(missing_ok=True)  # of a killed process with the same id; it may be open to others
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if exclusive:
            path.hardlink_to(beside)
        else:
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Makes a folder and those above it that are missing, all of them durable."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in missing:
        sync_folder(path.parent)


def remove_folder(folder: Path) -> None:
    """Deletes a folder so that nobody sees half of it: it gets the name of a leftover before its files go.

    Whoever is killed meanwhile leaves that to `remove_leftovers`. Raises FileNotFoundError when there is none.
    """
    doomed = folder.with_name(f"{_DELETING}{folder.name}")
    folder.rename(doomed)
    sync_folder(folder.parent)
    shutil.rmtree(doomed)


def remove_leftovers(folder: Path) -> None:
    """Deletes what killed writers and deleters left directly in a folder."""
    for leftover in folder.glob(f"{_DELETING}*"):
        shutil.rmtree(leftover)
    for leftover in folder.glob(".*.part"):
        leftover.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Makes renames inside a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Makes every file below a folder durable."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        elif path.is_dir():
            sync_folder(path)
    sync_folder(folder)
