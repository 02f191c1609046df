"""The switches: pausing the bot or its language model, blocking topics, and who did that when."""

from datetime import UTC, datetime
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from app.answering.compose import pause_notice
from app.console.access import Admin, Desk, Signed, posted, text_field
from app.console.page import redirect, render
from app.console.switchable import targets
from app.errors import AmtslotseError, ForbiddenError, InvalidInputError
from app.switches.board import SwitchBoard
from app.switches.state import MOST_NOTICE_CHARS, Block, BlockKind, InForce, Order, Pausable, Pause, checked_words
from app.wording.catalog import catalog

router = APIRouter(prefix="/{tenant}/switches")

_AREA = "switches"
_EVENTS_SHOWN = 50
_NOTICE_LANGUAGES = ("de", "en")
_OrderT = TypeVar("_OrderT", bound=Order)


@router.get("")
def show(request: Request, signed: Desk) -> Response:
    """What is switched off now, the forms to change it, and the log."""
    return _page(request, signed)


@router.post("/pause")
async def pause(request: Request, signed: Desk) -> Response:
    """Pauses the bot after a second look at what that means, or the language model at once."""
    form = await posted(request, signed)
    try:
        what = _pausable(form)
        if what is not Pausable.BOT and not signed.may("admin"):
            raise ForbiddenError("Nur die Administration kann das Sprachmodell anhalten.")
        order = _order(Pause, form, signed, notice=_notice(form) if what is Pausable.BOT else {})
    except ForbiddenError:
        raise
    except AmtslotseError as error:
        return await run_in_threadpool(_page, request, signed, error, form)
    if what is Pausable.BOT and form.get("confirmed") != "1":
        now = InForce(bot_paused=True, notice=tuple(order.notice.items()))
        shown = pause_notice(now, signed.town, catalog("de"))
        return render(
            request, signed, _AREA, "console/switches/confirm.html", order=order, form=form, shown=shown,
            languages=_NOTICE_LANGUAGES,
        )  # fmt: skip
    await run_in_threadpool(_board(signed).pause, signed.town.id, what, order)
    await run_in_threadpool(signed.audit, "switches.pause", what.value, reason=order.reason)
    return redirect(_path(signed), f"paused_{what.value}")


@router.post("/resume")
async def resume(request: Request, signed: Admin) -> Response:
    """Ends a pause."""
    form = await posted(request, signed)
    try:
        what, order = _pausable(form), _order(Order, form, signed)
        await run_in_threadpool(_board(signed).resume, signed.town.id, what, order)
    except InvalidInputError as error:
        return await run_in_threadpool(_page, request, signed, error, form)
    await run_in_threadpool(signed.audit, "switches.resume", what.value, reason=order.reason)
    return redirect(_path(signed), f"resumed_{what.value}")


@router.post("/block")
async def block(request: Request, signed: Admin) -> Response:
    """Blocks a service, a text, or questions with certain words."""
    form = await posted(request, signed)
    try:
        kind, target = await run_in_threadpool(_target, form, signed)
        order = _order(Block, form, signed, kind=kind, target=target)
        await run_in_threadpool(_board(signed).block, signed.town.id, order)
    except InvalidInputError as error:
        return await run_in_threadpool(_page, request, signed, error, form)
    await run_in_threadpool(signed.audit, "switches.block", f"{kind.value} {target}", reason=order.reason)
    return redirect(_path(signed), "blocked")


@router.post("/unblock")
async def unblock(request: Request, signed: Admin) -> Response:
    """Ends a block."""
    form = await posted(request, signed)
    try:
        kind = BlockKind(text_field(form, "kind", longest=20))
        target = text_field(form, "target", longest=MOST_NOTICE_CHARS, required=True)
        order = _order(Block, form, signed, kind=kind, target=target)
        await run_in_threadpool(_board(signed).unblock, signed.town.id, order)
    except (InvalidInputError, ValueError) as broken:
        error = broken if isinstance(broken, InvalidInputError) else InvalidInputError("Diese Sperre gibt es nicht.")
        return await run_in_threadpool(_page, request, signed, error, form)
    await run_in_threadpool(signed.audit, "switches.unblock", f"{kind.value} {target}", reason=order.reason)
    return redirect(_path(signed), "unblocked")


