"""What visitors of a trial's link see: both answers in no telling order, and a vote. No account, no cookie."""

import secrets

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State
from starlette.exceptions import HTTPException

from app.answering.compose import disclosure
from app.answering.personal_data import mask_personal_data
from app.api.dependencies import Running, RunningDep
from app.api.rate_limits import RateLimitsDep
from app.api.same_origin import checked_origin
from app.console.access import text_field
from app.console.page import templates
from app.console.trials.differences import compared
from app.console.trials.shared import trial_room
from app.console.trials.votes import LONGEST_COMMENT
from app.errors import AmtslotseError, InvalidInputError, NotReadyError
from app.tenants.tenant import Tenant
from app.trials.repository import TrialRepository
from app.trials.trial import BlindChoice, Trial, TrialAnswer
from app.wording.catalog import Catalog, catalog
from app.wording.console import console_catalog

LANGUAGES = ("de", "en")
_LONGEST_BALLOT = 64
_SAME_FORM_ON_THE_WAY_BACK = "private, no-cache"
"""Browsers show a page like this from memory when somebody goes back, so its ballot is the same and counts once."""

router = APIRouter()


def create_visitors(state: State) -> FastAPI:
    """The application below /trial, with error pages of its own. `state` is the service's own."""
    app = FastAPI(title="Amtslotse: trials", openapi_url=None, docs_url=None, redoc_url=None)
    app.state = state
    app.add_exception_handler(AmtslotseError, _known)
    app.add_exception_handler(RequestValidationError, _other)
    app.add_exception_handler(HTTPException, _other)
    app.include_router(router)
    return app


@router.get("/{token}")
def start(request: Request, running: RunningDep, token: str) -> Response:
    """What this is, and the questions."""
    trial, town = _open(running, token)
    questions = TrialRepository(running.service.records.database).answers(trial, with_visitors=False)
    return _page(request, token, town, "start", trial=trial, questions=questions)


@router.get("/{token}/questions/{answer_id}")
def question(request: Request, running: RunningDep, token: str, answer_id: str) -> Response:
    """Both answers to a question in an order that says nothing, and the vote."""
    trial, town = _open(running, token)
    response = _question(request, running, token, trial, town, answer_id, secrets.token_urlsafe(16))
    response.headers["Cache-Control"] = _SAME_FORM_ON_THE_WAY_BACK
    return response


@router.post("/{token}/questions/{answer_id}")
async def vote(request: Request, running: RunningDep, limits: RateLimitsDep, token: str, answer_id: str) -> Response:
    """Keeps a vote and leads to the next question."""
    checked_origin(request)
    limits.call(_address(request))
    form = await request.form(max_fields=20)
    trial, town = await run_in_threadpool(_open, running, token)
    kept = TrialRepository(running.service.records.database)
    answer = await run_in_threadpool(kept.answer, trial, answer_id)
    given, ballot = form.get("choice"), text_field(form, "ballot", longest=_LONGEST_BALLOT)
    try:
        choice = BlindChoice(given if isinstance(given, str) else "").revealed(answer)
    except ValueError:
        error = InvalidInputError(_wording(request).text("choose"))
        return await run_in_threadpool(_question, request, running, token, trial, town, answer_id, ballot, error)
    comment = mask_personal_data(text_field(form, "comment", longest=LONGEST_COMMENT), town).text
    await run_in_threadpool(kept.vote, answer, trial.tenant, choice, comment, running.clock(), None, ballot)
    order = [each.id for each in await run_in_threadpool(_listed, kept, trial)]
    place = order.index(answer_id) + 1 if answer_id in order else len(order)
    path = f"/trial/{token}/questions/{order[place]}" if place < len(order) else f"/trial/{token}/thanks"
    return RedirectResponse(f"{path}?language={_wording(request).language}&voted=1", 303)


@router.get("/{token}/thanks")
def thanks(request: Request, running: RunningDep, token: str) -> Response:
    """After the last question."""
    trial, town = _open(running, token)
    return _page(request, token, town, "thanks", trial=trial)


@router.post("/{token}/questions")
async def ask(request: Request, running: RunningDep, limits: RateLimitsDep, token: str) -> Response:
    """Asks both sides a question of the visitor's own, where the trial allows it."""
    checked_origin(request)
    form = await request.form(max_fields=20)
    trial, town = await run_in_threadpool(_open, running, token)
    limits.question(_address(request), town.id, None, _wording(request).language)
    text = text_field(form, "question")
    if not trial.visitors_may_ask:
        raise InvalidInputError(_wording(request).text("no_questions"))
    now = running.clock()
    room, switches = trial_room(request.app.state, running), running.service.switches(town.id, now)
    try:
        answer = await run_in_threadpool(lambda: room.ask(trial, text, now, by_visitor=True, switches=switches))
    except AmtslotseError as error:
        listed = await run_in_threadpool(_listed, TrialRepository(running.service.records.database), trial)
        return _page(request, token, town, "start", error, trial=trial, questions=listed, text=text)
    return RedirectResponse(f"/trial/{token}/questions/{answer.id}?language={_wording(request).language}", 303)


def _question(
    request: Request,
    running: Running,
    token: str,
    trial: Trial,
    town: Tenant,
    answer_id: str,
    ballot: str,
    error: AmtslotseError | None = None,
) -> Response:
    kept = TrialRepository(running.service.records.database)
    comparison = compared(kept.answer(trial, answer_id))
    order = [each.id for each in _listed(kept, trial)]
    place = order.index(answer_id) + 1 if answer_id in order else None
    return _page(
        request, token, town, "question", error, comparison=comparison, place=place, count=len(order),
        choices=tuple(BlindChoice), ballot=ballot,
    )  # fmt: skip


def _listed(kept: TrialRepository, trial: Trial) -> tuple[TrialAnswer, ...]:
    return kept.answers(trial, with_visitors=False)


def _open(running: Running, token: str) -> tuple[Trial, Tenant]:
    """The trial and its town.

    Raises:
        NotFoundError: no such link, or it has ended.
        NotReadyError: the town has paused its bot, and with it what citizens are shown of it.
    """
    now = running.clock()
    trial = TrialRepository(running.service.records.database).by_token(token, now)
    town = running.service.generations.active(trial.tenant).tenant
    if running.service.switches(town.id, now).bot_paused:
        raise NotReadyError("Der Chatbot ist gerade angehalten. Bitte kommen Sie später wieder.")
    return trial, town


def _wording(request: Request) -> Catalog:
    language = request.query_params.get("language", LANGUAGES[0])
    return console_catalog("visitors", language if language in LANGUAGES else LANGUAGES[0])


def _address(request: Request) -> str | None:
    return request.client.host if request.client else None


def _page(
    request: Request, token: str, town: Tenant | None, name: str, error: AmtslotseError | None = None, **context: object
) -> Response:
    wording = _wording(request)
    shown = {
        "say": wording.text,
        "language": wording.language,
        "languages": [(code, console_catalog("visitors", code)) for code in LANGUAGES],
        "token": token,
        "town": town,
        "disclosure": disclosure(town, catalog(wording.language)) if town else "",
        "home": f"/trial/{token}?language={wording.language}",
        "error": error,
        **context,
    }
    status = 200 if error is None else error.http_status
    response = templates().TemplateResponse(request, f"console/visitors/{name}.html", shown, status_code=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


async def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, AmtslotseError)
    return _problem(request, error.http_status, error.message)


async def _other(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 422
    return _problem(request, status, _wording(request).text("missing"))


def _problem(request: Request, status_code: int, message: str) -> Response:
    response = _page(request, "", None, "error", message=message)
    response.status_code = status_code
    return response
