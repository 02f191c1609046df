"""One generation between the thread that computes it and the thread that reads it."""

from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Event
from typing import Any, Generic, TypeVar

from app.errors import AmtslotseError, CancelledError
from app.models.ports import Prompt, Task

TaskT = TypeVar("TaskT", bound=Task)

_CANCEL_POLL_S = 0.05
"""How long a reader that waits for the next piece may overlook its cancel event."""


class Call(Generic[TaskT]):
    """The producer's end: what to compute, whether anybody still wants it, and where the pieces go."""

    def __init__(self, prompt: Prompt, task: TaskT, cancel: Event | None) -> None:
        self.prompt = prompt
        self.task = task
        self.on_abandon: Callable[[], object] | None = None
        self._cancel = cancel
        self._abandoned = Event()
        self._pieces: SimpleQueue[str | AmtslotseError | None] = SimpleQueue()

    @property
    def cancelled(self) -> bool:
        """Whether the caller's cancel event is set."""
        return self._cancel is not None and self._cancel.is_set()

    @property
    def unwanted(self) -> bool:
        """Cancelled, or its reader is gone."""
        return self.cancelled or self._abandoned.is_set()

    def put(self, piece: str) -> None:
        """Hands a piece of text to the reader; empty ones are left out."""
        if piece:
            self._pieces.put(piece)

    def finish(self, error: AmtslotseError | None = None) -> None:
        """Ends the reader's iteration, with an exception when there is one."""
        self._pieces.put(error)

    def take(self, timeout_s: float) -> str | AmtslotseError | None:
        """The next piece, or what `finish` was given. Raises queue.Empty after the timeout."""
        return self._pieces.get(timeout=timeout_s)

    def abandon(self) -> None:
        """Says that nobody reads any more."""
        if not self._abandoned.is_set():
            self._abandoned.set()
            if self.on_abandon is not None:
                self.on_abandon()


class CallReader(Iterator[str]):
    """The consumer's end: closing or dropping it before the end stops the computation."""

    def __init__(self, call: Call[Any]) -> None:
        self._call = call
        self._ended = False

    def __next__(self) -> str:
        while not self._ended:
            if self._call.cancelled:
                self.close()
                raise CancelledError("The generation was cancelled because the client went away.")
            try:
                item = self._call.take(_CANCEL_POLL_S)
            except Empty:
                continue
            if isinstance(item, str):
                return item
            self._ended = True
            if item is not None:
                raise item
        raise StopIteration

    def close(self) -> None:
        """Stops the computation unless it has ended; reading on then gives nothing."""
        if not self._ended:
            self._ended = True
            self._call.abandon()

    def __del__(self) -> None:
        self.close()
