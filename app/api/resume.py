"""Going on with an answer whose connection broke, and stopping one: by the ids that only its client knows."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Header, Path
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from app.answering.values import AnswerEvent
from app.api.dependencies import Running, RunningDep
from app.api.live_answers import LiveAnswers, LiveAnswersDep, RequestKey
from app.api.rights import ConversationId
from app.api.stream import NOTHING_SEEN, recorded_events, server_sent_events
from app.errors import NotFoundError

router = APIRouter(prefix="/api/v1/{tenant}/conversations/{conversation_id}/requests/{request_id}", tags=["chat"])
RequestId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{16,64}$", description="As it was sent with the question.")]
LastEventId = Annotated[
    int,
    Header(alias="Last-Event-ID", ge=NOTHING_SEEN, le=100_000, description="Number of the last event that came."),
]
_EVENTS: dict[int | str, dict[str, object]] = {
    200: {"description": "The events after `Last-Event-ID`.", "content": {"text/event-stream": {}}}
}


class StoppedOut(BaseModel):
    """That an answer was stopped."""

    stopped: bool = Field(description="Always true; what was already recorded stays until it is erased.")


@router.get("", response_class=StreamingResponse, responses=_EVENTS)
async def resume(
    tenant: str,
    conversation_id: ConversationId,
    request_id: RequestId,
    running: RunningDep,
    live: LiveAnswersDep,
    last_event_id: LastEventId = NOTHING_SEEN,
) -> StreamingResponse:
    """The events of an answer that is under way or was given, as server-sent events; asks nothing again."""
    events = await events_again(RequestKey(tenant, conversation_id, request_id), running, live)
    if events is None:
        raise NotFoundError("Zu dieser Frage ist keine Antwort unterwegs und keine gespeichert.")
    first = await anext(events)
    return StreamingResponse(
        server_sent_events(running, tenant, first, events, last_event_id),
        media_type="text/event-stream",
        headers={"AI-Generated": "true", "Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@router.delete("")
def stop(tenant: str, conversation_id: ConversationId, request_id: RequestId, live: LiveAnswersDep) -> StoppedOut:
    """Stops an answer that is under way, as closing the connection does for questions without a `request_id`."""
    if not live.stop(RequestKey(tenant, conversation_id, request_id)):
        raise NotFoundError("Zu dieser Frage ist keine Antwort unterwegs.")
    return StoppedOut(stopped=True)


async def events_again(key: RequestKey, running: Running, live: LiveAnswers) -> AsyncGenerator[AnswerEvent] | None:
    """The events of a request that came before, from the first on: from memory, else from the log; None for a new one.

    Raises:
        NotFoundError: its answer was erased.
    """
    answer = live.get(key)
    if answer is not None:
        return answer.follow()
    try:
        record = await asyncio.to_thread(running.service.get, key.tenant, key.answer_id)
    except NotFoundError:
        return None
    if record.payload is None:
        raise NotFoundError("Diese Antwort wurde gelöscht.")
    return recorded_events(record)
