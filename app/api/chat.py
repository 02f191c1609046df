"""Asking a question, and looking an answer up again."""

from collections.abc import AsyncGenerator
from threading import Event

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from app.answering.record import answer_from
from app.answering.screen import clean_question
from app.answering.values import AnswerEvent, Question
from app.api.dependencies import Running, RunningDep
from app.api.last_event import last_event
from app.api.live_answers import LiveAnswers, LiveAnswersDep, RequestKey
from app.api.rate_limits import RateLimitsDep
from app.api.resume import events_again
from app.api.schemas import SECRET_LENGTH, AnswerOut, ChatRequest
from app.api.stream import answer_events, server_sent_events, timings_of
from app.errors import InvalidInputError, NotFoundError

router = APIRouter(prefix="/api/v1/{tenant}", tags=["chat"])
AI_HEADERS = {"AI-Generated": "true", "Cache-Control": "no-store"}
STREAM_HEADERS = {**AI_HEADERS, "X-Accel-Buffering": "no"}
_AS_EVENTS: dict[int | str, dict[str, object]] = {200: {"content": {"text/event-stream": {}}}}


@router.post("/chat", response_model=AnswerOut, responses=_AS_EVENTS)
async def chat(
    tenant: str,
    body: ChatRequest,
    request: Request,
    running: RunningDep,
    limits: RateLimitsDep,
    live: LiveAnswersDep,
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
    events = await _events(question, body.request_id, running, live, cancel)
    if "text/event-stream" in request.headers.get("accept", ""):
        first = await anext(events)
        return StreamingResponse(
            server_sent_events(running, tenant, first, events), media_type="text/event-stream", headers=STREAM_HEADERS
        )
    recorded = await last_event(events, request, cancel)
    answered = AnswerOut.of(recorded, running.service.next_steps(tenant, recorded.answer))
    return JSONResponse(answered.model_dump(mode="json"), headers=AI_HEADERS)


@router.get("/answers/{answer_id}", response_model=AnswerOut)
def answer(tenant: str, answer_id: str, running: RunningDep) -> Response:
    """An answer given earlier, by its reference."""
    record = running.service.get(tenant, answer_id)
    if record.payload is None:
        raise NotFoundError("Diese Antwort wurde gelöscht.")
    given = answer_from(record.payload["answer"])
    found = AnswerOut.from_answer(
        given,
        record.id,
        None,  # whoever was shown a reference may read the answer, not the conversation around it
        timings_of(record),
        running.service.next_steps(tenant, given),
    )
    return JSONResponse(found.model_dump(mode="json"), headers=AI_HEADERS)


async def _events(
    question: Question, request_id: str | None, running: Running, live: LiveAnswers, cancel: Event
) -> AsyncGenerator[AnswerEvent]:
    """The answer's events: begun now, or, for a request that came before, from their first on."""
    if request_id is None:
        return answer_events(running, question, cancel)
    if question.conversation_id is None or len(question.conversation_id) < SECRET_LENGTH:
        raise InvalidInputError(
            f"Eine „request_id“ braucht eine „conversation_id“ aus mindestens {SECRET_LENGTH} Zeichen."
        )
    key = RequestKey(question.tenant, question.conversation_id, request_id)
    again = await events_again(key, running, live)
    return again if again is not None else live.begin(key, running, question).follow()
