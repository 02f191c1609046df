"""Asking without JavaScript: one page with a form, the same answers as the API gives."""

from functools import partial
from threading import Event
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse

from app.answering.screen import clean_question
from app.answering.values import Question
from app.api import form_conversation, form_feedback, form_person
from app.api.dependencies import Running, RunningDep
from app.api.form_shown import Shown, page, refused
from app.api.form_visit import Visit, address, posted
from app.api.last_event import last_event
from app.api.page_route import PageRoute
from app.api.rate_limits import RateLimits, RateLimitsDep
from app.api.schemas import AnswerOut
from app.api.stream import answer_events
from app.errors import BusyError, InvalidInputError, TooManyRequestsError

router = APIRouter(include_in_schema=False, route_class=PageRoute)
router.include_router(form_feedback.router)
router.include_router(form_person.router)
router.include_router(form_conversation.router)


@router.get("/{tenant}/fragen")
def form(request: Request, tenant: str, running: RunningDep, language: str = "") -> HTMLResponse:
    """The notice, the suggested questions, and an empty form."""
    return page(request, running, Visit.new(tenant, language))


@router.get("/{tenant}/fragen/{form}")
def begin_again(tenant: str, form: str) -> RedirectResponse:
    """For whoever loads the address of a sent form anew: what was sent with it is not there any more."""
    return RedirectResponse(f"/{quote(tenant, safe='')}/fragen", status_code=303)


@router.post("/{tenant}/fragen")
async def ask(request: Request, tenant: str, running: RunningDep, limits: RateLimitsDep) -> HTMLResponse:
    """The answer, with the form for the next question below it; or what was wrong, with the question in the form."""
    visit, sent = await posted(request, tenant)
    question = sent.get("question", "")
    try:
        answer = await _answer(request, visit, running, limits, question)
    except (InvalidInputError, BusyError, TooManyRequestsError) as error:
        return await run_in_threadpool(partial(refused, request, running, visit, error, typed=question))
    return await run_in_threadpool(page, request, running, visit, Shown(question, answer))


async def _answer(request: Request, visit: Visit, running: Running, limits: RateLimits, text: str) -> AnswerOut:
    limits.question(address(request), visit.tenant, visit.conversation, visit.spoken)
    clean_question(text, running.settings.max_question_chars, visit.spoken)
    question = Question(
        text=text,
        tenant=visit.tenant,
        asked_at=running.clock(),
        language=visit.language or None,
        style=visit.style,
        conversation_id=visit.conversation,
    )
    cancel = Event()
    recorded = await last_event(answer_events(running, question, cancel), request, cancel)
    return AnswerOut.of(recorded, running.service.next_steps(visit.tenant, recorded.answer))
