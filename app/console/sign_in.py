"""Signing in with a local account, and signing out."""

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from app.accounts.account import Account
from app.accounts.audit import AuditLog
from app.accounts.repository import AccountRepository
from app.accounts.sessions import LONGEST, SessionRepository
from app.api.dependencies import Running, RunningDep
from app.api.rate_limits import RateLimitsDep
from app.api.same_origin import checked_origin
from app.console.access import COOKIE_PATH, SignedIn, cookie_name, posted, session_token, text_field
from app.console.page import page_below, redirect, render
from app.console.sign_in_state import SignInStateDep, sign_in_state
from app.errors import AmtslotseError, BusyError, ForbiddenError, NotFoundError, TooManyRequestsError
from app.wording.console import console_catalog

router = APIRouter()
_MOST_WAITING = 20
"""Sign-ins that wait for their password to be looked at; further ones are refused."""


@router.get("/sign-in")
def form(request: Request, back: str = "") -> HTMLResponse:
    """The sign-in form."""
    return sign_in_page(request, back)


@router.post("/sign-in")
async def sign_in(request: Request, running: RunningDep, limits: RateLimitsDep, state: SignInStateDep) -> Response:
    """Starts a session, or shows the form again without saying what of it was wrong."""
    checked_origin(request)
    fields = await request.form(max_fields=10)
    name, password = text_field(fields, "name", longest=200), str(fields.get("password", ""))
    back = text_field(fields, "back", longest=2_000)
    who, place = limits.name(name), limits.place(request.client.host if request.client else None)
    accounts = AccountRepository(running.service.records.database)
    try:
        if state.hashing.statistics().tasks_waiting >= _MOST_WAITING:
            raise BusyError(console_catalog("sign_in").text("busy"))
        state.attempts.begin(who, place, running.clock())
        account = await to_thread.run_sync(accounts.with_password, name, password, limiter=state.hashing)
        if account is None:
            await run_in_threadpool(_note_failure, running, name)
            raise ForbiddenError(console_catalog("sign_in").text("wrong"))
    except AmtslotseError as error:
        return sign_in_page(request, back, name, error)
    state.attempts.succeeded(who, place)
    return await begin_session(request, running, account, back)


@router.post("/sign-out")
async def sign_out(request: Request, signed: SignedIn) -> Response:
    """Ends the session."""
    await posted(request, signed)
    sessions = SessionRepository(signed.running.service.records.database)
    await run_in_threadpool(sessions.end, session_token(request) or "")
    await run_in_threadpool(signed.audit, "session.end", signed.account.name)
    return without_session(request, "signed_out")


def sign_in_page(request: Request, back: str, name: str = "", error: AmtslotseError | None = None) -> HTMLResponse:
    """The sign-in form, once more with what went wrong."""
    provider = sign_in_state(request).provider
    page = render(
        request, None, "sign_in", "console/sign_in.html",
        back=page_inside(back), name=name, error=error, provider=provider.label if provider else None,
    )  # fmt: skip
    if isinstance(error, BusyError | TooManyRequestsError):
        page.headers["Retry-After"] = str(error.retry_after_s)
    return page


async def begin_session(request: Request, running: Running, account: Account, back: str) -> Response:
    """Signs somebody in: a new session in place of any that the browser has, and on to the page `back`."""
    database, now = running.service.records.database, running.clock()
    token = await run_in_threadpool(SessionRepository(database).begin, account, now, session_token(request))
    await run_in_threadpool(AccountRepository(database).note_sign_in, account.id, now)
    await run_in_threadpool(AuditLog(database).write, account, None, "session.begin", account.name, now)
    return with_session(request, redirect(page_inside(back)), token)


def with_session(request: Request, response: Response, token: str) -> Response:
    """The response with the session's cookie."""
    response.set_cookie(
        cookie_name(request),
        token,
        max_age=int(LONGEST.total_seconds()),
        path=COOKIE_PATH,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return response


def without_session(request: Request, done: str) -> Response:
    """To the sign-in form, and the cookie is gone."""
    response = redirect("/console/sign-in", done)
    response.delete_cookie(
        cookie_name(request),
        path=COOKIE_PATH,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return response


def page_inside(back: str) -> str:
    """The page to return to, if it is one of the console; its home otherwise."""
    return page_below(back, COOKIE_PATH, f"{COOKIE_PATH}/")


def _note_failure(running: Running, name: str) -> None:
    """Whose name it was, if it is somebody's: what else people type there may be a password."""
    database = running.service.records.database
    try:
        subject = AccountRepository(database).by_name(name).name
    except NotFoundError:
        subject = "?"
    AuditLog(database).write(None, None, "session.refused", subject, running.clock(), by="")
