"""What becomes of an edited text: a draft, a saved file, or a draft that waits for a second editor."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.console.access import Signed
from app.console.texts.desk import Row, TextsDesk
from app.console.texts.form import EditForm
from app.errors import ForbiddenError, InvalidInputError, NotFoundError
from app.wording.console import console_catalog

if TYPE_CHECKING:
    from ingest.text_drafts import Draft


@dataclass(frozen=True, slots=True)
class Edit:
    """A form that somebody sent off."""

    signed: Signed
    desk: TextsDesk
    row: Row
    form: EditForm
    note: str
    """What the author says about it."""


def keep_draft(edit: Edit) -> None:
    """Keeps what was typed, whatever is wrong with it. Raises EditConflictError when there is a newer draft."""
    edit.desk.drafts.save(_draft(edit), edit.form.draft_base or None)
    edit.signed.audit("text.draft", edit.row.key)


def submit_draft(edit: Edit) -> None:
    """Keeps it as a draft that another editor has to approve.

    Raises:
        EditConflictError: the saved text or the draft was changed meanwhile.
        InvalidInputError: the text has errors.
    """
    from ingest.text_drafts import DraftState
    from ingest.text_store import EditConflictError, digest_of

    _refuse_errors(edit, _reviewed(edit.form.markdown, edit.signed))
    content = edit.desk.store.read(edit.row.file) if edit.row.file else None
    current = digest_of(content) if content is not None else None
    if current != (edit.form.base or None):
        raise EditConflictError(edit.row.title, current)
    draft = _draft(edit).model_copy(update={"state": DraftState.IN_REVIEW})
    edit.desk.drafts.save(draft, edit.form.draft_base or None)
    edit.signed.audit("text.submit", edit.row.key)


def save_text(edit: Edit) -> str:
    """Writes the source file; gives back the key of the saved text.

    Raises:
        EditConflictError: the file was changed since it was read.
        InvalidInputError: the text has errors, or its id is another one than before.
        KnowledgeError: the disk is full or the folder is read-only.
    """
    from ingest.edited_text import text_parts
    from ingest.text_store import ChangeKind

    _refuse_errors(edit, edit.form.markdown)
    desk, row, signed = edit.desk, edit.row, edit.signed
    parts = text_parts(edit.form.markdown)
    values = parts.values if parts else {}
    file = row.file or desk.file_for(values)
    change = desk.store.save(
        file, edit.form.markdown.encode(), edit.form.base or None, signed.account.display_name, signed.running.clock(),
        ChangeKind.SAVED, edit.note,
    )  # fmt: skip
    if edit.form.draft_base:
        desk.drafts.remove(row.key, edit.form.draft_base)
    signed.audit("text.save", file, before=change.before, after=change.after)
    return values.get("id") or row.key


def approve(signed: Signed, desk: TextsDesk, key: str, draft_base: str) -> str:
    """Saves a draft that waits, in the name of a second person, who becomes its reviewer; gives back the text's key.

    Raises:
        ForbiddenError: it is the person's own.
        NotFoundError: there is none that waits.
        EditConflictError: draft or saved text were changed since.
    """
    from ingest.edited_text import text_parts
    from ingest.text_drafts import DraftState
    from ingest.text_store import ChangeKind, EditConflictError

    draft = desk.drafts.find(key)
    if draft is None or draft.state is not DraftState.IN_REVIEW:
        raise NotFoundError(console_catalog("texts").text("review.gone"))
    if draft.digest != draft_base:
        raise EditConflictError(draft.title, draft.digest)
    if draft.account == signed.account.name:
        raise ForbiddenError(console_catalog("texts").text("review.own"))
    now = signed.running.clock()
    content = _reviewed(draft.content, signed)
    parts = text_parts(content)
    file = draft.file or desk.file_for(parts.values if parts else {})
    change = desk.store.save(
        file, content.encode(), draft.base, draft.by, now, ChangeKind.APPROVED,
        console_catalog("texts").text("review.approved_by", name=signed.account.display_name),
    )  # fmt: skip
    desk.drafts.remove(key, draft_base)
    signed.audit("text.approve", file, author=draft.account, before=change.before, after=change.after)
    return (parts.values.get("id") if parts else "") or key


def _reviewed(content: str, signed: Signed) -> str:
    """With this person as its reviewer, today in the town."""
    from ingest.edited_text import set_fields

    today = signed.running.clock().astimezone(signed.town.zone).date().isoformat()
    try:
        return set_fields(content, {"reviewed_by": signed.account.display_name, "reviewed_on": today})
    except StopIteration:  # no front matter at all, which the check reports
        return content


def _draft(edit: Edit) -> "Draft":
    from ingest.edited_text import text_parts
    from ingest.text_drafts import Draft

    parts = text_parts(edit.form.markdown)
    before = edit.row.draft
    return Draft(
        key=edit.row.key,
        title=(parts.values.get("title") if parts else "") or edit.row.title or edit.row.key,
        content=edit.form.markdown,
        file=edit.row.file,
        base=edit.form.base or None,
        by=edit.signed.account.display_name,
        account=edit.signed.account.name,
        at=edit.signed.running.clock(),
        origin=before.origin if before else "",
        note=edit.note,
    )


def _refuse_errors(edit: Edit, content: str) -> None:
    """What other texts and the rules say against it are no errors of the text; publishing looks at them."""
    from ingest.text_check import check_edit

    desk, row = edit.desk, edit.row
    checked = check_edit(desk.town, row.file or f"{row.key}.md", content, thorough=False)
    if checked.errors:
        raise InvalidInputError(console_catalog("texts").text("edit.has_errors", count=len(checked.errors)))
    if row.document is not None and checked.document is not None and checked.document.id != row.document.id:
        raise InvalidInputError(console_catalog("texts").text("edit.other_id", id=row.document.id))
