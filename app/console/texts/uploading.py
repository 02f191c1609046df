"""Uploading: a file becomes one draft or several; or it replaces the file that a text comes from."""

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData, UploadFile

from app.console.access import Editor, Signed, text_field
from app.console.editor_form import EditorForm
from app.console.page import redirect
from app.console.texts.desk import Row, TextsDesk
from app.console.texts.editing import NEW_KEY
from app.console.texts.showing import needs_second_person
from app.console.texts.shown import texts_page
from app.errors import ForbiddenError, InvalidInputError
from app.wording.console import console_catalog

if TYPE_CHECKING:
    from ingest.text_drafts import Draft
    from ingest.uploaded import UploadedText

router = APIRouter()


@dataclass(frozen=True, slots=True)
class _Left:
    """A text of the file that did not become a draft, and why."""

    title: str
    why: str


@router.get("/{tenant}/texts/upload")
def form(request: Request, signed: Editor) -> HTMLResponse:
    """The form."""
    return _page(request, signed)


@router.post("/{tenant}/texts/upload")
def uploaded(request: Request, signed: Editor, posted: EditorForm) -> Response:
    """Reads the file; nothing is saved but drafts."""
    from ingest.uploaded import read_upload

    desk = TextsDesk(signed)
    try:
        name, content = _file(posted)
        texts = read_upload(name, content, desk.town.folder, desk.town.tenant)
    except InvalidInputError as error:
        return _page(request, signed, error=error)
    kept: list[Draft] = []
    left: list[_Left] = []
    for text in texts:
        made = _draft_of(signed, desk, text, name)
        if isinstance(made, _Left):
            left.append(made)
        else:
            desk.drafts.save(made, None)
            kept.append(made)
    signed.audit("text.upload", name, drafts=len(kept), left=len(left))
    if len(kept) == 1 and not left:
        return redirect(f"/console/{signed.town.id}/texts/{kept[0].key}/edit", "uploaded")
    return _page(request, signed, kept=kept, left=left, name=name)


@router.post("/{tenant}/texts/{key}/replace")
def replaced(signed: Editor, posted: EditorForm, key: str) -> Response:
    """Another version of the Word, PDF or HTML file that a text comes from, after it has been read."""
    from pathlib import PurePosixPath

    from ingest.text_store import ChangeKind
    from ingest.uploaded import read_upload

    desk = TextsDesk(signed)
    row, say = desk.row(key), console_catalog("texts")
    name, content = _file(posted)
    if row.file is None or not row.is_replaceable:
        raise InvalidInputError(say.text("replace.only_files"))
    if needs_second_person(signed, desk):
        raise ForbiddenError(say.text("replace.needs_approval"))
    suffix = PurePosixPath(row.file).suffix.lower()
    if PurePosixPath(name).suffix.lower() != suffix:
        raise InvalidInputError(say.text("replace.other_format", suffix=suffix))
    read_upload(name, content, desk.town.folder, desk.town.tenant)
    change = desk.store.save(
        row.file, content, text_field(posted, "base", longest=64) or None, signed.account.display_name,
        signed.running.clock(), ChangeKind.REPLACED, name,
    )  # fmt: skip
    signed.audit("text.replace", row.file, before=change.before, after=change.after)
    return redirect(f"/console/{signed.town.id}/texts/{key}", "replaced")


def _page(request: Request, signed: Signed, **shown: object) -> HTMLResponse:
    from ingest.uploaded import MOST_BYTES, SUFFIXES

    shown = {"kept": (), "left": (), "name": "", **shown}
    limits = {"suffixes": SUFFIXES, "megabytes": MOST_BYTES // 1_000_000}
    return texts_page(request, signed, "console/texts_upload.html", **limits, **shown)


def _file(posted: FormData) -> tuple[str, bytes]:
    """Name and content. Raises InvalidInputError."""
    file = posted.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise InvalidInputError(console_catalog("texts").text("upload.no_file"))
    return file.filename, file.file.read()


def _draft_of(signed: Signed, desk: TextsDesk, text: "UploadedText", origin: str) -> "Draft | _Left":
    from ingest.text_drafts import Draft

    say = console_catalog("texts")
    row = next((row for row in desk.rows if row.key == text.id and row.file is not None), None)
    if row is not None and not row.is_markdown:
        kind = "upload.other_file" if row.is_replaceable else "upload.delivered"
        return _Left(text.title, say.text(kind, file=row.file or ""))
    if row is not None and row.draft is not None:
        return _Left(text.title, say.text("upload.has_draft", name=row.draft.by))
    content, base = _over(desk, row, text) if row else (text.content, None)
    return Draft(
        key=row.key if row else NEW_KEY + secrets.token_hex(4),
        title=text.title,
        content=content,
        file=row.file if row else None,
        base=base,
        by=signed.account.display_name,
        account=signed.account.name,
        at=signed.running.clock(),
        origin=origin,
    )


def _over(desk: TextsDesk, row: Row, text: "UploadedText") -> tuple[str, str | None]:
    """The uploaded modules with the fields that the saved text has and the file doesn't state."""
    from ingest.edited_text import composed_text, text_parts
    from ingest.text_store import digest_of

    saved = desk.saved_text(row)
    content = desk.store.read(row.file) if row.file else None
    base = digest_of(content) if content is not None else None
    before, now = text_parts(saved) if saved is not None else None, text_parts(text.content)
    if before is None or now is None:
        return text.content, base
    stated = {name: value for name, value in now.values.items() if value}
    return composed_text(before.front, {**before.values, **stated}, now.modules), base
