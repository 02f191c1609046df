"""Citizens pass a question on to a person: kept for the service desk, until it is answered and old."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from app.answering.personal_data import mask_personal_data
from app.answering.screen import clean_question
from app.api.dependencies import Running, RunningDep
from app.api.desk_schemas import MAX_HANDOVER_CHARS, HandoverOut, HandoverRequest
from app.api.feedback import asked_in
from app.api.rate_limits import RateLimitsDep
from app.desk.handovers import HandoverStore, NewHandover
from app.errors import NotFoundError
from app.wording.handover import what_happens_next

router = APIRouter(prefix="/api/v1/{tenant}/handovers", tags=["handover"])
HandoverId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="As it was given back.")]


class WithdrawnOut(BaseModel):
    """That a question was withdrawn."""

    withdrawn: str


@router.post("", status_code=201)
async def hand_over(
    tenant: str, body: HandoverRequest, request: Request, running: RunningDep, limits: RateLimitsDep
) -> HandoverOut:
    """Keeps a question and a contact for the town's staff, where the town offers that. Counts as a question."""
    limits.question(request.client.host if request.client else None, tenant, body.conversation_id, body.language)
    return await run_in_threadpool(keep_handover, tenant, body, running)


@router.delete("/{handover_id}")
def withdraw(tenant: str, handover_id: HandoverId, running: RunningDep) -> WithdrawnOut:
    """Erases question and contact for good; a reply that is under way may still come."""
    HandoverStore(running.service.records.database).remove(tenant, handover_id)
    return WithdrawnOut(withdrawn=handover_id)


def keep_handover(tenant: str, body: HandoverRequest, running: Running) -> HandoverOut:
    """Keeps it for the town's staff.

    Raises:
        NotFoundError: the town offers no form, or the answer does not belong to that conversation.
        InvalidInputError: nothing to read is left of the question.
    """
    town = running.service.generations.active(tenant).tenant
    if not town.handover.form:
        raise NotFoundError("Diese Stadt nimmt hier keine Fragen an. Bitte wenden Sie sich an die Ansprechstelle.")
    question = clean_question(body.question, MAX_HANDOVER_CHARS, body.language)
    if body.answer_id is not None:
        asked_in(running, tenant, body.answer_id, body.conversation_id)
    new = NewHandover(
        tenant=tenant,
        at=running.clock(),
        question=mask_personal_data(question, town).text,
        contact=body.contact,
        language=body.language,
        answer_id=body.answer_id,
        conversation_id=body.conversation_id,
    )
    kept = HandoverStore(running.service.records.database).add(new)
    return HandoverOut(
        handover_id=kept.id,
        message=what_happens_next(body.language, town.handover.working_days),
        kept_until=kept.at + timedelta(days=running.settings.handover_retention_days),
    )
