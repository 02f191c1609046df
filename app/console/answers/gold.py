"""A citizen's question becomes a gold question: asked before every publishing from then on."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from starlette.datastructures import FormData

from app.answering.personal_data import mask_personal_data
from app.answering.values import Status
from app.console.access import Desk, Signed, posted, text_field
from app.console.answers.labels import AREA, language_label
from app.console.page import redirect, render
from app.errors import AmtslotseError, InvalidInputError
from app.records.record import StoredRecord
from app.wording.console import console_catalog

_EXPECTED = {
    Status.ANSWERED: "answerable",
    Status.ANSWERED_PARTLY: "answerable",
    Status.ANSWERED_BY_RULE: "rule",
    Status.NEEDS_CLARIFICATION: "rule",
    Status.DECIDED_BY_STAFF: "staff",
    Status.EMERGENCY: "emergency",
    Status.DECLINED: "injection",
    Status.OUT_OF_SCOPE: "out_of_scope",
}
"""What the form expects at first: what the bot did. Otherwise, that it has nothing about it."""

router = APIRouter(prefix="/{tenant}/answers/{answer_id}/gold")


@router.get("")
def ask(request: Request, signed: Desk, answer_id: str) -> Response:
    """The form, filled with what was asked and which text answered."""
    record = signed.running.service.get(signed.town.id, answer_id)
    signed.audit("answer.read", answer_id)
    return _page(request, signed, record, _suggested(record))


@router.post("")
async def add(request: Request, signed: Desk, answer_id: str) -> Response:
    """Writes the gold question, when it is one and names nobody."""
    form = await posted(request, signed)
    return await run_in_threadpool(_added, request, signed, answer_id, form)


def _added(request: Request, signed: Signed, answer_id: str, form: FormData) -> Response:
    from evaluation.gold_add import NewGold, add_gold_question

    record = signed.running.service.get(signed.town.id, answer_id)
    values = {name: text_field(form, name, longest=2_000) for name in _suggested(record)}
    try:
        _require_nobody(values["question"], signed)
        new = NewGold(
            question=values["question"],
            language=values["language"],
            kind=values["kind"],
            service=values["service"],
            facts=tuple(values["facts"].splitlines()),
            must_not=tuple(values["must_not"].splitlines()),
        )
        folder = signed.running.settings.knowledge_dir / signed.town.id
        id_ = add_gold_question(folder, signed.town.publishing, new)
    except AmtslotseError as error:
        return _page(request, signed, record, values, error)
    signed.audit("gold.add", id_, answer=answer_id)
    return redirect(f"/console/{signed.town.id}/answers/{answer_id}", "gold")


def _require_nobody(question: str, signed: Signed) -> None:
    masked = mask_personal_data(question, signed.town)
    if masked.kinds or "[" in question:
        raise InvalidInputError(console_catalog(AREA).text("gold.personal"))


def _suggested(record: StoredRecord) -> dict[str, str]:
    """The form's fields; of an erased answer they are empty."""
    payload: Any = record.payload or {"inputs": {"question": ""}, "answer": {"sources": []}, "walk": {}}
    walk = payload["walk"]
    topic = (walk.get("evidence") or {}).get("topic") or ((walk.get("rule") or {}).get("table") or {}).get("document")
    kind = _EXPECTED.get(Status(record.status), "unanswerable") if record.status else "answerable"
    return {
        "question": payload["inputs"]["question"],
        "language": record.language or "de",
        "kind": kind,
        "service": topic or "" if kind in ("answerable", "rule") else "",
        "facts": "",
        "must_not": "",
    }


def _page(
    request: Request,
    signed: Signed,
    record: StoredRecord,
    values: dict[str, str],
    error: AmtslotseError | None = None,
) -> Response:
    generation = signed.running.service.generations.active(signed.town.id)
    titles = {service: title for (service, language), (title, _) in generation.texts.items() if language == "de"}
    wording = console_catalog(AREA).texts
    return render(
        request,
        signed,
        AREA,
        "console/answers/gold.html",
        error=error,
        error_field="question",
        record=record,
        values=values,
        services=sorted(titles.items(), key=lambda pair: pair[1].casefold()),
        kinds=[
            (key.removeprefix("gold.kinds."), text) for key, text in wording.items() if key.startswith("gold.kinds.")
        ],
        languages=[(code, language_label(code)) for code in signed.town.languages],
    )
