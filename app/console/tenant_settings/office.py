"""Settings of one office: contact, address, opening hours and the days on which they don't hold."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from app.console.access import Admin, Signed, posted, text_field
from app.console.page import redirect, render
from app.console.tenant_settings.fields import as_posted
from app.console.tenant_settings.office_form import (
    EMPTY_EXCEPTIONS,
    exception_rows,
    office_changes,
    office_fields,
    office_place,
    posted_exceptions,
)
from app.console.tenant_settings.preview import card
from app.console.tenant_settings.store import AREA, Source, mistakes, save, source
from app.errors import AmtslotseError, InvalidInputError
from app.tenants.settings_text import InvalidSettingsError, changed_settings, checked_settings
from app.tenants.tenant import Tenant

router = APIRouter(prefix="/{tenant}/settings")


@router.get("/offices/{office_id}")
def show(request: Request, signed: Admin, office_id: str) -> Response:
    """The form with the office's card as it is now."""
    return _page(request, signed, source(signed), office_id)


@router.post("/offices/{office_id}")
async def change(request: Request, signed: Admin, office_id: str) -> Response:
    """Saves, or shows the card of what was typed; with what is wrong, the form again."""
    form = await posted(request, signed)
    return await run_in_threadpool(_changed, request, signed, office_id, form)


def _changed(request: Request, signed: Signed, office_id: str, form: FormData) -> Response:
    now = source(signed)
    place = office_place(now.tenant, office_id)
    try:
        changes, unread = office_changes(now.tenant.offices[place], place, form)
        if unread:
            raise InvalidSettingsError(unread)
        text = changed_settings(now.file.text, changes)
        tenant = checked_settings(text, signed.town.id)
        if form.get("action") != "save":
            return _page(request, signed, now, office_id, form, tenant)
        saved = save(signed, now.file, text_field(form, "version", longest=64), text)
    except AmtslotseError as error:
        return _page(request, signed, now, office_id, form, error=error)
    return redirect(f"/console/{signed.town.id}/settings/offices/{office_id}", "saved" if saved else "same")


def _page(
    request: Request,
    signed: Signed,
    now: Source,
    office_id: str,
    form: FormData | None = None,
    shown: Tenant | None = None,
    error: AmtslotseError | None = None,
) -> Response:
    office = now.tenant.offices[office_place(now.tenant, office_id)]
    fields = office_fields(office)
    rows = exception_rows(office)
    if form is not None:
        typed = [row for row in posted_exceptions(form) if any(row)]
        rows = (*typed, *[("", "", "")] * EMPTY_EXCEPTIONS)
    return render(
        request, signed, AREA, "console/settings/office.html", source=now, office=office,
        version=now.file.version if form is None else text_field(form, "version", longest=64),
        fields=fields if form is None else as_posted(fields, form), rows=rows,
        card=card(shown or now.tenant, office_id, signed.running.clock()), is_preview=shown is not None, failed=error,
        mistakes=mistakes(error) if isinstance(error, InvalidInputError) else (),
        status_code=200 if error is None else error.http_status,
    )  # fmt: skip
