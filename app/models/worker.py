"""One thread that owns a model which allows one owner, and a bounded line of calls before it."""

import logging
from collections import deque
from collections.abc import Callable, Iterator
from threading import Condition, Event, Thread
from typing import Generic

from app.errors import AmtslotseError, BusyError, CancelledError, ModelError
from app.models.call import Call, CallReader, TaskT
from app.models.ports import Prompt

logger = logging.getLogger(__name__)

BUSY_MESSAGE = (
    "Gerade werden viele Fragen gleichzeitig gestellt. Bitte versuchen Sie es in einigen Sekunden noch einmal."
)
CLOSED_MESSAGE = "The language model was closed: restart the service to use it again."


class GenerationWorker(Generic[TaskT]):
    """Runs calls one after the other, in the order in which they came."""

    def __init__(self, generate: Callable[[Prompt, TaskT], Iterator[str]], capacity: int) -> None:
        """`generate` yields at least once a token, an empty string where there is nothing to show yet: between
        two of its pieces the worker stops a call that is no longer wanted. `capacity` counts the calls that run or
        wait and are still wanted."""
        self._generate = generate
        self._capacity = capacity
        self._waiting: deque[Call[TaskT]] = deque()
        self._running: Call[TaskT] | None = None
        self._closed = False
        self._changed = Condition()
        self._thread = Thread(target=self._work, name="language-model", daemon=True)
        self._thread.start()

    def submit(self, prompt: Prompt, task: TaskT, cancel: Event | None) -> CallReader:
        """Lines a call up.

        Raises:
            BusyError: `capacity` calls run or wait.
            ModelError: the worker is closed.
        """
        call: Call[TaskT] = Call(prompt, task, cancel)
        with self._changed:
            if self._closed:
                raise ModelError(CLOSED_MESSAGE)
            self._waiting = deque(waiting for waiting in self._waiting if not waiting.unwanted)
            running = self._running is not None and not self._running.unwanted
            if len(self._waiting) + running >= self._capacity:
                raise BusyError(BUSY_MESSAGE)
            self._waiting.append(call)
            self._changed.notify()
        return CallReader(call)

    def close(self) -> None:
        """Stops the running call at its next token, fails all calls with a ModelError and ends the thread."""
        with self._changed:
            self._closed = True
            while self._waiting:
                self._waiting.popleft().finish(ModelError(CLOSED_MESSAGE))
            self._changed.notify()
        self._thread.join()

    def _work(self) -> None:
        while (call := self._next()) is not None:
            error = self._run(call)
            with self._changed:
                self._running = None
            call.finish(error)  # after the place is free: who reads to the end can ask again at once

    def _next(self) -> Call[TaskT] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._waiting)
            if self._closed:
                return None
            self._running = self._waiting.popleft()
            return self._running

    def _run(self, call: Call[TaskT]) -> AmtslotseError | None:
        if call.unwanted:
            return CancelledError("The generation was cancelled before it began.")
        try:
            for piece in self._generate(call.prompt, call.task):
                if self._closed:
                    return ModelError(CLOSED_MESSAGE)
                if call.unwanted:
                    return CancelledError("The generation was cancelled.")
                call.put(piece)
        except AmtslotseError as error:
            return error
        except Exception:
            logger.exception("The language model failed")
            return ModelError(
                "The language model failed while it wrote: see the service's log, and check the model file with "
                "`amtslotse models verify`."
            )
        return None
