"""From the worker thread that walks a question to the event loop that serves the client."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from threading import Event
from typing import Any

from app.answering.values import AnswerEvent, Disclosed, Progressed, Question, Recorded, Stated
from app.api.dependencies import Running
from app.api.schemas import AnswerOut, StatementOut
from app.errors import CancelledError
from app.wording.direction import direction

_End = Exception | None


async def answer_events(running: Running, question: Question, cancel: Event) -> AsyncGenerator[AnswerEvent]:
    """The events of an answer as they come. Leaving the iterator early cancels the walk at the next token.

    Raises:
        BusyError: no slot is free. All errors of `AnsweringService.ask`.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[AnswerEvent | _End] = asyncio.Queue()

    def hand_over(item: AnswerEvent | _End) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, item)

    admission = running.service.admit()
    admission.__enter__()

    def walk() -> None:
        try:
            for event in running.service.ask(question, cancel):
                hand_over(event)
            hand_over(None)
        except Exception as error:  # noqa: BLE001 - raised again on the event loop's side
            hand_over(error)
        finally:
            admission.__exit__(None, None, None)

    running.workers.submit(walk)
    try:
        while (item := await queue.get()) is not None:
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        cancel.set()


async def server_sent_events(first: AnswerEvent, rest: AsyncGenerator[AnswerEvent]) -> AsyncIterator[bytes]:
    """The events in the wire format of server-sent events; errors were raised before `first`."""
    async with aclosing(rest):
        for encoded in _encode(first):
            yield encoded
        try:
            async for event in rest:
                for encoded in _encode(event):
                    yield encoded
        except CancelledError:
            return


def _encode(event: AnswerEvent) -> list[bytes]:
    match event:
        case Disclosed():
            data = {
                "text": event.text,
                "language": event.language,
                "dir": direction(event.language),
                "model": event.model,
                "ai_generated": True,
            }
            return [_line("disclosure", data)]
        case Progressed():
            return [_line("progress", {"stage": event.stage, "text": event.text})]
        case Stated():
            return [_line("statement", StatementOut.of(event.statement).model_dump(mode="json"))]
        case Recorded():
            whole = AnswerOut.of(event).model_dump(mode="json")
            sources = {key: whole[key] for key in ("sources", "office", "online_service", "suggestions", "notices")}
            keys = ("answer_id", "conversation_id", "status", "language", "dir", "model", "generation", "timings")
            return [_line("sources", sources), _line("done", {key: whole[key] for key in keys})]


def _line(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
