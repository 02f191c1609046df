"""The generations of a town: list, one of them, its report, two compared."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.console import jobs
from app.console.access import Editor
from app.console.generations.comparing import compared
from app.console.generations.shown import (
    damaged,
    generations_page,
    publishing_events,
    report_of,
    shown_generation,
    shown_generations,
    why_refused,
)
from app.console.page import redirect

router = APIRouter()
_EVENTS = 30
"""Lines of the publishing log on the page."""
_REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
"""The report is one file with its own styles, and runs nothing."""


@router.get("/{tenant}/generations")
def generations(request: Request, signed: Editor) -> HTMLResponse:
    """All generations, jobs and the publishing log."""
    return generations_page(
        request,
        signed,
        "console/generations_list.html",
        generations=shown_generations(signed),
        damaged=damaged(signed),
        events=publishing_events(signed)[:_EVENTS],
        jobs=jobs.jobs(signed.running.settings, signed.town.id)[:10],
        running=jobs.running_job(signed.running.settings),
    )


@router.get("/{tenant}/generations/compare")
def compare(request: Request, signed: Editor, before: str = "", after: str = "") -> Response:
    """Two generations side by side, the older one first."""
    if not before or not after or before == after:
        return redirect(f"/console/{signed.town.id}/generations", "choose_two")
    older, newer = sorted((before, after))
    found = compared(signed, shown_generation(signed, older).manifest, shown_generation(signed, newer).manifest)
    return _with_changes(request, signed, "console/generations_compare.html", comparison=found)


@router.get("/{tenant}/generations/{generation_id}")
def generation(request: Request, signed: Editor, generation_id: str) -> HTMLResponse:
    """One generation: how it came about and what it holds."""
    from ingest.codes import info

    shown = shown_generation(signed, generation_id)
    manifest = shown.manifest
    found = manifest.evaluation
    return generations_page(
        request,
        signed,
        "console/generations_show.html",
        shown=shown,
        manifest=manifest,
        findings=sorted((info(code).title, count) for code, count in manifest.quality.items()),
        overridden=[(info(entry.code).title, entry) for entry in manifest.overridden],
        refused=tuple(why_refused(found, signed.town.publishing)) if found and shown.state == "refused" else (),
        events=[event for event in publishing_events(signed) if event.generation == generation_id],
    )


@router.get("/{tenant}/generations/{generation_id}/report")
def report(signed: Editor, generation_id: str) -> Response:
    """What the gold questions said, as publishing wrote it down."""
    page = report_of(signed, shown_generation(signed, generation_id).manifest)
    return HTMLResponse(page, headers={"Content-Security-Policy": _REPORT_POLICY})


def _with_changes(request: Request, signed: Editor, template: str, **shown: object) -> HTMLResponse:
    from ingest.diff_html import FIELD_NAMES
    from ingest.word_diff import shortened

    return generations_page(request, signed, template, shortened=shortened, field_names=FIELD_NAMES, **shown)
