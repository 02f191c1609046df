"""The trial room's pages for staff: trials, set-ups, questions, lists."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from app.console.access import Editor, Signed, Staff, posted, text_field
from app.console.page import redirect, render
from app.console.trials import drafts, links, votes
from app.console.trials.differences import compared
from app.console.trials.questions import gold_sample, listed
from app.console.trials.setups import Choices, choices, setup_from
from app.console.trials.shared import trial_room
from app.console.trials.view import AREA, built_at, show_trial, trials_of
from app.errors import AmtslotseError, InvalidInputError
from app.trials.setup import SetUp
from app.trials.trial import Tally, Trial

router = APIRouter(prefix="/{tenant}/trials")
router.include_router(drafts.router)  # fixed addresses before those with an id
router.include_router(links.router)
router.include_router(votes.router)


@router.get("")
def overview(request: Request, signed: Staff) -> Response:
    """All trials of the town."""
    return render(
        request, signed, AREA, "console/trials/overview.html", trials=trials_of(signed).all(signed.town.id),
        now=signed.running.clock(), built_at=built_at, retention_days=signed.running.settings.record_retention_days,
    )  # fmt: skip


@router.get("/new")
def form(request: Request, signed: Editor, right: str = "") -> Response:
    """The form for a new trial, with the generation `right` chosen when there is one of that id."""
    offered = choices(signed)
    known = right if any(manifest.id == right for manifest in offered.generations) else None
    return _form(request, signed, "", SetUp(), SetUp(generation=known), offered=offered)


@router.post("/new")
async def create(request: Request, signed: Editor) -> Response:
    """Makes a trial, or shows the form again with what is wrong."""
    fields = await posted(request, signed)
    name = text_field(fields, "name", longest=120)
    offered = await run_in_threadpool(choices, signed)
    left = right = SetUp()
    try:
        left, right = setup_from(fields, "left", offered), setup_from(fields, "right", offered)
        if not name:
            raise InvalidInputError("Geben Sie dem Versuch einen Namen.")
        room = trial_room(request.app.state, signed.running)
        for setup in (left, right):
            await run_in_threadpool(room.check, signed.town.id, setup)
    except AmtslotseError as error:
        return await run_in_threadpool(_form, request, signed, name, left, right, error)
    trial = await run_in_threadpool(
        trials_of(signed).create, signed.town.id, name, left, right, signed.account.name, signed.running.clock()
    )
    await run_in_threadpool(signed.audit, "trial.create", trial.id, name=name)
    return redirect(_path(signed, trial), "created")


@router.get("/{trial_id}")
def show(request: Request, signed: Staff, trial_id: str) -> Response:
    """A trial: its set-ups, what was asked, what was voted."""
    return show_trial(request, signed, trials_of(signed).get(signed.town.id, trial_id))


@router.post("/{trial_id}/questions")
async def ask(request: Request, signed: Staff, trial_id: str) -> Response:
    """Asks both sides one question."""
    fields = await posted(request, signed)
    trial = await run_in_threadpool(trials_of(signed).get, signed.town.id, trial_id)
    text = text_field(fields, "question")
    room = trial_room(request.app.state, signed.running)
    try:
        answer = await run_in_threadpool(room.ask, trial, text, signed.running.clock())
    except AmtslotseError as error:
        return await run_in_threadpool(show_trial, request, signed, trial, error, "", text)
    await run_in_threadpool(signed.audit, "trial.ask", trial.id, answer=answer.id)
    return redirect(f"{_path(signed, trial)}/questions/{answer.id}")


@router.get("/{trial_id}/questions/{answer_id}")
def question(request: Request, signed: Staff, trial_id: str, answer_id: str) -> Response:
    """Both answers to a question, side by side."""
    kept = trials_of(signed)
    trial = kept.get(signed.town.id, trial_id)
    comparison = compared(kept.answer(trial, answer_id))
    given = [vote for vote in kept.votes(trial) if vote.answer_id == answer_id]
    mine = next((vote for vote in given if vote.account_name == signed.account.name), None)
    order = [answer.id for answer in kept.answers(trial, with_visitors=True)]
    place = order.index(answer_id)
    return render(
        request, signed, AREA, "console/trials/question.html", trial=trial, comparison=comparison, mine=mine,
        tally=Tally.of(given), place=place + 1, count=len(order), after=[*order[place + 1 :], None][0],
        before=order[place - 1] if place else None, comments=[vote.comment for vote in given if vote.comment],
    )  # fmt: skip


@router.post("/{trial_id}/list")
async def ask_list(request: Request, signed: Editor, trial_id: str) -> Response:
    """Starts a list of questions: pasted ones, or some of the town's gold questions."""
    fields = await posted(request, signed)
    trial = await run_in_threadpool(trials_of(signed).get, signed.town.id, trial_id)
    text = text_field(fields, "questions", longest=60_000)
    try:
        if fields.get("source") == "gold":
            questions = await run_in_threadpool(gold_sample, signed.running.settings, signed.town)
        else:
            questions = listed(text)
        trial_room(request.app.state, signed.running).start_list(trial, questions, signed.running.clock())
    except AmtslotseError as error:
        return await run_in_threadpool(show_trial, request, signed, trial, error)
    await run_in_threadpool(signed.audit, "trial.list", trial.id, questions=len(questions))
    return redirect(_path(signed, trial), "list_started")


@router.get("/{trial_id}/progress")
def progress(request: Request, signed: Staff, trial_id: str) -> Response:
    """How far the list is, as the part of the page that its script replaces."""
    trial = trials_of(signed).get(signed.town.id, trial_id)
    going = trial_room(request.app.state, signed.running).progress(trial)
    return render(request, signed, AREA, "console/trials/_progress.html", trial=trial, progress=going)


@router.post("/{trial_id}/list/stop")
async def stop_list(request: Request, signed: Editor, trial_id: str) -> Response:
    """Ends a list after the question that is being asked."""
    await posted(request, signed)
    trial = await run_in_threadpool(trials_of(signed).get, signed.town.id, trial_id)
    trial_room(request.app.state, signed.running).stop_list(trial)
    return redirect(_path(signed, trial), "list_stopped")


@router.post("/{trial_id}/delete")
async def delete(request: Request, signed: Editor, trial_id: str) -> Response:
    """Removes a trial with everything in it."""
    await posted(request, signed)
    trial = await run_in_threadpool(trials_of(signed).get, signed.town.id, trial_id)
    trial_room(request.app.state, signed.running).stop_list(trial)
    await run_in_threadpool(trials_of(signed).delete, trial.tenant, trial.id)
    await run_in_threadpool(signed.audit, "trial.delete", trial.id, name=trial.name)
    return redirect(f"/console/{signed.town.id}/trials", "deleted")


def _form(
    request: Request,
    signed: Signed,
    name: str,
    left: SetUp,
    right: SetUp,
    error: AmtslotseError | None = None,
    offered: Choices | None = None,
) -> Response:
    return render(
        request, signed, AREA, "console/trials/new.html", name=name, setups={"left": left, "right": right},
        offered=offered or choices(signed), error=error,
    )  # fmt: skip


def _path(signed: Signed, trial: Trial) -> str:
    return f"/console/{signed.town.id}/trials/{trial.id}"
