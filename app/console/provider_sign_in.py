"""Signing in at the town's own provider (OpenID Connect): there and back."""

import hmac

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from app.accounts.audit import AuditLog
from app.accounts.provider import Flow, IdentityProvider
from app.accounts.vouched import vouched_account
from app.api.dependencies import Running, RunningDep
from app.api.rate_limits import RateLimitsDep
from app.console.access import cookie_name
from app.console.sign_in import begin_session, page_inside, sign_in_page
from app.console.sign_in_state import FLOW_S, SignInState, SignInStateDep
from app.errors import AmtslotseError, ForbiddenError, NotFoundError
from app.wording.console import console_catalog

router = APIRouter(prefix="/sign-in/provider")
_COOKIE = "amtslotse_sign_in"
_PATH = "/console/sign-in/provider"


@router.get("")
async def start(request: Request, running: RunningDep, state: SignInStateDep, back: str = "") -> Response:
    """To the provider's own page."""
    now = running.clock()
    flow = Flow.new(f"{request.url.scheme}://{request.url.netloc}{_PATH}/return", page_inside(back[:2_000]))
    try:
        address = await _provider(state).address(flow, now)
    except AmtslotseError as error:
        return sign_in_page(request, back, error=error)
    response = RedirectResponse(address, 303)
    response.set_cookie(
        cookie_name(request, _COOKIE),
        state.sealed(flow, now),
        max_age=FLOW_S,
        path=_PATH,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return response


@router.get("/return")
async def finish(request: Request, running: RunningDep, limits: RateLimitsDep, state: SignInStateDep) -> Response:
    """Back from the provider: starts a session for whomever it vouches for."""
    now = running.clock()
    place = limits.place(request.client.host if request.client else None)
    flow = state.opened(request.cookies.get(cookie_name(request, _COOKIE), ""), now)
    try:
        state.attempts.begin(None, place, now)
        flow, code = _answer(request, flow)
        identity = await _provider(state).identity(flow, code, now)
        account = await run_in_threadpool(vouched_account, running.service.records.database, identity, now)
    except AmtslotseError as error:
        await run_in_threadpool(_note_failure, running)
        response: Response = sign_in_page(request, flow.back if flow else "", error=error)
    else:
        state.attempts.succeeded(None, place)
        response = await begin_session(request, running, account, flow.back)
    response.delete_cookie(cookie_name(request, _COOKIE), path=_PATH)
    return response


def _answer(request: Request, flow: Flow | None) -> tuple[Flow, str]:
    """The sign-in that this answers, and its code. Raises ForbiddenError."""
    wording, query = console_catalog("sign_in"), request.query_params
    if flow is None or not hmac.compare_digest(query.get("state", "").encode(), flow.state.encode()):
        raise ForbiddenError(wording.text("other_flow"))
    if "error" in query or not query.get("code"):
        raise ForbiddenError(wording.text("provider_refused"))
    return flow, query["code"]


def _provider(state: SignInState) -> IdentityProvider:
    if state.provider is None:
        raise NotFoundError(console_catalog("sign_in").text("no_provider"))
    return state.provider


def _note_failure(running: Running) -> None:
    AuditLog(running.service.records.database).write(None, None, "session.refused", "?", running.clock(), by="")
