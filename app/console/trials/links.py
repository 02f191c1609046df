"""The link of a trial: made, shown once, and ended."""

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from app.console.access import Editor, posted, text_field
from app.console.page import redirect
from app.console.trials.view import LONGEST_DAYS, show_trial, trials_of
from app.errors import AmtslotseError, InvalidInputError

router = APIRouter()


@router.post("/{trial_id}/link")
async def share(request: Request, signed: Editor, trial_id: str) -> Response:
    """Makes a link, and shows it this once: only its hash is kept. An earlier link ends."""
    fields = await posted(request, signed)
    kept = trials_of(signed)
    trial = await run_in_threadpool(kept.get, signed.town.id, trial_id)
    try:
        days = _days(text_field(fields, "days", longest=4))
    except AmtslotseError as error:
        return await run_in_threadpool(show_trial, request, signed, trial, error)
    expires = signed.running.clock() + timedelta(days=days)
    token = await run_in_threadpool(kept.share, trial, expires, fields.get("may_ask") == "1")
    await run_in_threadpool(signed.audit, "trial.share", trial.id, days=days)
    shared = await run_in_threadpool(kept.get, trial.tenant, trial.id)
    return await run_in_threadpool(show_trial, request, signed, shared, None, token)


@router.post("/{trial_id}/link/close")
async def close(request: Request, signed: Editor, trial_id: str) -> Response:
    """Ends the link; the votes stay."""
    await posted(request, signed)
    kept = trials_of(signed)
    trial = await run_in_threadpool(kept.get, signed.town.id, trial_id)
    await run_in_threadpool(kept.close, trial, signed.running.clock())
    await run_in_threadpool(signed.audit, "trial.close", trial.id)
    return redirect(f"/console/{signed.town.id}/trials/{trial.id}", "link_closed")


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LONGEST_DAYS:
        raise InvalidInputError(f"Der Link kann 1 bis {LONGEST_DAYS} Tage gelten. Geben Sie eine ganze Zahl an.")
    return int(text)
