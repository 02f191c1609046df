"""Citizens' rights without an account: whoever knows the id of a conversation can export and erase it.

That id is random and the citizen's own; the reference of an answer is random too, and allows less: reading and
erasing that answer.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from app.answering.record import answer_from, screened_from, table_from
from app.answering.rights import erase_answer, erase_conversation, unknown_conversation
from app.api.dependencies import Running, RunningDep
from app.api.desk_schemas import FeedbackOut, KeptHandoverOut
from app.api.live_answers import LiveAnswers, LiveAnswersDep
from app.api.schemas import AnswerOut, Problem
from app.api.stream import timings_of
from app.desk.feedback import FeedbackStore
from app.desk.handovers import Handover, HandoverStore
from app.records.record import StoredRecord

router = APIRouter(prefix="/api/v1/{tenant}", tags=["rights"])
_PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"model": Problem, "content": {"application/problem+json": {}}} for status in (404, 422, 503)
}
_PRIVATE = {"Cache-Control": "no-store"}
ConversationId = Annotated[
    str,
    Path(
        pattern=r"^[A-Za-z0-9_-]{16,64}$",
        description="As it was sent with the questions. Shorter ones, which some clients count up, can be guessed: "
        "they make follow-ups understood, but open nothing.",
    ),
]


class ExchangeOut(BaseModel):
    """One question of a conversation and its answer."""

    question: str = Field(description="As it is kept: personal data that was recognised is replaced by labels.")
    masked: tuple[str, ...] = Field(description="Kinds of personal data that were replaced.")
    understood_as: str | None = Field(description="With what a follow-up question left out; null when not searched.")
    understood_inputs: dict[str, str] = Field(description="What a decision table took from the conversation.")
    asked_at: datetime
    recorded_at: datetime
    kept_until: datetime = Field(description="When it will be erased by itself.")
    language: str | None = Field(description="As the citizen chose it; null: detected.")
    style: str
    answer: AnswerOut
    feedback: FeedbackOut | None = Field(description="What was said about the answer.")

    @classmethod
    def of(cls, record: StoredRecord, running: Running) -> "ExchangeOut":
        """A record that is not erased."""
        assert record.payload is not None
        given = answer_from(record.payload["answer"])
        inputs, walk = record.payload["inputs"], record.payload["walk"]
        assert isinstance(inputs, dict) and isinstance(walk, dict)
        table = table_from(walk["rule"])
        return cls(
            question=str(inputs["question"]),
            masked=screened_from(walk["screened"]).masked,
            understood_as=None if walk["resolved"] is None else str(walk["resolved"]),
            understood_inputs=table.inputs if table else {},
            asked_at=datetime.fromisoformat(str(inputs["asked_at"])),
            recorded_at=record.created_at,
            kept_until=record.created_at + timedelta(days=running.settings.record_retention_days),
            language=None if inputs["language"] is None else str(inputs["language"]),
            style=str(inputs["style"]),
            answer=AnswerOut.from_answer(
                given,
                record.id,
                record.conversation_id,
                timings_of(record),
                running.service.next_steps(record.tenant, given),
            ),
            feedback=FeedbackOut.of(FeedbackStore(running.service.records.database).get(record.tenant, record.id)),
        )


class ConversationOut(BaseModel):
    """All that is kept of a conversation."""

    tenant: str
    conversation_id: str
    exported_at: datetime
    handovers: list[KeptHandoverOut] = Field(description="Questions that were passed on to people, oldest first.")
    exchanges: list[ExchangeOut] = Field(description="Oldest first.")


class ErasedOut(BaseModel):
    """What was erased."""

    erased: tuple[str, ...] = Field(
        description="References of the erased answers: those asked for, and later ones that had taken over from them."
    )


@router.get("/conversations/{conversation_id}", response_model=ConversationOut, responses=_PROBLEMS)
def export(tenant: str, conversation_id: ConversationId, running: RunningDep) -> Response:
    """Everything that is kept of a conversation, as a file: questions as masked, answers with sources, times."""
    repository = running.service.records
    records = repository.conversation(tenant, conversation_id)
    first = next(records, None)
    handovers = HandoverStore(repository.database).of_conversation(tenant, conversation_id)
    if first is None and not handovers:
        raise unknown_conversation()
    head = {"tenant": tenant, "conversation_id": conversation_id, "exported_at": datetime.now(UTC).isoformat()}
    pieces = _as_json(head, handovers, chain([first] if first else [], records), running)
    headers = {**_PRIVATE, "Content-Disposition": 'attachment; filename="amtslotse-gespraech.json"'}
    return StreamingResponse(pieces, media_type="application/json", headers=headers)


@router.delete("/conversations/{conversation_id}", response_model=ErasedOut, responses=_PROBLEMS)
def erase_whole_conversation(
    tenant: str, conversation_id: ConversationId, running: RunningDep, live: LiveAnswersDep
) -> Response:
    """Erases all answers of a conversation for good, with what was said about them and what was handed over.

    An answer that is under way is stopped.
    """
    live.stop_conversation(tenant, conversation_id)
    return _erased(erase_conversation(running.service.records, tenant, conversation_id), live)


@router.delete("/answers/{answer_id}", response_model=ErasedOut, responses=_PROBLEMS)
def erase_one_answer(tenant: str, answer_id: str, running: RunningDep, live: LiveAnswersDep) -> Response:
    """Erases an answer for good, and later ones of its conversation that had taken over what was told in it."""
    return _erased(erase_answer(running.service.records, tenant, answer_id), live)


def _erased(ids: tuple[str, ...], live: LiveAnswers) -> Response:
    live.forget(frozenset(ids))
    return JSONResponse(ErasedOut(erased=ids).model_dump(mode="json"), headers=_PRIVATE)


def _as_json(
    head: dict[str, str], handovers: tuple[Handover, ...], records: Iterator[StoredRecord], running: Running
) -> Iterator[str]:
    """A ConversationOut, one exchange after the other: a conversation may be longer than memory should hold."""
    days = running.settings.handover_retention_days
    handed_over = ", ".join(KeptHandoverOut.kept(handover, days).model_dump_json() for handover in handovers)
    yield json.dumps(head, ensure_ascii=False).removesuffix("}")
    yield f', "handovers": [{handed_over}], "exchanges": ['
    for number, record in enumerate(record for record in records if record.payload is not None):
        yield (",\n" if number else "\n") + ExchangeOut.of(record, running).model_dump_json()
    yield "\n]}\n"
