"""Passing a question on to a person from a plain page, by the rules of the API."""

import re
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from app.answering.personal_data import mask_personal_data
from app.answering.screen import clean_question
from app.api.dependencies import Running, RunningDep
from app.api.desk_schemas import CONTACT, MAX_HANDOVER_CHARS, HandoverRequest
from app.api.form_feedback import kept_answer
from app.api.form_shown import Fault, Shown, page, refused
from app.api.form_visit import Visit, address, posted
from app.api.handover import keep_handover
from app.api.page_route import PageRoute
from app.api.rate_limits import RateLimitsDep
from app.desk.handovers import HandoverStatus, HandoverStore
from app.errors import InvalidInputError, NotFoundError, TooManyRequestsError
from app.wording.handover import what_happens_next
from app.wording.widget import widget_texts

router = APIRouter(route_class=PageRoute)
_QUESTION, _CONTACT, _CONSENT = "mensch-frage", "mensch-kontakt", "mensch-einwilligung"
_LONGEST_CONTACT = 254


@dataclass(frozen=True)
class ForPerson:
    """What was filled in."""

    question: str
    contact: str
    consent: bool


@router.post("/{tenant}/fragen/mensch")
async def hand_over(request: Request, tenant: str, running: RunningDep, limits: RateLimitsDep) -> HTMLResponse:
    """The answer once more, with what happens next; or with the form and what is missing in it."""
    visit, sent = await posted(request, tenant)
    filled = ForPerson(
        sent.get("person_question", "")[:MAX_HANDOVER_CHARS], sent.get("contact", ""), sent.get("consent") == "ja"
    )
    shown = await run_in_threadpool(kept_answer, running, visit, sent.get("answer_id", ""))
    faults = _faults(filled, visit)
    if not faults:
        try:
            limits.question(address(request), tenant, visit.conversation, visit.spoken)
        except TooManyRequestsError as error:
            return await run_in_threadpool(_refused, request, running, visit, error, shown, filled)
        return await run_in_threadpool(_handed_over, request, running, visit, filled, shown)
    return await run_in_threadpool(_page, request, running, visit, shown, filled, faults)


def _faults(filled: ForPerson, visit: Visit) -> tuple[Fault, ...]:
    texts = widget_texts(visit.spoken)
    right = {
        _QUESTION: bool(filled.question),
        _CONTACT: len(filled.contact) <= _LONGEST_CONTACT and re.search(CONTACT, filled.contact) is not None,
        _CONSENT: filled.consent,
    }
    keys = {_QUESTION: "human_error_question", _CONTACT: "human_error_contact", _CONSENT: "human_error_consent"}
    return tuple(Fault(field, texts[keys[field]]) for field, is_right in right.items() if not is_right)


def _page(
    request: Request, running: Running, visit: Visit, shown: Shown | None, filled: ForPerson, faults: tuple[Fault, ...]
) -> HTMLResponse:
    return page(request, running, visit, shown, faults=faults, status=InvalidInputError.http_status, filled=filled)


def _refused(
    request: Request,
    running: Running,
    visit: Visit,
    error: TooManyRequestsError | InvalidInputError | NotFoundError,
    shown: Shown | None,
    filled: ForPerson,
) -> HTMLResponse:
    return refused(request, running, visit, error, shown, field=_QUESTION, filled=filled)


def _handed_over(
    request: Request, running: Running, visit: Visit, filled: ForPerson, shown: Shown | None
) -> HTMLResponse:
    body = HandoverRequest(
        question=filled.question,
        contact=filled.contact,
        consent=filled.consent,
        language=visit.spoken,
        conversation_id=visit.conversation,
        answer_id=shown.answer.answer_id if shown else None,
    )
    try:
        message = _waiting(running, visit, body) or keep_handover(visit.tenant, body, running).message
    except (InvalidInputError, NotFoundError) as error:
        return _refused(request, running, visit, error, shown, filled)
    return page(request, running, visit, shown, passed_on=message)


def _waiting(running: Running, visit: Visit, body: HandoverRequest) -> str | None:
    """What happens next, when the same waits already: the page was loaded again, or its button pressed twice."""
    town = running.service.generations.active(visit.tenant).tenant
    question = mask_personal_data(clean_question(body.question, MAX_HANDOVER_CHARS, body.language), town).text
    for before in HandoverStore(running.service.records.database).of_conversation(visit.tenant, visit.conversation):
        if before.status is HandoverStatus.OPEN and (before.question, before.contact) == (question, body.contact):
            return what_happens_next(body.language, town.handover.working_days)
    return None
