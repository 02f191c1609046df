"""Editing a text: check, keep as a draft, save, or hand over to a second editor."""

import secrets
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.console.access import Editor, Signed, text_field
from app.console.editor_form import EditorForm
from app.console.page import redirect
from app.console.texts.desk import NEW, Row, TextsDesk
from app.console.texts.form import EditForm, form_of, new_markdown, posted_form
from app.console.texts.saving import Edit, keep_draft, save_text, submit_draft
from app.console.texts.showing import needs_second_person
from app.console.texts.shown import change_between, preview, shown_findings, texts_page
from app.errors import AmtslotseError, InvalidInputError
from app.wording.console import console_catalog

router = APIRouter()
NEW_KEY = "~neu-"
"""What keys of texts that are not saved yet begin with."""


@router.get("/{tenant}/texts/new")
def new(request: Request, signed: Editor, title: str = "", question: str = "") -> HTMLResponse:
    """An empty form; `title` and `question` may come from a task about a question that nobody could answer."""
    desk = TextsDesk(signed, patient=False)
    values = {
        "title": title[:500], "language": "de", "office": desk.town.tenant.default_office,
        "license": _usual_license(desk), "example_questions": question[:500],
    }  # fmt: skip
    row = _fresh(NEW_KEY + secrets.token_hex(4), title)
    return _page(request, signed, desk, row, form_of(new_markdown(values), "", "", expert=False))


@router.get("/{tenant}/texts/{key}/edit")
def edit(request: Request, signed: Editor, key: str, view: str = "") -> HTMLResponse:
    """The form of a text: of its draft when there is one."""
    from ingest.text_store import digest_of

    desk = TextsDesk(signed, patient=False)
    row = desk.row(key)
    if row.draft is not None:
        form = form_of(row.draft.content, row.draft.base or "", row.draft.digest, expert=view == "expert")
    else:
        saved = desk.saved_text(row)
        if saved is None:
            raise InvalidInputError(console_catalog("texts").text("edit.not_markdown"))
        content = desk.store.read(row.file) if row.file else None
        form = form_of(saved, digest_of(content) if content is not None else "", "", expert=view == "expert")
    return _page(request, signed, desk, row, form)


@router.post("/{tenant}/texts/{key}/edit")
def edited(request: Request, signed: Editor, posted: EditorForm, key: str) -> Response:
    """What the pressed button asks for: `check`, `expert`, `fields`, `draft` or `save`."""
    from ingest.text_store import EditConflictError

    desk = TextsDesk(signed)
    row = _row(desk, key)
    action = text_field(posted, "action", longest=20)
    other_view = {"expert": True, "fields": False}.get(action)
    form = posted_form(posted, expert=other_view)
    if action in ("check", "expert", "fields"):
        return _page(request, signed, desk, row, form, thorough=action == "check")
    change = Edit(signed, desk, row, form, text_field(posted, "note", longest=1_000))
    try:
        if action == "draft":
            keep_draft(change)
            return redirect(f"/console/{signed.town.id}/texts/{key}", "kept")
        if needs_second_person(signed, desk):
            submit_draft(change)
            return redirect(f"/console/{signed.town.id}/texts/{key}", "submitted")
        return redirect(f"/console/{signed.town.id}/texts/{save_text(change)}", "saved")
    except EditConflictError as conflict:
        return _conflict(request, signed, desk, row, form, conflict)
    except InvalidInputError as error:
        return _page(request, signed, desk, row, form, error=error)


@router.post("/{tenant}/texts/{key}/check")
def check(request: Request, signed: Editor, posted: EditorForm, key: str) -> HTMLResponse:
    """Findings and preview of what stands in the form, as a part of a page: asked for while somebody types."""
    desk = TextsDesk(signed)
    return _page(request, signed, desk, _row(desk, key), posted_form(posted), template="console/texts_checked.html")


def _row(desk: TextsDesk, key: str) -> Row:
    return _fresh(key, "") if key.startswith(NEW_KEY) and desk.drafts.find(key) is None else desk.row(key)


def _fresh(key: str, title: str) -> Row:
    return Row(key, title, None, NEW)


def _page(
    request: Request,
    signed: Signed,
    desk: TextsDesk,
    row: Row,
    form: EditForm,
    *,
    thorough: bool = False,
    error: AmtslotseError | None = None,
    template: str = "console/texts_edit.html",
    **more: object,
) -> HTMLResponse:
    from ingest.edited_text import DATE_FIELDS, LIST_FIELDS, VARIANTS
    from ingest.text_check import check_edit

    name = row.file or f"{row.key}.md"
    checked = check_edit(desk.town, name, form.markdown, thorough=thorough)
    findings = shown_findings(checked.findings, form.markdown)
    mistakes = {f.field: f"{f.title}. {f.fix}" for f in reversed(findings) if f.error and f.field} if error else {}
    return texts_page(
        request,
        signed,
        template,
        row=row,
        form=form,
        thorough=thorough,
        error=error,
        findings=findings,
        mistakes=mistakes,
        error_field="" if form.expert else next(reversed(mistakes), ""),
        preview=preview(checked.document, desk.town.tenant, checked.findings) if checked.document else None,
        offices=[(office.id, office.name) for office in desk.town.tenant.offices],
        languages=sorted({*desk.town.tenant.languages, form.values.get("language", "de")}),
        variants=VARIANTS,
        list_fields=LIST_FIELDS,
        date_fields=DATE_FIELDS,
        approval=needs_second_person(signed, desk),
        is_new=row.file is None,
        **more,
    )


def _conflict(
    request: Request, signed: Signed, desk: TextsDesk, row: Row, form: EditForm, conflict: AmtslotseError
) -> HTMLResponse:
    """Both versions; what was typed stands in the form, and saving again replaces the version that is shown."""
    from ingest.sources.markdown import parse_markdown
    from ingest.text_store import digest_of
    from ingest.word_diff import word_diff

    content = desk.store.read(row.file) if row.file else None
    draft = desk.drafts.find(row.key)
    theirs = draft.content if draft and draft.digest != form.draft_base else (content or b"").decode("utf-8", "replace")
    seen = replace(
        form,
        base=digest_of(content) if content is not None else "",
        draft_base=draft.digest if draft else "",
    )
    before, after = (parse_markdown(text, row.key).document for text in (theirs, form.markdown))
    readable = before is not None and after is not None
    return _page(
        request,
        signed,
        desk,
        row,
        seen,
        error=conflict,
        theirs=theirs,
        conflict=change_between(desk.town, before, after) if readable else None,
        conflict_words=() if readable else word_diff(theirs, form.markdown),
    )


def _usual_license(desk: TextsDesk) -> str:
    """What most texts of the town have."""
    licenses = [row.document.license for row in desk.rows if row.document]
    return max(set(licenses), key=licenses.count) if licenses else ""
