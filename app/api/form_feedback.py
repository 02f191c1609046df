"""Saying on a plain page whether an answer helped, by the rules of the API."""

from functools import partial

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from app.api.dependencies import Running, RunningDep
from app.api.desk_schemas import MAX_COMMENT_CHARS, FeedbackRequest
from app.api.feedback import asked_in, give
from app.api.form_shown import Shown, page, refused
from app.api.form_visit import Visit, counted, posted
from app.api.page_route import PageRoute
from app.api.rate_limits import RateLimitsDep
from app.api.rights import ExchangeOut
from app.errors import InvalidInputError, NotFoundError, TooManyRequestsError
from app.wording.pages import page_catalog

router = APIRouter(route_class=PageRoute)
_PLACE = "rueckmeldung"


@router.post("/{tenant}/fragen/rueckmeldung")
async def feedback(request: Request, tenant: str, running: RunningDep, limits: RateLimitsDep) -> HTMLResponse:
    """The answer once more, with thanks; after "no" also with the question why."""
    visit, sent = await posted(request, tenant)
    answer_id = sent.get("answer_id", "")
    again = partial(refused, request, running, visit, field=_PLACE)
    try:
        counted(request, limits)
    except TooManyRequestsError as error:
        shown = await run_in_threadpool(kept_answer, running, visit, answer_id)
        return await run_in_threadpool(again, error, shown)
    try:
        given = FeedbackRequest(
            conversation_id=visit.conversation,
            helpful=sent.get("helpful") == "ja",
            reason=sent.get("reason") or None,
            comment=sent.get("comment", "")[:MAX_COMMENT_CHARS] or None,
        )
    except ValidationError:  # somebody changed a field
        raise InvalidInputError(page_catalog("form", visit.spoken).text("error_failed")) from None
    return await run_in_threadpool(_given, request, running, visit, answer_id, given)


def kept_answer(running: Running, visit: Visit, answer_id: str) -> Shown | None:
    """An answer of that conversation as it is kept; None when there is none (any more)."""
    try:
        return Shown.of(ExchangeOut.of(asked_in(running, visit.tenant, answer_id, visit.conversation), running))
    except NotFoundError:
        return None


def _given(request: Request, running: Running, visit: Visit, answer_id: str, given: FeedbackRequest) -> HTMLResponse:
    try:
        give(visit.tenant, answer_id, given, running)
    except NotFoundError as error:
        return refused(request, running, visit, error)
    except InvalidInputError as error:
        shown = kept_answer(running, visit, answer_id)
        return refused(request, running, visit, error, shown, field="anmerkung", comment=given.comment, why=True)
    told = given.reason is not None or given.comment is not None
    shown = kept_answer(running, visit, answer_id)
    return page(request, running, visit, shown, thanked=True, why=not given.helpful and not told)
