"""Asking without JavaScript: one page with a form, the same answers as the API gives."""

from functools import partial
from secrets import token_urlsafe
from threading import Event
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from app.answering.screen import clean_question
from app.answering.values import Question
from app.api import widget
from app.api.answer_blocks import answer_blocks, quoted_from, source_name
from app.api.chat import AI_HEADERS
from app.api.dependencies import Running, RunningDep
from app.api.last_event import last_event
from app.api.page_route import LANGUAGE_NAMES, TEMPLATES, PageRoute
from app.api.rate_limits import RateLimitsDep
from app.api.schemas import AnswerOut, ChatRequest
from app.api.stream import answer_events
from app.errors import AmtslotseError, BusyError, InvalidInputError, TooManyRequestsError
from app.web.quoted import source_html
from app.wording.catalog import EINFACH, FALLBACK, STANDARD
from app.wording.direction import direction
from app.wording.pages import page_catalog

router = APIRouter(include_in_schema=False, route_class=PageRoute)
_CONVERSATION_BYTES = 16
_FIELDS = ("question", "conversation_id", "language", "style")


@router.get("/{tenant}/fragen")
def form(request: Request, tenant: str, running: RunningDep, language: str = "") -> HTMLResponse:
    """The notice, the suggested questions, and an empty form."""
    return _page(request, running, tenant, _conversation(), language)


@router.post("/{tenant}/fragen")
async def ask(request: Request, tenant: str, running: RunningDep, limits: RateLimitsDep) -> HTMLResponse:
    """The answer, with the form for the next question below it; or what was wrong, with the question in the form."""
    fields = await request.form()
    sent = {name: value for name in _FIELDS if isinstance(value := fields.get(name), str) and value}
    try:
        asked = ChatRequest.model_validate({"question": "", "conversation_id": _conversation(), **sent})
    except ValueError:  # somebody changed a hidden field: the question counts all the same
        asked = ChatRequest(question=sent.get("question", ""), conversation_id=_conversation())
    page = partial(_page, request, running, tenant, asked.conversation_id or _conversation(), asked.language or "")
    try:
        answer = await _answer(request, tenant, running, limits, asked)
    except (InvalidInputError, BusyError, TooManyRequestsError) as error:
        return await run_in_threadpool(page, asked=asked, error=error)
    return await run_in_threadpool(page, asked=asked, answer=answer)


async def _answer(
    request: Request, tenant: str, running: Running, limits: RateLimitsDep, asked: ChatRequest
) -> AnswerOut:
    spoken = asked.language or FALLBACK
    limits.question(request.client.host if request.client else None, tenant, asked.conversation_id, spoken)
    clean_question(asked.question, running.settings.max_question_chars, spoken)
    question = Question(
        text=asked.question,
        tenant=tenant,
        asked_at=running.clock(),
        language=asked.language,
        style=asked.style,
        conversation_id=asked.conversation_id,
    )
    cancel = Event()
    recorded = await last_event(answer_events(running, question, cancel), request, cancel)
    return AnswerOut.of(recorded, running.service.next_steps(tenant, recorded.answer))


def _page(
    request: Request,
    running: Running,
    tenant: str,
    conversation: str,
    language: str,
    *,
    asked: ChatRequest | None = None,
    answer: AnswerOut | None = None,
    error: AmtslotseError | None = None,
) -> HTMLResponse:
    town = widget.config(tenant, running, language or FALLBACK)
    wording = page_catalog("form", town.language)
    context: dict[str, Any] = {
        "town": town,
        "website": running.service.generations.active(tenant).tenant.website,
        "say": wording.text,
        "t": lambda key, **values: town.texts[key].format_map(values),
        "languages": [(code, LANGUAGE_NAMES.get(code, code), direction(code)) for code in town.languages],
        "direction": direction,
        "conversation": conversation,
        "chosen_language": town.language if language else "",
        "asked": asked,
        "plain": asked is not None and asked.style != STANDARD,
        "einfach": EINFACH,
        "answer": answer,
        "blocks": answer_blocks(answer.statements) if answer else (),
        "sources": answer
        and [
            (source, source_name(source), source_html(source.text, quoted_from(source, answer.statements)))
            for source in answer.sources
        ],
        "source_name": source_name,
        "error": _sentence(error, wording.text) if error else None,
    }
    headers = dict(AI_HEADERS if answer else {"Cache-Control": "no-store"})
    if isinstance(error, BusyError | TooManyRequestsError):
        headers["Retry-After"] = str(error.retry_after_s)
    status = error.http_status if error else 200
    return TEMPLATES.TemplateResponse(request, "form.html", context, status_code=status, headers=headers)


def _sentence(error: AmtslotseError, say: Any) -> str:
    match error:
        case BusyError():
            return str(say("error_busy", seconds=error.retry_after_s))
        case TooManyRequestsError():
            return str(say("error_too_many", seconds=error.retry_after_s))
        case _:
            return error.message


def _conversation() -> str:
    return token_urlsafe(_CONVERSATION_BYTES)
