"""One text: as citizens see it, findings, what changes, and its history."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.console.access import Editor, Signed
from app.console.editor_form import EditorForm
from app.console.page import redirect
from app.console.texts.desk import Row, TextsDesk
from app.console.texts.shown import change_between, change_from_live, preview, shown_findings, texts_page
from app.errors import InvalidInputError

router = APIRouter()


@router.get("/{tenant}/texts/{key}")
def text(request: Request, signed: Editor, key: str) -> HTMLResponse:
    """A saved text, or a draft of a new one."""
    desk = TextsDesk(signed, patient=False)
    row = desk.row(key)
    findings = desk.findings(row)
    return texts_page(
        request,
        signed,
        "console/texts_show.html",
        row=row,
        preview=preview(row.document, desk.town.tenant, findings) if row.document else None,
        findings=shown_findings(findings),
        complete=desk.town.complete,
        change=change_from_live(desk.town, signed.running.settings.data_dir, key, row.document),
        history=desk.store.history(row.file) if row.file else (),
        approval=needs_second_person(signed, desk),
        file_base=_digest(desk, row),
        **_draft(signed, desk, row),
    )


@router.get("/{tenant}/texts/{key}/versions/{digest}")
def version(request: Request, signed: Editor, key: str, digest: str) -> HTMLResponse:
    """An earlier version beside the saved one."""
    from ingest.sources.markdown import parse_markdown

    desk = TextsDesk(signed, patient=False)
    row = desk.row(key)
    changed = next((c for c in desk.store.history(row.file) if digest in (c.before, c.after)), None)
    content = desk.store.version(digest) if changed else b""
    if changed is None or not row.is_markdown:
        raise InvalidInputError("Diese Fassung lässt sich hier nicht zeigen.")
    markdown = content.decode("utf-8-sig", "replace")
    old = parse_markdown(markdown, key).document
    return texts_page(
        request,
        signed,
        "console/texts_version.html",
        row=row,
        digest=digest,
        markdown=markdown,
        preview=preview(old, desk.town.tenant) if old else None,
        change=change_between(desk.town, old, row.document),
        before=next((c for c in desk.store.history(row.file) if c.before == digest), None),
    )


@router.post("/{tenant}/texts/{key}/versions/{digest}")
def take_back(signed: Editor, _form: EditorForm, key: str, digest: str) -> Response:
    """An earlier version becomes a draft, to be saved like any other."""
    from ingest.text_drafts import Draft
    from ingest.text_store import digest_of

    desk = TextsDesk(signed)
    row = desk.row(key)
    if not row.is_markdown or row.draft is not None:
        raise InvalidInputError("Zu diesem Text gibt es schon einen Entwurf. Übernehmen oder verwerfen Sie ihn zuerst.")
    now = desk.store.read(row.file) if row.file else None
    draft = Draft(
        key=key, title=row.title, content=desk.store.version(digest).decode("utf-8-sig", "replace"), file=row.file,
        base=digest_of(now) if now is not None else None, by=signed.account.display_name, account=signed.account.name,
        at=signed.running.clock(), note="",
    )  # fmt: skip
    desk.drafts.save(draft, None)
    signed.audit("text.draft", key, version=digest)
    return redirect(f"/console/{signed.town.id}/texts/{key}/edit", "taken_back")


def needs_second_person(signed: Signed, desk: TextsDesk) -> bool:
    """Whether edited texts wait for approval: by the new settings or the published ones, so nobody ends it alone."""
    return desk.town.tenant.publishing.approval or signed.town.publishing.approval


def _digest(desk: TextsDesk, row: Row) -> str:
    from ingest.text_store import digest_of

    content = desk.store.read(row.file) if row.file else None
    return digest_of(content) if content is not None else ""


def _draft(signed: Signed, desk: TextsDesk, row: Row) -> dict[str, object]:
    """What the page shows of the draft; its changes against the saved text."""
    from ingest.text_check import check_edit

    draft = row.draft
    if draft is None:
        return {"draft": None}
    checked = check_edit(desk.town, draft.file or f"{draft.key}.md", draft.content, thorough=False)
    return {
        "draft": draft,
        "draft_change": change_between(desk.town, row.document, checked.document) if checked.document else None,
        "draft_has_errors": bool(checked.errors),
        "draft_preview": preview(checked.document, desk.town.tenant, checked.findings) if checked.document else None,
        "draft_findings": shown_findings(checked.findings, draft.content),
        "is_own": draft.account == signed.account.name,
    }
