"""Reading, exporting and erasing a conversation from a plain page, by the rules of the API."""

from itertools import islice

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from app.answering.rights import unknown_conversation
from app.api.dependencies import Running, RunningDep
from app.api.desk_schemas import KeptHandoverOut
from app.api.form_shown import Shown, page, refused
from app.api.form_visit import Visit, counted, posted
from app.api.live_answers import LiveAnswers, LiveAnswersDep
from app.api.page_route import PageRoute
from app.api.rate_limits import RateLimitsDep
from app.api.rights import ExchangeOut, erase_whole_conversation, export
from app.desk.handovers import HandoverStore
from app.errors import NotFoundError, TooManyRequestsError

router = APIRouter(route_class=PageRoute)
_SHOWN_AT_MOST = 100
"""Exchanges on one page; the export has all."""


@router.post("/{tenant}/fragen/gespraech")
async def conversation(
    request: Request, tenant: str, running: RunningDep, limits: RateLimitsDep, live: LiveAnswersDep
) -> Response:
    """What the citizen wants with their conversation: `read`, `json`, `erase` (asks once more) or `erase_yes`."""
    visit, sent = await posted(request, tenant)
    try:
        counted(request, limits)
        return await run_in_threadpool(_done, request, running, live, visit, sent.get("do", "read"))
    except (NotFoundError, TooManyRequestsError) as error:
        return await run_in_threadpool(refused, request, running, visit, error)


def _done(request: Request, running: Running, live: LiveAnswers, visit: Visit, wish: str) -> Response:
    if wish == "json":
        return export(visit.tenant, visit.conversation, running)
    if wish == "erase_yes":
        erase_whole_conversation(visit.tenant, visit.conversation, running, live)
        return page(request, running, Visit.new(visit.tenant, visit.language), erased=True)
    if wish == "erase":
        return page(request, running, visit, template="form_erase.html")
    return _all(request, running, visit)


def _all(request: Request, running: Running, visit: Visit) -> Response:
    """All that was asked and answered, the newest last, and what was passed on. Raises NotFoundError."""
    records = running.service.records
    kept = (record for record in records.conversation(visit.tenant, visit.conversation) if record.payload is not None)
    exchanges = tuple(Shown.of(ExchangeOut.of(record, running)) for record in islice(kept, _SHOWN_AT_MOST))
    handovers = HandoverStore(records.database).of_conversation(visit.tenant, visit.conversation)
    if not exchanges and not handovers:
        raise unknown_conversation()
    days = running.settings.handover_retention_days
    return page(
        request,
        running,
        visit,
        template="form_conversation.html",
        exchanges=exchanges,
        handovers=[KeptHandoverOut.kept(each, days) for each in handovers],
    )
