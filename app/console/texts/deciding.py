"""Decisions about drafts and texts: approve, send back, discard, remove."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.console.access import Editor, text_field
from app.console.editor_form import EditorForm
from app.console.page import redirect
from app.console.texts.desk import TextsDesk
from app.console.texts.saving import approve
from app.console.texts.showing import needs_second_person
from app.console.texts.shown import texts_page
from app.errors import ForbiddenError, InvalidInputError, NotFoundError
from app.wording.console import console_catalog

router = APIRouter()


@router.post("/{tenant}/texts/{key}/approve")
def approved(signed: Editor, posted: EditorForm, key: str) -> Response:
    """The draft becomes the saved text."""
    desk = TextsDesk(signed)
    saved = approve(signed, desk, key, text_field(posted, "draft_base", longest=64))
    return redirect(f"/console/{signed.town.id}/texts/{saved}", "approved")


@router.post("/{tenant}/texts/{key}/send-back")
def sent_back(signed: Editor, posted: EditorForm, key: str) -> Response:
    """The draft goes back to its author, with what there is to do."""
    from ingest.text_drafts import DraftState

    desk = TextsDesk(signed)
    draft = desk.drafts.find(key)
    if draft is None or draft.state is not DraftState.IN_REVIEW:
        raise NotFoundError(console_catalog("texts").text("review.gone"))
    note = text_field(posted, "note", longest=1_000, required=True)
    told = console_catalog("texts").text("review.told", name=signed.account.display_name, note=note)
    back = draft.model_copy(update={"state": DraftState.DRAFT, "note": told})
    desk.drafts.save(back, text_field(posted, "draft_base", longest=64))
    signed.audit("text.send_back", key, author=draft.account)
    return redirect(f"/console/{signed.town.id}/texts/{key}", "sent_back")


@router.post("/{tenant}/texts/{key}/discard")
def discarded(signed: Editor, posted: EditorForm, key: str) -> Response:
    """The draft goes; the saved text stays."""
    desk = TextsDesk(signed)
    row = desk.row(key)
    desk.drafts.remove(key, text_field(posted, "draft_base", longest=64))
    signed.audit("text.discard", key)
    path = f"/console/{signed.town.id}/texts"
    return redirect(f"{path}/{key}" if row.document or row.file else path, "discarded")


@router.get("/{tenant}/texts/{key}/remove")
def remove(request: Request, signed: Editor, key: str) -> HTMLResponse:
    """Asks before a text is removed."""
    from ingest.text_store import digest_of

    desk = TextsDesk(signed, patient=False)
    row = desk.row(key)
    content = desk.store.read(row.file) if row.file else None
    if content is None:
        raise InvalidInputError(console_catalog("texts").text("remove.no_file"))
    return texts_page(request, signed, "console/texts_remove.html", row=row, base_digest=digest_of(content))


@router.post("/{tenant}/texts/{key}/remove")
def removed(signed: Editor, posted: EditorForm, key: str) -> Response:
    """Removes the file; its last version stays in the history, and citizens get it until the next publishing."""
    desk = TextsDesk(signed)
    row = desk.row(key)
    if needs_second_person(signed, desk) and not signed.may("admin"):
        raise ForbiddenError(console_catalog("texts").text("remove.needs_admin"))
    if row.file is None:
        raise InvalidInputError(console_catalog("texts").text("remove.no_file"))
    change = desk.store.remove(
        row.file, text_field(posted, "base", longest=64), signed.account.display_name, signed.running.clock(),
        text_field(posted, "note", longest=1_000),
    )  # fmt: skip
    signed.audit("text.remove", row.file, before=change.before)
    return redirect(f"/console/{signed.town.id}/texts", "removed")
