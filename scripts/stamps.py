"""Remembers which steps were done with which input, and which one was interrupted."""

import hashlib
from collections.abc import Callable
from pathlib import Path


class Stamps:
    """One small file a step, in a folder that lives and dies with the virtual environment."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def done(self, name: str, key: str) -> bool:
        """Whether the step was completed with this input."""
        stamp = self._folder / name
        return stamp.exists() and stamp.read_text(encoding="utf-8") == digest(key)

    def run(self, name: str, key: str, action: Callable[[bool], None]) -> None:
        """Does a step unless it is done. `action` is told whether the last attempt was interrupted, so that it can
        replace what may be half-copied."""
        if self.done(name, key):
            return
        running = self._folder / f"{name}.running"
        interrupted = running.exists()
        running.touch()
        action(interrupted)
        (self._folder / name).write_text(digest(key), encoding="utf-8")
        running.unlink()


def digest(text: str) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
