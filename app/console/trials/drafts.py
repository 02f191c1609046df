"""Drafts for the trial room: a generation of the texts as they are saved, built in the background."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.console import jobs
from app.console.access import Editor, Signed
from app.console.editor_form import EditorForm
from app.console.generations.plan import plan_of
from app.console.jobs import JobKind, JobState
from app.console.page import redirect, render
from app.console.trials.setups import drafts_of
from app.console.trials.view import AREA
from app.errors import AmtslotseError, InvalidInputError, NotFoundError
from app.wording.console import console_catalog

router = APIRouter()
_STEPS = ("passages", "sentences", "names")
"""Steps of `knowledge draft` that have a wording."""


@router.get("/drafts")
def overview(request: Request, signed: Editor) -> HTMLResponse:
    """What is saved and not live, the drafts that are there, and the button that builds one."""
    return _overview(request, signed)


@router.post("/drafts")
def build(request: Request, signed: Editor, posted: EditorForm) -> Response:
    """Starts building a draft generation of what is saved now."""
    try:
        plan, say = plan_of(signed), console_catalog(AREA).text
        if not plan.possible:
            raise InvalidInputError(say("drafts.has_errors"))
        if plan.empty:
            raise InvalidInputError(say("drafts.nothing"))
        job = jobs.start(signed.running.settings, signed.town.id, JobKind.DRAFT, signed.account.display_name)
    except AmtslotseError as error:
        return _overview(request, signed, error)
    signed.audit("job.draft", job.id)
    return redirect(_path(signed, job.id))


@router.get("/drafts/{job_id}")
def progress(request: Request, signed: Editor, job_id: str, part: str = "") -> HTMLResponse:
    """How far it is, then what came out; with `part=progress` only what changes, for the script."""
    job = jobs.find(signed.running.settings, signed.town.id, job_id)
    if job.record.kind is not JobKind.DRAFT:
        raise NotFoundError(console_catalog(AREA).text("drafts.no_job"))
    built = next((draft for draft in drafts_of(signed) if draft.id == job.generation), None)
    template = "_draft_progress.html" if part == "progress" else "draft.html"
    response = render(
        request, signed, AREA, f"console/trials/{template}", job=job, steps=_STEPS,
        built=built if job.state is JobState.DONE else None,
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


@router.post("/drafts/{job_id}/cancel")
def cancel(signed: Editor, posted: EditorForm, job_id: str) -> Response:
    """Stops it; what was half built goes with the next one."""
    jobs.cancel(signed.running.settings, signed.town.id, job_id)
    signed.audit("job.cancel", job_id)
    return redirect(_path(signed, job_id))


def _overview(request: Request, signed: Signed, error: AmtslotseError | None = None) -> HTMLResponse:
    return render(
        request, signed, AREA, "console/trials/drafts.html", error=error, plan=plan_of(signed, patient=False),
        drafts=drafts_of(signed), running=jobs.running_job(signed.running.settings),
    )  # fmt: skip


def _path(signed: Signed, job_id: str) -> str:
    return f"/console/{signed.town.id}/trials/drafts/{job_id}"
