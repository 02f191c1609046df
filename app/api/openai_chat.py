"""Asking the way OpenAI's clients do: the same answers, with disclosure and sources in the text itself."""

import json
import secrets
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from threading import Event

from anyio import to_thread
from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from app.answering.as_text import closing_piece, disclosure_piece, statement_piece, whole_text
from app.answering.claimed_turns import known_conversation
from app.answering.screen import clean_question
from app.answering.values import AnswerEvent, Disclosed, Progressed, Question, Recorded, Stated
from app.api.api_keys import require_api_key
from app.api.chat import AI_HEADERS, STREAM_HEADERS
from app.api.dependencies import Running, RunningDep
from app.api.last_event import last_event
from app.api.openai_errors import error_of
from app.api.openai_models import generation_of
from app.api.openai_schemas import (
    ChatCompletion,
    ChatCompletionChunk,
    ChatCompletionRequest,
    Choice,
    ChunkChoice,
    CompletionMessage,
    Delta,
    Usage,
)
from app.api.rate_limits import RateLimitsDep
from app.api.schemas import AnswerOut
from app.api.stream import answer_events
from app.errors import AmtslotseError, CancelledError

router = APIRouter(prefix="/v1", tags=["openai"], dependencies=[Depends(require_api_key)])
_AS_CHUNKS: dict[int | str, dict[str, object]] = {200: {"content": {"text/event-stream": {}}}}


@dataclass(frozen=True, slots=True)
class _Reply:
    """What all parts of a completion share."""

    running: Running
    tenant: str
    id: str
    created: int
    model: str
    fingerprint: str
    question: str

    def whole(self, recorded: Recorded) -> ChatCompletion:
        text = whole_text(recorded.answer, recorded.answer_id)
        return ChatCompletion(
            id=self.id,
            created=self.created,
            model=self.model,
            choices=[Choice(message=CompletionMessage(content=text))],
            usage=Usage.of(self.question, text),
            system_fingerprint=self.fingerprint,
            amtslotse=self._structured(recorded),
        )

    def chunk(self, content: str, role: bool = False) -> ChatCompletionChunk:
        return self._chunk([ChunkChoice(delta=Delta(role="assistant" if role else None, content=content))])

    def last(self, recorded: Recorded) -> ChatCompletionChunk:
        ended = self._chunk([ChunkChoice(delta=Delta(), finish_reason="stop")])
        return ended.model_copy(update={"amtslotse": self._structured(recorded)})

    def usage(self, recorded: Recorded) -> ChatCompletionChunk:
        used = Usage.of(self.question, whole_text(recorded.answer, recorded.answer_id))
        return self._chunk([]).model_copy(update={"usage": used})

    def _structured(self, recorded: Recorded) -> AnswerOut:
        """Without the conversation's id: it opens more than a reference does, see `KnownConversation`."""
        steps = self.running.service.next_steps(self.tenant, recorded.answer)
        return AnswerOut.from_answer(recorded.answer, recorded.answer_id, None, recorded.timings_ms, steps)

    def _chunk(self, choices: list[ChunkChoice]) -> ChatCompletionChunk:
        return ChatCompletionChunk(
            id=self.id, created=self.created, model=self.model, choices=choices, system_fingerprint=self.fingerprint
        )


@router.post(
    "/chat/completions", response_model=ChatCompletion, responses=_AS_CHUNKS, summary="Answer the last question"
)
async def chat_completions(
    body: ChatCompletionRequest, request: Request, running: RunningDep, limits: RateLimitsDep
) -> Response:
    """Answers the last message from the town's texts, as one object or, with `stream`, as server-sent events.

    The text begins with the disclosure that a machine answers, and ends with the sources and the answer's reference.
    """
    body.refuse_unsupported()
    text, exchanges = body.question, body.exchanges
    settings, service = running.settings, running.service
    generation = await to_thread.run_sync(generation_of, body.model, running)  # may have to open it
    tenant = generation.tenant
    conversation = await to_thread.run_sync(
        known_conversation, service.records, tenant, exchanges, settings.max_question_chars
    )
    limits.question(request.client.host if request.client else None, tenant.id, conversation.id)
    clean_question(text, settings.max_question_chars)
    now = running.clock()
    question = Question(
        text=text, tenant=tenant.id, asked_at=now, conversation_id=conversation.id, history=conversation.turns
    )
    reply = _Reply(
        running=running,
        tenant=tenant.id,
        id=f"chatcmpl-{secrets.token_hex(12)}",
        created=int(now.timestamp()),
        model=body.model,
        fingerprint=f"{service.pipeline.model_name}@{generation.id}",
        question=text,
    )
    cancel = Event()
    events = answer_events(running, question, cancel)
    if not body.stream:
        recorded = await last_event(events, request, cancel)
        return JSONResponse(reply.whole(recorded).model_dump(mode="json"), headers=AI_HEADERS)
    first = await anext(events)
    with_usage = body.stream_options is not None and body.stream_options.include_usage
    return StreamingResponse(
        _chunks(first, events, reply, with_usage),
        media_type="text/event-stream",
        headers=STREAM_HEADERS,
    )


async def _chunks(
    first: AnswerEvent, rest: AsyncGenerator[AnswerEvent], reply: _Reply, with_usage: bool
) -> AsyncIterator[bytes]:
    """The events in the wire format of OpenAI's streams; one that breaks off ends with an error object."""
    async with aclosing(rest):
        for chunk in _encode(first, reply, with_usage):
            yield chunk
        try:
            async for event in rest:
                for chunk in _encode(event, reply, with_usage):
                    yield chunk
        except CancelledError:
            return
        except AmtslotseError as error:
            yield _data(error_of(error).model_dump_json())
            return
    yield _data("[DONE]")


def _encode(event: AnswerEvent, reply: _Reply, with_usage: bool) -> list[bytes]:
    match event:
        case Disclosed():
            chunks = [reply.chunk(disclosure_piece(event.text), role=True)]
        case Progressed():
            return [f": {event.stage}\n\n".encode()]  # a comment, which keeps the connection open
        case Stated():
            chunks = [reply.chunk(statement_piece(event.statement))]
        case Recorded():
            chunks = [reply.chunk(closing_piece(event.answer, event.answer_id)), reply.last(event)]
            chunks += [reply.usage(event)] if with_usage else []
    return [_data(json.dumps(chunk.event(), ensure_ascii=False)) for chunk in chunks]


def _data(line: str) -> bytes:
    return f"data: {line}\n\n".encode()
