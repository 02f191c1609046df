"""One publisher a tenant at a time, across processes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import LockedError


@contextmanager
def publish_lock(data_dir: Path, tenant_id: str) -> Iterator[None]:
    """Holds the lock of a tenant; it goes with the process, however that ends. Raises LockedError at once."""
    lock = FileLock(data_dir / tenant_id / "publish.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LockedError(f"Another process is publishing for '{tenant_id}': wait until it has finished.") from error
    try:
        yield
    finally:
        lock.release()
