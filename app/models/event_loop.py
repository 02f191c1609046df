"""An asyncio event loop in a thread of its own, for callers that are threads."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


class EventLoopThread:
    """Runs coroutines beside the calling threads; any of them can be cancelled at any point, also while it waits."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._thread = Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def start(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Starts the coroutine; cancelling the future cancels it."""
        return asyncio.run_coroutine_threadsafe(self._track(work), self._loop)

    def close(self, last: Coroutine[Any, Any, None]) -> None:
        """Cancels what still runs, waits for it, runs `last`, and ends the thread. To be called once."""
        asyncio.run_coroutine_threadsafe(self._finish(last), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _track(self, work: Coroutine[Any, Any, T]) -> T:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            return await work
        finally:
            self._tasks.discard(task)

    async def _finish(self, last: Coroutine[Any, Any, None]) -> None:
        tasks = list(self._tasks)  # not asyncio.all_tasks(): their children are theirs to cancel
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await last
        await self._loop.shutdown_asyncgens()
