"""What the service does by itself in the background, and what of it went wrong last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock


@dataclass(frozen=True, slots=True)
class Done:
    """The last time that something was done."""

    at: datetime
    error: str | None
    """Why it failed; None when it didn't."""


class Upkeep:
    """A note for each kind of work since the service started; safe to share between threads."""

    def __init__(self) -> None:
        self._last: dict[str, Done] = {}
        self._lock = Lock()

    def note(self, work: str, at: datetime, error: str | None = None) -> None:
        """`work` is a short name, for example `purge`."""
        with self._lock:
            self._last[work] = Done(at, error)

    def last(self) -> Mapping[str, Done]:
        """By name of the work."""
        with self._lock:
            return dict(self._last)
