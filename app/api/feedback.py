"""Citizens say whether an answer helped: once an answer, the last word counts."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.answering.personal_data import mask_personal_data
from app.answering.screen import clean_question
from app.api.dependencies import Running, RunningDep
from app.api.desk_schemas import MAX_COMMENT_CHARS, FeedbackOut, FeedbackRequest
from app.desk.feedback import Feedback, FeedbackStore
from app.errors import NotFoundError
from app.records.record import StoredRecord

router = APIRouter(prefix="/api/v1/{tenant}/answers/{answer_id}/feedback", tags=["feedback"])


@router.post("")
def give(tenant: str, answer_id: str, body: FeedbackRequest, running: RunningDep) -> FeedbackOut:
    """Keeps whether the answer helped, in the place of what was said about it before."""
    asked_in(running, tenant, answer_id, body.conversation_id)
    town = running.service.generations.active(tenant).tenant
    comment = None
    if body.comment and body.comment.strip():
        comment = mask_personal_data(clean_question(body.comment, MAX_COMMENT_CHARS), town).text
    given = Feedback(tenant, answer_id, running.clock(), body.helpful, body.reason, comment)
    _store(running).put(given)
    return FeedbackOut.model_validate(given, from_attributes=True)


@router.delete("")
def take_back(
    tenant: str,
    answer_id: str,
    running: RunningDep,
    conversation_id: Annotated[str, Query(pattern=r"^[A-Za-z0-9_-]{16,64}$")],
) -> FeedbackOut:
    """Erases what was said about the answer, and gives it back once more."""
    asked_in(running, tenant, answer_id, conversation_id)
    given = FeedbackOut.of(_store(running).get(tenant, answer_id))
    if given is None or not _store(running).remove(tenant, answer_id):
        raise NotFoundError("Zu dieser Antwort ist keine Rückmeldung gespeichert.")
    return given


def asked_in(running: Running, tenant: str, answer_id: str, conversation_id: str | None) -> StoredRecord:
    """The record of an answer that was given in that conversation.

    Raises:
        NotFoundError: there is none, it was erased, or it belongs to another conversation: which, is not told.
    """
    record = running.service.get(tenant, answer_id)
    if record.payload is None or record.conversation_id != conversation_id:
        raise NotFoundError("Diese Antwort gibt es in diesem Gespräch nicht. Vielleicht wurde sie schon gelöscht.")
    return record


def _store(running: Running) -> FeedbackStore:
    return FeedbackStore(running.service.records.database)
