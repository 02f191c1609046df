"""The events of an answer as the client gets them: from the walk or from the record, as server-sent events."""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from threading import Event
from typing import Any

from app.answering.record import answer_from
from app.answering.values import AnswerEvent, Disclosed, Progressed, Question, Recorded, Stated
from app.api.answer_parts import StatementOut
from app.api.dependencies import Running
from app.api.live_answers import LiveAnswer
from app.api.schemas import AnswerOut
from app.errors import CancelledError, NotFoundError
from app.records.record import StoredRecord
from app.wording.direction import direction

NOTHING_SEEN = -1
"""`Last-Event-ID` of a client that starts at the beginning."""
_BESIDES = ("sources", "office", "online_service", "suggestions", "next_steps", "notices")
_ABOUT = ("answer_id", "conversation_id", "status", "language", "dir", "model", "generation", "timings")


async def answer_events(running: Running, question: Question, cancel: Event) -> AsyncGenerator[AnswerEvent]:
    """The events of an answer as they come. Leaving the iterator early cancels the walk at the next token.

    Raises:
        BusyError: no slot is free. All errors of `AnsweringService.ask`.
    """
    async with aclosing(LiveAnswer(running, question, cancel).follow()) as events:
        async for event in events:
            yield event


async def recorded_events(record: StoredRecord) -> AsyncGenerator[AnswerEvent]:
    """The events of an answer once more, from the log; without those of its progress.

    Raises:
        NotFoundError: the answer was erased.
    """
    if record.payload is None:
        raise NotFoundError("Diese Antwort wurde gelöscht.")
    answer = answer_from(record.payload["answer"])
    yield Disclosed(answer.disclosure, answer.language, answer.model)
    for statement in answer.statements:
        yield Stated(statement)
    yield Recorded(record.id, record.conversation_id, answer, timings_of(record))


def timings_of(record: StoredRecord) -> dict[str, float]:
    """Milliseconds a stage, of a record that is not erased."""
    timings = record.payload["timings_ms"] if record.payload else None
    assert isinstance(timings, dict)
    return {name: float(value) for name, value in timings.items() if isinstance(value, int | float)}


async def server_sent_events(
    running: Running, tenant: str, first: AnswerEvent, rest: AsyncGenerator[AnswerEvent], after: int = NOTHING_SEEN
) -> AsyncIterator[bytes]:
    """The events in the wire format of server-sent events; errors were raised before `first`.

    Every event but those of the progress has a number, from 0, the same each time; those up to `after` are left out.
    """
    number = 0

    def encoded(event: AnswerEvent) -> bytes:
        nonlocal number
        if isinstance(event, Progressed):
            return _line("progress", {"stage": event.stage, "text": event.text}) if number > after + 1 else b""
        lines = []
        for name, data in _named(event, running, tenant):
            lines.append(_line(name, data, number) if number > after else b"")
            number += 1
        return b"".join(lines)

    async with aclosing(rest):
        if chunk := encoded(first):
            yield chunk
        try:
            async for event in rest:
                if chunk := encoded(event):
                    yield chunk
        except CancelledError:
            return


def _named(event: Disclosed | Stated | Recorded, running: Running, tenant: str) -> list[tuple[str, dict[str, Any]]]:
    match event:
        case Disclosed():
            return [("disclosure", _disclosure(event))]
        case Stated():
            return [("statement", StatementOut.of(event.statement).model_dump(mode="json"))]
        case Recorded():
            steps = running.service.next_steps(tenant, event.answer)
            whole = AnswerOut.of(event, steps).model_dump(mode="json")
            return [
                ("sources", {key: whole[key] for key in _BESIDES}),
                ("done", {key: whole[key] for key in _ABOUT}),
            ]


def _disclosure(event: Disclosed) -> dict[str, Any]:
    return {
        "text": event.text,
        "language": event.language,
        "dir": direction(event.language),
        "model": event.model,
        "ai_generated": True,
    }


def _line(name: str, data: dict[str, Any], number: int | None = None) -> bytes:
    numbered = "" if number is None else f"id: {number}\n"
    return f"{numbered}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
