"""Pages for people: what they share, and errors as a page that says what to do."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from fastapi.templating import Jinja2Templates

from app.api.errors import log
from app.errors import AmtslotseError, ForbiddenError, NotFoundError, NotReadyError
from app.web import TEMPLATES_DIR
from app.wording.catalog import FALLBACK
from app.wording.direction import direction
from app.wording.pages import page_catalog

TEMPLATES = Jinja2Templates(TEMPLATES_DIR)
LANGUAGE_NAMES = {
    "de": "Deutsch",
    "en": "English",
    "uk": "Українська",
    "ar": "العربية",
    "tr": "Türkçe",
    "ru": "Русский",
    "fr": "Français",
}
"""As those who speak them write them; a language without one is shown by its code."""


class PageRoute(APIRoute):
    """A route whose errors are pages rather than problem documents."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except AmtslotseError as error:
                return _error_page(request, error)

        return handle


def _error_page(request: Request, error: AmtslotseError) -> Response:
    if error.http_status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s: %s", error.code, error.message)
    wording = page_catalog("form", request.query_params.get("language", FALLBACK))
    keys: dict[type[AmtslotseError], str] = {
        NotFoundError: "error_unknown",
        NotReadyError: "error_not_ready",
        ForbiddenError: "error_foreign",
    }
    key = next((key for kind, key in keys.items() if isinstance(error, kind)), "error_failed")
    context = {"language": wording.language, "dir": direction(wording.language), "say": wording.text, "sentence": key}
    return TEMPLATES.TemplateResponse(request, "error.html", context, status_code=error.http_status)
