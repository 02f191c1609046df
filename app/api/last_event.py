"""Waiting for a whole answer, for clients that take it as one object."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from threading import Event

from starlette.requests import Request

from app.answering.values import AnswerEvent, Recorded
from app.errors import CancelledError

_DISCONNECT_POLL_S = 0.25


async def last_event(events: AsyncGenerator[AnswerEvent], request: Request, cancel: Event) -> Recorded:
    """The answer, once it is recorded; a client that goes away cancels it, unless it can come back for it.

    Raises:
        CancelledError: the client went away. All errors of `AnsweringService.ask`.
    """
    watcher = asyncio.create_task(_cancel_on_disconnect(request, cancel))
    try:
        async with aclosing(events) as walk:
            async for event in walk:
                if isinstance(event, Recorded):
                    return event
    finally:
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher
    raise CancelledError("Die Verbindung wurde beendet.")


async def _cancel_on_disconnect(request: Request, cancel: Event) -> None:
    while not await request.is_disconnected():
        await asyncio.sleep(_DISCONNECT_POLL_S)
    cancel.set()
