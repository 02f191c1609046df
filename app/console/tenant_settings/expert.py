"""The whole file for those who know it, and its earlier versions."""

from difflib import unified_diff

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from app.console.access import Admin, Signed, posted, text_field
from app.console.page import redirect, render
from app.console.tenant_settings.store import AREA, kept_folder, mistakes, save
from app.errors import AmtslotseError, InvalidInputError
from app.tenants.settings_file import SettingsFile, kept_version, kept_versions, read_settings
from app.tenants.settings_text import InvalidSettingsError, checked_settings

router = APIRouter(prefix="/{tenant}/settings")

_LONGEST = 200_000


@router.get("/expert")
def show(request: Request, signed: Admin, restore: str = "") -> Response:
    """The file; with `restore` an earlier version of it, to look at and save again."""
    file = _file(signed)
    text = kept_version(kept_folder(signed), restore) if restore else file.text
    try:
        checked_settings(text, signed.town.id, is_new=False)
    except InvalidSettingsError as error:
        return _page(request, signed, file, text, file.version, error, restored=bool(restore))
    return _page(request, signed, file, text, file.version, restored=bool(restore))


@router.post("/expert")
async def change(request: Request, signed: Admin) -> Response:
    """Checks the text, and saves it unless it was only to be checked."""
    form = await posted(request, signed)
    return await run_in_threadpool(_changed, request, signed, form)


@router.get("/versions")
def versions(request: Request, signed: Admin) -> Response:
    """What was there before each change."""
    names = kept_versions(kept_folder(signed))
    return render(request, signed, AREA, "console/settings/versions.html", versions=names)


@router.get("/versions/{name}")
def version(request: Request, signed: Admin, name: str) -> Response:
    """What has changed between an earlier version and now."""
    before, now = kept_version(kept_folder(signed), name), _file(signed).text
    lines = list(unified_diff(before.splitlines(), now.splitlines(), lineterm="", n=2))[2:]
    return render(request, signed, AREA, "console/settings/version.html", name=name, lines=lines)


def _changed(request: Request, signed: Signed, form: FormData) -> Response:
    file = _file(signed)
    text = text_field(form, "text", longest=_LONGEST) + "\n"
    against = text_field(form, "version", longest=64)
    try:
        checked_settings(text, signed.town.id)
        if form.get("action") != "save":
            return _page(request, signed, file, text, against, is_checked=True)
        saved = save(signed, file, against, text)
    except AmtslotseError as error:
        return _page(request, signed, file, text, against, error)
    return redirect(f"/console/{signed.town.id}/settings/expert", "saved" if saved else "same")


def _file(signed: Signed) -> SettingsFile:
    return read_settings(signed.running.settings.knowledge_dir, signed.town.id)


def _page(
    request: Request,
    signed: Signed,
    file: SettingsFile,
    text: str,
    against: str,
    error: AmtslotseError | None = None,
    *,
    is_checked: bool = False,
    restored: bool = False,
) -> Response:
    lines = text.splitlines()
    return render(
        request, signed, AREA, "console/settings/expert.html", text=text, version=against, failed=error, lines=lines,
        mistakes=mistakes(error) if isinstance(error, InvalidInputError) else (), is_checked=is_checked,
        restored=restored, status_code=200 if error is None else error.http_status,
    )  # fmt: skip