@router.post("/restore")
async def restore(request: Request, signed: Admin) -> Response:
    """Writes a damaged state anew, as the log says."""
    form = await posted(request, signed)
    try:
        order = _order(Order, form, signed)
    except InvalidInputError as error:
        return await run_in_threadpool(_page, request, signed, error, form)
    await run_in_threadpool(_board(signed).restore, signed.town.id, order)
    await run_in_threadpool(signed.audit, "switches.restore", signed.town.id, reason=order.reason)
    return redirect(_path(signed), "restored")


def _page(
    request: Request, signed: Signed, error: AmtslotseError | None = None, form: FormData | None = None
) -> Response:
    board, town = _board(signed), signed.town.id
    faults = board.faults(town)
    try:
        now = board.switches(town).at(signed.running.clock())
        events = [line.event for line in board.events(town) if line.event is not None]
    except AmtslotseError:  # said among the faults
        now, events = None, []
    services, documents = targets(signed.running.service.generations.active(town))
    return render(
        request, signed, _AREA, "console/switches/switches.html", now=now, events=events[: -_EVENTS_SHOWN - 1 : -1],
        faults=faults, services=services, documents=documents, names=dict([*documents, *services]), error=error,
        form=form or {}, languages=_NOTICE_LANGUAGES, most_chars=MOST_NOTICE_CHARS,
        zone=signed.town.timezone,
    )  # fmt: skip


def _board(signed: Signed) -> SwitchBoard:
    return SwitchBoard(signed.running.settings.data_dir)


def _pausable(form: FormData) -> Pausable:
    try:
        return Pausable(text_field(form, "what", longest=20))
    except ValueError as error:
        raise InvalidInputError("Wählen Sie aus, was angehalten werden soll.") from error


def _target(form: FormData, signed: Signed) -> tuple[BlockKind, str]:
    """What to block: the field that is named like the chosen kind, or the only one that is filled.

    Raises InvalidInputError.
    """
    try:
        kind = BlockKind(text_field(form, "kind", longest=20))
    except ValueError as error:
        raise InvalidInputError("Wählen Sie aus, was gesperrt werden soll.") from error
    filled = [each for each in BlockKind if text_field(form, each.value, longest=MOST_NOTICE_CHARS)]
    if kind not in filled and len(filled) == 1:  # the only one that says what is meant
        kind = filled[0]
    target = text_field(form, kind.value, longest=MOST_NOTICE_CHARS)
    if kind is BlockKind.WORDS:
        try:
            return kind, checked_words(" ".join(target.split()))
        except ValueError as error:
            raise InvalidInputError("Jedes gesperrte Wort braucht mindestens drei Buchstaben.") from error
    services, documents = targets(signed.running.service.generations.active(signed.town.id))
    if target not in dict(services if kind is BlockKind.SERVICE else documents):
        raise InvalidInputError("Wählen Sie aus der Liste, was gesperrt werden soll.")
    return kind, target


def _order(model: type[_OrderT], form: FormData, signed: Signed, **fields: Any) -> _OrderT:
    """Who, why, and until when. Raises InvalidInputError."""
    now = signed.running.clock()
    common: dict[str, Any] = {
        "by": f"{signed.account.name} (Konsole)",
        "reason": " ".join(text_field(form, "reason", longest=MOST_NOTICE_CHARS).split()),
        "at": now,
        "until": _until(text_field(form, "until", longest=30), signed, now),
    }
    if not any(char.isalpha() for char in common["reason"]):
        raise InvalidInputError("Geben Sie einen Grund an; er steht im Protokoll.")
    try:
        return model(**common, **fields)
    except ValidationError as error:
        raise InvalidInputError(
            "Grund, Hinweis und Wörter brauchen mindestens einen Buchstaben und dürfen keine unsichtbaren Zeichen "
            "enthalten."
        ) from error


def _until(text: str, signed: Signed, now: datetime) -> datetime | None:
    """A moment as the browser's field gives it, in the town's time; None: until somebody ends it."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=signed.town.zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidInputError("„Bis wann“ ist kein Zeitpunkt. Schreiben Sie ihn wie 2026-12-01T18:00.") from error
    if moment <= now:
        raise InvalidInputError("„Bis wann“ liegt in der Vergangenheit. Wählen Sie einen späteren Zeitpunkt.")
    return moment


def _notice(form: FormData) -> dict[str, str]:
    """The town's own words by language; languages that are left empty keep the fixed wording."""
    words = {code: text_field(form, f"notice-{code}", longest=MOST_NOTICE_CHARS) for code in _NOTICE_LANGUAGES}
    return {code: " ".join(text.split()) for code, text in words.items() if text}


def _path(signed: Signed) -> str:
    return f"/console/{signed.town.id}/switches"
