"""Progress in a file, for whoever watches a command from another process."""

import json
import time
from contextlib import suppress
from pathlib import Path

from app.files import write_atomically

_EVERY_S = 0.5
"""Between two writings of the same step."""


class ProgressFile:
    """A `Progress` that keeps `{"steps": [{name, done, total}], "outcome", "generation"}` in a file, replaced whole.

    A full disk only hides the progress: the work goes on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._steps: dict[str, tuple[int, int]] = {}
        self._written = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        new = step not in self._steps
        self._steps[step] = (done, total)
        if new or done >= total or time.monotonic() - self._written >= _EVERY_S:
            self._write(None, None)

    def end(self, outcome: str, generation: str | None = None) -> None:
        """What came out of the command: published, pending, unchanged, refused or built."""
        self._write(outcome, generation)

    def _write(self, outcome: str | None, generation: str | None) -> None:
        steps = [{"name": name, "done": done, "total": total} for name, (done, total) in self._steps.items()]
        with suppress(OSError):
            write_atomically(self._path, json.dumps({"steps": steps, "outcome": outcome, "generation": generation}))
        self._written = time.monotonic()
