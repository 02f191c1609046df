"""Asking a question, and looking an answer up again."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from threading import Event

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from app.answering.record import answer_from
from app.answering.screen import clean_question
from app.answering.values import AnswerEvent, Question, Recorded
from app.api.dependencies import RunningDep
from app.api.rate_limits import RateLimitsDep
from app.api.schemas import AnswerOut, ChatRequest
from app.api.stream import answer_events, server_sent_events
from app.errors import CancelledError, NotFoundError

router = APIRouter(prefix="/api/v1/{tenant}", tags=["chat"])
_DISCONNECT_POLL_S = 0.25
AI_HEADERS = {"AI-Generated": "true", "Cache-Control": "no-store"}
_AS_EVENTS: dict[int | str, dict[str, object]] = {200: {"content": {"text/event-stream": {}}}}


@router.post("/chat", response_model=AnswerOut, responses=_AS_EVENTS)
async def chat(
    tenant: str, body: ChatRequest, request: Request, running: RunningDep, limits: RateLimitsDep
) -> Response:
    """Answers a question: as server-sent events with `Accept: text/event-stream`, else as one object."""
    address = request.client.host if request.client else None
    limits.question(address, tenant, body.conversation_id, body.language or "de")
    clean_question(body.question, running.settings.max_question_chars, body.language or "de")
    question = Question(
        text=body.question,
        tenant=tenant,
        asked_at=running.clock(),
        language=body.language,
        style=body.style,
        conversation_id=body.conversation_id,
    )
    cancel = Event()
    events = answer_events(running, question, cancel)
    if "text/event-stream" in request.headers.get("accept", ""):
        first = await anext(events)
        return StreamingResponse(
            server_sent_events(first, events),
            media_type="text/event-stream",
            headers={**AI_HEADERS, "X-Accel-Buffering": "no"},
        )
    recorded = await _last_event(events, request, cancel)
    return JSONResponse(AnswerOut.of(recorded).model_dump(mode="json"), headers=AI_HEADERS)


@router.get("/answers/{answer_id}", response_model=AnswerOut)
def answer(tenant: str, answer_id: str, running: RunningDep) -> Response:
    """An answer given earlier, by its reference."""
    record = running.service.get(tenant, answer_id)
    if record.payload is None:
        raise NotFoundError("Diese Antwort wurde gelöscht.")
    timings = record.payload["timings_ms"]
    assert isinstance(timings, dict)
    found = AnswerOut.from_answer(
        answer_from(record.payload["answer"]),
        record.id,
        None,  # whoever was shown a reference may read the answer, not the conversation around it
        {name: float(value) for name, value in timings.items() if isinstance(value, int | float)},
    )
    return JSONResponse(found.model_dump(mode="json"), headers=AI_HEADERS)


async def _last_event(events: AsyncGenerator[AnswerEvent], request: Request, cancel: Event) -> Recorded:
    """Waits for the whole answer; a client that goes away cancels it."""
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
