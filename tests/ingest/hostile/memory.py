"""The most memory that processes ever held, as the kernel counts it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_EVERY_S = 0.02


class PeakOfChildren:
    """Looks at the children while they live; the kernel keeps the peak of each, so that little is missed."""

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._over = threading.Event()

    def watch(self) -> None:
        while not self._over.wait(_EVERY_S):
            for task in Path("/proc/self/task").glob("*/children"):
                for child in _text(task).split():
                    self.megabytes = max(self.megabytes, peak_mb(child))

    def stop(self) -> None:
        self._over.set()


@contextmanager
def watched_children() -> Iterator[PeakOfChildren]:
    peak = PeakOfChildren()
    thread = threading.Thread(target=peak.watch, name="peak of children")
    thread.start()
    try:
        yield peak
    finally:
        peak.stop()
        thread.join()


def peak_mb(process: str = "self") -> float:
    """Of a process by its id; 0 when it is gone."""
    line = next((line for line in _text(Path(f"/proc/{process}/status")).splitlines() if line.startswith("VmHWM")), "")
    return int(line.split()[1]) / 1024 if line else 0.0


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
