"""Rendering: every page of the console gets the same frame, wording and helpers."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates

from app.console.access import Signed
from app.console.navigation import navigation
from app.errors import AmtslotseError
from app.web import TEMPLATES_DIR
from app.wording.console import console_catalog

_GERMAN_TIME = ZoneInfo("Europe/Berlin")


@lru_cache(maxsize=1)
def templates() -> Jinja2Templates:
    """Autoescaping Jinja2 templates; undefined names are errors only where used."""
    return Jinja2Templates(TEMPLATES_DIR)


def render(
    request: Request, signed: Signed | None, area: str, template: str, *, status_code: int = 200, **context: Any
) -> HTMLResponse:
    """A page of an area, with `say` for the area's wording and `shell` for what all pages share.

    `?done=key` in the address shows the wording `done.<key>` of the area as a notice. Pass `error` (an AmtslotseError)
    with a status code to show a form again with what is wrong.
    """
    wording, shell = console_catalog(area), console_catalog("shell")
    done = f"done.{request.query_params.get('done', '')}"
    zone = signed.tenant.zone if signed is not None and signed.tenant else _GERMAN_TIME
    shown = {
        "signed": signed,
        "area": area,
        "say": wording.text,
        "shell": shell.text,
        "groups": navigation(signed) if signed else (),
        "base": f"/console/{signed.tenant.id}" if signed and signed.tenant else "/console",
        "notice": wording.text(done) if done in wording.texts and not wording.placeholders(done) else None,
        "error": None,
        "moment": lambda at: german_moment(at.astimezone(zone)),
        "page_url": lambda **changes: page_url(request, **changes),
        **context,
    }
    error = shown["error"]
    if isinstance(error, AmtslotseError) and status_code == 200:
        status_code = error.http_status
    return templates().TemplateResponse(request, template, shown, status_code=status_code)


def redirect(path: str, done: str = "") -> RedirectResponse:
    """To another page of the console after a form, with a notice; never to another host."""
    return RedirectResponse(path + (("&" if "?" in path else "?") + urlencode({"done": done}) if done else ""), 303)


def page_below(address: str, home: str, otherwise: str) -> str:
    """The address if it is a page of ours, `home` or below it; so no form and no link leads to another host."""
    try:
        parts = urlsplit(address)
    except ValueError:  # such as //[
        return otherwise
    is_ours = not parts.scheme and not parts.netloc and (parts.path + "/").startswith(f"{home}/")
    return address if is_ours and "\\" not in address and ".." not in parts.path else otherwise


def page_url(request: Request, **changes: str | int | None) -> str:
    """This page's address with other query parameters; None takes one away."""
    query = {name: value for name, value in request.query_params.items() if name != "done"}
    query.update({name: str(value) for name, value in changes.items() if value is not None})
    kept = {name: value for name, value in query.items() if changes.get(name, "") is not None}
    return request.url.path + (f"?{urlencode(kept)}" if kept else "")


def german_moment(at: datetime) -> str:
    """For example "22.11.2026, 15:04 Uhr"."""
    return f"{at:%d.%m.%Y, %H:%M} Uhr"
