"""The pages and forms of hand-overs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from starlette.datastructures import FormData

from app.console.access import Desk, Signed, posted, text_field
from app.console.answers.labels import language_label
from app.console.handovers.shown import answer_of, waiting
from app.console.page import redirect, render
from app.desk.claims import Claims
from app.desk.handovers import HandoverStatus, HandoverStore, Reply
from app.desk.replying import ReplyWay, is_mail_address
from app.desk.replying_ways import reply_way
from app.desk.sending import send_reply
from app.errors import AmtslotseError, ConfigurationError, InvalidInputError
from app.wording.console import console_catalog

AREA = "handovers"
MAX_REPLY_CHARS = 10_000
MOST_SETTLED = 100
BY_HAND = "hand"

router = APIRouter(prefix="/{tenant}/handovers")


@router.get("")
def handovers(request: Request, signed: Desk, settled: bool = False) -> Response:
    """Those that wait, oldest first; or those that are settled, newest first."""
    kept = HandoverStore(signed.running.service.records.database).list(signed.town.id)
    waits = tuple(each for each in kept if each.status is HandoverStatus.OPEN)
    done = tuple(each for each in reversed(kept) if each.status is not HandoverStatus.OPEN)[:MOST_SETTLED]
    now = signed.running.clock()
    return render(
        request,
        signed,
        AREA,
        "console/handovers/list.html",
        handovers=done if settled else waits,
        settled=settled,
        waits=len(waits),
        form_on=signed.town.handover.form,
        waiting=lambda each: waiting(now - each.at),
        language_label=language_label,
    )


@router.get("/{handover_id}")
def handover(request: Request, signed: Desk, handover_id: str) -> Response:
    """One of them, with what the bot had answered."""
    signed.audit("handover.read", handover_id)
    return _page(request, signed, handover_id)


@router.post("/{handover_id}/claim")
async def claim(request: Request, signed: Desk, handover_id: str) -> Response:
    """Takes it over."""

    def claimed(_: FormData) -> None:
        _claims(signed).claim(signed.town.id, handover_id, signed.account.id, signed.account.display_name)

    return await _changed(request, signed, handover_id, "claim", claimed, "claimed")


@router.post("/{handover_id}/release")
async def release(request: Request, signed: Desk, handover_id: str) -> Response:
    """Gives it back to all; also for a colleague who is not there."""

    def released(_: FormData) -> None:
        _claims(signed).release(signed.town.id, handover_id)

    return await _changed(request, signed, handover_id, "release", released, "released")


@router.post("/{handover_id}/draft")
async def draft(request: Request, signed: Desk, handover_id: str) -> Response:
    """Keeps the reply without sending it."""

    def kept(form: FormData) -> None:
        text = text_field(form, "reply", longest=MAX_REPLY_CHARS)
        _claims(signed).keep_draft(signed.town.id, handover_id, signed.account.id, text)

    return await _changed(request, signed, handover_id, "draft", kept, "draft")


@router.post("/{handover_id}/send")
async def send(request: Request, signed: Desk, handover_id: str) -> Response:
    """Sends the reply by the town's way."""

    def sent(form: FormData) -> None:
        text = text_field(form, "reply", longest=MAX_REPLY_CHARS)
        if not text:
            raise InvalidInputError(console_catalog(AREA).text("one.text_required"))
        town, way = signed.town, reply_way(signed.town, signed.running.settings)
        if way is None:
            raise InvalidInputError(console_catalog(AREA).text("one.way_hand"))
        reply = _reply(signed, text, way.name)
        send_reply(signed.running.service.records.database, town.id, handover_id, town.name, reply, way)

    return await _changed(request, signed, handover_id, "send", sent, "sent")


@router.post("/{handover_id}/close")
async def close(request: Request, signed: Desk, handover_id: str) -> Response:
    """Settles it without a reply from here, for example after a call."""

    def closed(_: FormData) -> None:
        _claims(signed).claim(signed.town.id, handover_id, signed.account.id, signed.account.display_name)
        store = HandoverStore(signed.running.service.records.database)
        store.settle(signed.town.id, handover_id, _reply(signed, None, BY_HAND))

    return await _changed(request, signed, handover_id, "close", closed, "closed")


async def _changed(
    request: Request, signed: Signed, handover_id: str, action: str, change: Callable[[FormData], None], done: str
) -> Response:
    """Checks the form, makes the change, notes it; what goes wrong shows the page again with what was typed."""
    form = await posted(request, signed)
    try:
        await run_in_threadpool(change, form)
    except AmtslotseError as error:
        return await run_in_threadpool(_page, request, signed, handover_id, error, form)
    await run_in_threadpool(signed.audit, f"handover.{action}", handover_id)
    return redirect(f"/console/{signed.town.id}/handovers/{handover_id}", done)


def _page(
    request: Request,
    signed: Signed,
    handover_id: str,
    error: AmtslotseError | None = None,
    form: FormData | None = None,
) -> Response:
    kept = HandoverStore(signed.running.service.records.database).get(signed.town.id, handover_id)
    days = timedelta(days=signed.running.settings.handover_retention_days)
    typed = form.get("reply") if form is not None else None
    return render(
        request,
        signed,
        AREA,
        "console/handovers/handover.html",
        error=error,
        error_field="reply",
        handover=kept,
        is_mail=is_mail_address(kept.contact),
        mine=kept.account_id == signed.account.id,
        typed=typed if isinstance(typed, str) else "",
        draft=typed if isinstance(typed, str) else kept.reply or "",
        given=answer_of(signed.running.service.records, kept),
        kept_until=(kept.at + days).astimezone(signed.town.zone).strftime("%d.%m.%Y"),
        language_label=language_label,
        **_way(signed, kept.contact),
    )


def _way(signed: Signed, contact: str) -> dict[str, Any]:
    """Whether and how a reply can be sent to that contact: `way` is None when it cannot, and `way_says` why."""
    say = console_catalog(AREA).text
    try:
        way: ReplyWay | None = reply_way(signed.town, signed.running.settings)
    except ConfigurationError as error:
        return {"way": None, "way_says": say("one.way_broken", message=error.message)}
    if way is None:
        return {"way": None, "way_says": say("one.way_hand")}
    if not way.reaches(contact):
        return {"way": None, "way_says": say("one.way_unreachable")}
    return {"way": way, "way_says": say(f"one.way_{way.name}", target=way.target)}


def _claims(signed: Signed) -> Claims:
    return Claims(signed.running.service.records.database)


def _reply(signed: Signed, text: str | None, way: str) -> Reply:
    return Reply(
        at=signed.running.clock(),
        account_id=signed.account.id,
        account_name=signed.account.display_name,
        text=text,
        way=way,
    )
