"""Decisions about generations: roll back, approve."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.console.access import Editor, text_field
from app.console.editor_form import EditorForm
from app.console.generations.shown import generations_page, shown_generation, shown_generations
from app.console.page import redirect
from app.errors import ForbiddenError, InvalidInputError
from app.wording.console import console_catalog

router = APIRouter()


@router.get("/{tenant}/generations/{generation_id}/rollback")
def ask(request: Request, signed: Editor, generation_id: str) -> HTMLResponse:
    """Asks before the live generation is another one."""
    shown = shown_generation(signed, generation_id)
    live = next((each.manifest for each in shown_generations(signed) if each.live), None)
    if not shown.can_return:
        raise InvalidInputError(console_catalog("generations").text("rollback.not_possible"))
    return generations_page(request, signed, "console/generations_rollback.html", manifest=shown.manifest, live=live)


@router.post("/{tenant}/generations/{generation_id}/rollback")
def rolled_back(signed: Editor, posted: EditorForm, generation_id: str) -> Response:
    """Makes that generation the live one, at once and without a restart."""
    from ingest.rollback import rollback

    if not shown_generation(signed, generation_id).can_return:
        raise InvalidInputError(console_catalog("generations").text("rollback.not_possible"))
    reason = text_field(posted, "reason", longest=500)
    before = signed.running.service.generations.active_id(signed.town.id)
    name = signed.account.display_name
    rollback(signed.running.settings.data_dir, signed.town.id, generation_id, name, reason or None)
    signed.audit("generation.rollback", generation_id, replaces=before, reason=reason)
    return redirect(f"/console/{signed.town.id}/generations", "rolled_back")


@router.post("/{tenant}/generations/{generation_id}/approve")
def approved(signed: Editor, posted: EditorForm, generation_id: str) -> Response:
    """Activates a generation that another person published."""
    from ingest.approval import approve

    shown, say = shown_generation(signed, generation_id), console_catalog("generations").text
    if not shown.waits:
        raise InvalidInputError(say("approve.not_waiting"))
    if shown.is_own:
        raise ForbiddenError(say("approve.own"))
    approve(signed.running.settings.data_dir, signed.town.id, generation_id, signed.account.display_name)
    signed.audit("generation.approve", generation_id, author=shown.manifest.created_by)
    return redirect(f"/console/{signed.town.id}/generations", "approved")
