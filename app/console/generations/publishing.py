"""Publishing: what would change, the reasons that are needed, and the background job."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from app.console import jobs
from app.console.access import Editor, Signed, text_field
from app.console.editor_form import EditorForm
from app.console.generations.plan import Plan, plan_of
from app.console.generations.shown import generations_page
from app.console.jobs import JobKind
from app.console.page import redirect
from app.console.texts.shown import shown_findings
from app.errors import AmtslotseError, InvalidInputError
from app.wording.console import console_catalog

router = APIRouter()
REASONS = ("accept-warnings", "allow-shrink", "accept-regressions", "skip-gold")
"""Options of `knowledge publish` that want a reason."""


@router.get("/{tenant}/generations/publish")
def ask(request: Request, signed: Editor) -> HTMLResponse:
    """What would change, and the form."""
    return _page(request, signed)


@router.post("/{tenant}/generations/publish")
def publish(request: Request, signed: Editor, posted: EditorForm) -> Response:
    """Starts what the pressed button asks for: publishing, the effect on gold answers, or a draft generation."""
    action = text_field(posted, "action", longest=20)
    kind = JobKind(action) if action in set(JobKind) else JobKind.EFFECT
    options = _publish_options(posted) if kind is JobKind.PUBLISH else []
    if kind is JobKind.EFFECT and posted.get("with-model"):
        options = ["--with-model"]
    try:
        if kind is JobKind.PUBLISH:
            _refuse_unfit(plan_of(signed), options)
        job = jobs.start(signed.running.settings, signed.town.id, kind, signed.account.display_name, options)
    except AmtslotseError as error:
        return _page(request, signed, error=error, given={name: text_field(posted, name) for name in REASONS})
    signed.audit(f"job.{kind.value}", job.id, options=list(options))
    return redirect(f"/console/{signed.town.id}/jobs/{job.id}")


def _publish_options(posted: FormData) -> list[str]:
    options: list[str] = []
    for name in REASONS:
        if reason := text_field(posted, name, longest=500):
            options += [f"--{name}", reason]
    return options


def _refuse_unfit(plan: Plan, options: Sequence[str]) -> None:
    """What the command would refuse after a minute is said at once. Raises InvalidInputError."""
    say = console_catalog("generations").text
    if not plan.possible:
        raise InvalidInputError(say("publish.has_errors", count=len(plan.broken) + len(plan.other_errors)))
    for name in plan.needed:
        if f"--{name}" not in options:
            raise InvalidInputError(say(f"publish.needs.{name}"))


def _page(request: Request, signed: Signed, **more: object) -> HTMLResponse:
    plan = plan_of(signed, patient=False)
    return generations_page(
        request,
        signed,
        "console/generations_publish.html",
        plan=plan,
        other_errors=[(each.file, shown_findings([each])[0]) for each in plan.other_errors],
        checks_say=console_catalog("checks").text,
        four_eyes=signed.town.publishing.four_eyes,
        running=jobs.running_job(signed.running.settings),
        **{"given": {}, **more},
    )
