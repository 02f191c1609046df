"""The page of a background job: progress while it runs, then what came out of it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.console import jobs
from app.console.access import Editor
from app.console.editor_form import EditorForm
from app.console.generations.shown import generations_page, shown_generations, why_refused
from app.console.jobs import JobKind
from app.console.page import redirect
from app.index.manifest import EvaluationEntry

router = APIRouter()
STEPS = ("passages", "sentences", "names", "gold questions", "gold questions, active generation")
"""Steps of the command that have a wording."""


@router.get("/{tenant}/jobs/{job_id}")
def job(request: Request, signed: Editor, job_id: str, part: str = "") -> HTMLResponse:
    """The page; with `part=progress` only what changes, for the script."""
    found = jobs.find(signed.running.settings, signed.town.id, job_id)
    template = "generations_job_part.html" if part == "progress" else "generations_job.html"
    return _page(request, signed, found, f"console/{template}")


@router.post("/{tenant}/jobs/{job_id}/cancel")
def cancel(signed: Editor, posted: EditorForm, job_id: str) -> Response:
    """Stops it; nothing is published."""
    jobs.cancel(signed.running.settings, signed.town.id, job_id)
    signed.audit("job.cancel", job_id)
    return redirect(f"/console/{signed.town.id}/jobs/{job_id}")


def _page(request: Request, signed: Editor, found: jobs.Job, template: str) -> HTMLResponse:
    from ingest.diff_html import FIELD_NAMES, KINDS, OUTCOMES, VERDICTS

    result = found.result() if found.record.kind is JobKind.EFFECT else None
    gold = (result or {}).get("gold") or {}
    asked = EvaluationEntry.model_validate(gold["asked"]) if "asked" in gold else None
    questions = gold.get("questions_by_text", {})
    made = next((each for each in shown_generations(signed) if each.manifest.id == found.generation), None)
    evaluation = made.manifest.evaluation if made else asked
    response = generations_page(
        request,
        signed,
        template,
        job=found,
        steps=STEPS,
        made=made,
        refused=tuple(why_refused(evaluation, signed.town.publishing)) if evaluation else (),
        result=result,
        asked=asked,
        uncovered=[text for text in (result or {}).get("documents", ()) if questions.get(text["id"]) == 0],
        field_names=FIELD_NAMES,
        kinds=KINDS,
        outcomes=OUTCOMES,
        verdicts=VERDICTS,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
