"""Errors of the console as pages that say what to do."""

from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from app.api.errors import log
from app.console.access import SignInRequiredError
from app.console.page import render
from app.console.texts.reading import TextsBeingReadError, being_read_page
from app.errors import AmtslotseError
from app.wording.console import console_catalog

_SENTENCES = {404: "error.missing", 408: "error.too_slow", 413: "error.too_large"}


def install_error_pages(app: FastAPI) -> None:
    """Registers the handlers on the console's application."""
    app.add_exception_handler(SignInRequiredError, _sign_in)
    app.add_exception_handler(TextsBeingReadError, _being_read)
    app.add_exception_handler(AmtslotseError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


async def _sign_in(request: Request, error: Exception) -> Response:
    assert isinstance(error, SignInRequiredError)
    return RedirectResponse(f"/console/sign-in?back={quote(error.back, safe='')}", 303)


async def _being_read(request: Request, error: Exception) -> Response:
    assert isinstance(error, TextsBeingReadError)
    return being_read_page(request, error)


async def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, AmtslotseError)
    if error.http_status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s: %s", error.code, error.message)
    return _page(request, error.http_status, error.message)


async def _invalid(request: Request, error: Exception) -> Response:
    return _page(request, 422, console_catalog("shell").text("error.invalid"))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    key = _SENTENCES.get(error.status_code, "error.invalid")
    page = _page(request, error.status_code, console_catalog("shell").text(key))
    page.headers.update(error.headers or {})
    return page


def _page(request: Request, status_code: int, message: str) -> Response:
    return render(request, None, "shell", "console/error.html", status_code=status_code, message=message)
