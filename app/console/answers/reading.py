"""One answer in its conversation: reading it, why it came out so, judging it."""

from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from app.answering.personal_data import mask_personal_data
from app.answering.record import answer_from
from app.answering.values import Answer
from app.console.access import Desk, Signed, posted, text_field
from app.console.answers.labels import (
    AREA,
    STATUS_KINDS,
    generation_label,
    language_label,
    masked_label,
    stage_label,
    status_label,
)
from app.console.answers.story_of import story_of
from app.console.page import redirect, render
from app.desk.feedback import FeedbackStore
from app.desk.handovers import Handover, HandoverStore
from app.desk.marks import Mark, MarkStore
from app.errors import GenerationError, InvalidInputError
from app.index.generation import generations_folder
from app.index.manifest import read_manifest
from app.records.record import StoredRecord
from app.wording.console import console_catalog

MAX_NOTE_CHARS = 1_000
MOST_TURNS = 100
"""Of a conversation; nobody reads more on one page."""

router = APIRouter(prefix="/{tenant}/answers")


@router.get("/{answer_id}")
def answer(request: Request, signed: Desk, answer_id: str) -> Response:
    """The whole conversation of an answer, and how the answer came about. That somebody read it is noted."""
    record = signed.running.service.get(signed.town.id, answer_id)
    signed.audit("answer.read", answer_id)
    return _page(request, signed, record)


@router.post("/{answer_id}/mark")
async def mark(request: Request, signed: Desk, answer_id: str) -> Response:
    """Judges an answer, or takes the judgement back."""
    form = await posted(request, signed)
    verdict = text_field(form, "verdict", longest=10)
    try:
        if verdict not in ("right", "wrong", "none"):
            raise InvalidInputError(console_catalog(AREA).text("mark.missing"))
        note = text_field(form, "note", longest=MAX_NOTE_CHARS)
    except InvalidInputError as error:
        return await run_in_threadpool(_refused, request, signed, answer_id, error)
    await run_in_threadpool(_marked, signed, answer_id, verdict, note)
    path = f"/console/{signed.town.id}/answers/{answer_id}"
    return redirect(path, "unmarked" if verdict == "none" else "marked")


def _marked(signed: Signed, answer_id: str, verdict: str, note: str) -> None:
    service, town = signed.running.service, signed.town
    record = service.get(town.id, answer_id)
    if record.payload is None:
        raise InvalidInputError(console_catalog(AREA).text("erased_question"))
    store = MarkStore(service.records.database)
    if verdict == "none":
        store.remove(town.id, answer_id)
    else:
        store.put(
            Mark(
                tenant=town.id,
                answer_id=answer_id,
                at=signed.running.clock(),
                account_id=signed.account.id,
                account_name=signed.account.display_name,
                right=verdict == "right",
                note=mask_personal_data(note, town).text,
            )
        )
    signed.audit("answer.mark", answer_id, verdict=verdict)


def _refused(request: Request, signed: Signed, answer_id: str, error: InvalidInputError) -> Response:
    return _page(request, signed, signed.running.service.get(signed.town.id, answer_id), error)


def _page(request: Request, signed: Signed, record: StoredRecord, error: InvalidInputError | None = None) -> Response:
    database, town = signed.running.service.records.database, signed.town
    shown: dict[str, Any] = {"story": None, "turns": ()}
    if record.payload is not None:
        story = story_of(record, _titles(signed, record.generation))
        shown["story"] = story
        shown["masked"] = ", ".join(map(masked_label, story.screened.masked))
        shown["corrections"] = ", ".join(f"„{before}“ als „{after}“" for before, after in story.corrections)
        shown["turns"] = _turns(signed, record)
    return render(
        request,
        signed,
        AREA,
        "console/answers/answer.html",
        error=error,
        error_field="verdict-right",
        record=record,
        mark=MarkStore(database).get(town.id, record.id),
        feedback=FeedbackStore(database).get(town.id, record.id),
        handovers=_handovers(HandoverStore(database), record),
        generation=generation_label(record.generation, town.zone),
        language_label=language_label,
        stage_label=stage_label,
        status_kind=STATUS_KINDS,
        status_label=status_label,
        **shown,
    )


def _handovers(store: HandoverStore, record: StoredRecord) -> tuple[Handover, ...]:
    """What was passed on to people because of this answer."""
    if record.conversation_id is None:
        return ()
    kept = store.of_conversation(record.tenant, record.conversation_id)
    return tuple(handover for handover in kept if handover.answer_id == record.id)


def _turns(signed: Signed, record: StoredRecord) -> tuple[tuple[StoredRecord, str, Answer], ...]:
    """Records of the conversation with question and answer, oldest first."""
    found = (
        islice(signed.running.service.records.conversation(signed.town.id, record.conversation_id), MOST_TURNS)
        if record.conversation_id
        else iter((record,))
    )
    return tuple(
        (turn, str(inputs["question"]), answer_from(turn.payload["answer"]))
        for turn in found
        if turn.payload is not None and isinstance(inputs := turn.payload["inputs"], dict)
    )


def _titles(signed: Signed, generation: str) -> dict[str, str]:
    """Titles of the texts as they were; empty when the generation is gone."""
    return _titles_in(str(generations_folder(signed.running.settings.data_dir, signed.town.id) / generation))


@lru_cache(maxsize=16)
def _titles_in(folder: str) -> dict[str, str]:
    try:
        return {document.id: document.title for document in read_manifest(Path(folder)).documents}
    except GenerationError:
        return {}
