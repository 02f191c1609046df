"""One publisher a tenant at a time, across processes; the others are told who it is."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import LockedError
from app.files import write_atomically
from ingest.publishing_log import account_name

LOCK_FILE = "publish.lock"
HOLDER_FILE = "publish.lock.json"


class Holder(BaseModel):
    """Who holds the lock."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    process: int
    user: str
    host: str
    since: datetime

    @classmethod
    def this_process(cls) -> "Holder":
        return cls(process=os.getpid(), user=account_name(), host=socket.gethostname(), since=datetime.now(UTC))

    def __str__(self) -> str:
        return f"process {self.process} of {self.user} on {self.host}, since {self.since:%Y-%m-%d %H:%M:%S} UTC"


@contextmanager
def publish_lock(data_dir: Path, tenant_id: str, wait_s: float = 0) -> Iterator[None]:
    """Holds the lock of a tenant; it goes with the process, however that ends.

    Waits for it that many seconds. A thread that holds it may take it again. Raises LockedError with the holder's
    name when it stays taken.
    """
    folder = data_dir / tenant_id
    lock = FileLock(folder / LOCK_FILE, is_singleton=True)
    try:
        lock.acquire(timeout=wait_s)
    except Timeout as error:
        who = holder(data_dir, tenant_id)
        raise LockedError(
            f"Another process is publishing for '{tenant_id}'{f' ({who})' if who else ''}: wait until it has "
            "finished, or let this command wait with --wait SECONDS."
        ) from error
    outermost = lock.lock_counter == 1
    try:
        if outermost:
            write_atomically(folder / HOLDER_FILE, Holder.this_process().model_dump_json() + "\n")
        yield
    finally:
        if outermost:
            (folder / HOLDER_FILE).unlink(missing_ok=True)
        lock.release()


def holder(data_dir: Path, tenant_id: str) -> Holder | None:
    """Who took the lock last and has not given it back; a killed process stays named until the next one.

    None when nobody did, or when it cannot be read.
    """
    try:
        return Holder.model_validate_json((data_dir / tenant_id / HOLDER_FILE).read_bytes())
    except (OSError, ValidationError):
        return None
