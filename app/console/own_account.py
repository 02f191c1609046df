"""One's own account: change the password, see where one is signed in, end other sessions."""

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from app.accounts.repository import AccountRepository
from app.accounts.sessions import SessionRepository
from app.api.rate_limits import RateLimitsDep
from app.console.access import Signed, SignedIn, posted, session_token
from app.console.page import redirect, render
from app.console.sign_in import with_session, without_session
from app.console.sign_in_state import SignInStateDep
from app.console.towns import town_names
from app.console.user_forms import new_password
from app.errors import AmtslotseError, ForbiddenError
from app.wording.console import console_catalog

router = APIRouter()
_PATH = "/console/account"


@router.get("/account")
def account(request: Request, signed: SignedIn) -> HTMLResponse:
    """Who one is here."""
    return _page(request, signed)


@router.post("/account/password")
async def change_password(request: Request, signed: SignedIn, limits: RateLimitsDep, state: SignInStateDep) -> Response:
    """Changes the password; all sessions end, and this browser gets a new one."""
    form = await posted(request, signed)
    database, now = signed.running.service.records.database, signed.running.clock()
    accounts, mine = AccountRepository(database), signed.account
    who, place = limits.name(mine.name), limits.place(request.client.host if request.client else None)
    try:
        password = new_password(form)
        state.attempts.begin(who, place, now)
        known = await to_thread.run_sync(
            accounts.with_password, mine.name, str(form.get("current", "")), limiter=state.hashing
        )
        if known is None:
            raise ForbiddenError(console_catalog("account").text("wrong"))
        state.attempts.succeeded(who, place)
        await to_thread.run_sync(accounts.set_password, mine.id, password, limiter=state.hashing)
    except AmtslotseError as error:
        return await run_in_threadpool(_page, request, signed, error)
    await run_in_threadpool(signed.audit, "account.password", mine.name)
    token = await run_in_threadpool(SessionRepository(database).begin, mine, now)
    return with_session(request, redirect(_PATH, "password"), token)


@router.post("/account/sessions")
async def end_sessions(request: Request, signed: SignedIn) -> Response:
    """Ends all other sessions, or with `everywhere` this one as well."""
    form = await posted(request, signed)
    everywhere = form.get("everywhere") == "1"
    sessions = SessionRepository(signed.running.service.records.database)
    but = None if everywhere else session_token(request)
    ended = await run_in_threadpool(sessions.end_all, signed.account.id, but)
    await run_in_threadpool(lambda: signed.audit("account.sign_out", signed.account.name, sessions=ended))
    return without_session(request, "everywhere") if everywhere else redirect(_PATH, "sessions")


def _page(request: Request, signed: Signed, error: AmtslotseError | None = None) -> HTMLResponse:
    sessions = SessionRepository(signed.running.service.records.database)
    shown = sessions.of(signed.account.id, signed.running.clock(), session_token(request))
    names = town_names(signed.running.service.generations)
    held = sorted((names.get(town, town), role) for town, role in signed.account.roles)
    return render(request, signed, "account", "console/account.html", sessions=shown, held=held, error=error)
