"""Settings of the town as a whole: greeting, languages, embedding, hand-over."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from app.console.access import Admin, Signed, posted, text_field
from app.console.page import redirect, render
from app.console.tenant_settings.fields import WAYS, as_posted, general_fields, posted_changes, way_changes, way_of
from app.console.tenant_settings.preview import card, openings
from app.console.tenant_settings.store import AREA, Source, kept_folder, mistakes, save, source
from app.errors import AmtslotseError, InvalidInputError
from app.tenants.settings_file import kept_versions
from app.tenants.settings_text import InvalidSettingsError, changed_settings, checked_settings
from app.tenants.tenant import Tenant

router = APIRouter(prefix="/{tenant}/settings")


@router.get("")
def show(request: Request, signed: Admin) -> Response:
    """The form with a preview of what is in it."""
    try:
        return _page(request, signed, source(signed))
    except InvalidSettingsError:  # somebody has edited the file by hand
        return redirect(f"/console/{signed.town.id}/settings/expert")


@router.post("")
async def change(request: Request, signed: Admin) -> Response:
    """Saves, or shows the preview of what was typed; with what is wrong, the form again."""
    form = await posted(request, signed)
    return await run_in_threadpool(_changed, request, signed, form)


def _changed(request: Request, signed: Signed, form: FormData) -> Response:
    now = source(signed)
    try:
        changes, unread = posted_changes(general_fields(now.tenant), form)
        if unread:
            raise InvalidSettingsError(unread)
        text = changed_settings(now.file.text, {**changes, **way_changes(now.tenant, form)})
        tenant = checked_settings(text, signed.town.id)
        if form.get("action") != "save":
            return _page(request, signed, now, form, tenant)
        saved = save(signed, now.file, text_field(form, "version", longest=64), text)
    except AmtslotseError as error:
        return _page(request, signed, now, form, error=error)
    return redirect(f"/console/{signed.town.id}/settings", "saved" if saved else "same")


def _page(
    request: Request,
    signed: Signed,
    now: Source,
    form: FormData | None = None,
    shown: Tenant | None = None,
    error: AmtslotseError | None = None,
) -> Response:
    fields = general_fields(now.tenant)
    tenant = shown or now.tenant
    return render(
        request, signed, AREA, "console/settings/general.html", source=now,
        version=now.file.version if form is None else text_field(form, "version", longest=64),
        fields=fields if form is None else as_posted(fields, form), openings=openings(tenant),
        card=card(tenant, tenant.default_office, signed.running.clock()), tenant=tenant,
        offices={office.id: office.name for office in now.tenant.offices}, ways=WAYS,
        way=way_of(now.tenant) if form is None else form.get("handover-way", ""),
        way_values=_way_values(now.tenant, form), is_preview=shown is not None, failed=error,
        mistakes=mistakes(error) if isinstance(error, InvalidInputError) else (),
        has_versions=bool(kept_versions(kept_folder(signed))),
        status_code=200 if error is None else error.http_status,
    )  # fmt: skip


def _way_values(tenant: Tenant, form: FormData | None) -> dict[str, str]:
    """What stands in the fields of the ways, by their names."""
    values: dict[str, str] = {}
    for way, parts in WAYS.items():
        for part in parts:
            name, now = f"handover-{way}-{part}", getattr(tenant.handover, way)
            values[name] = (getattr(now, part) if now else "") if form is None else str(form.get(name, ""))
    return values
