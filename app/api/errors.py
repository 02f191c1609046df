"""Every error leaves as a problem document (RFC 9457)."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from app.api.schemas import Problem
from app.errors import AmtslotseError, BusyError
from app.wording.catalog import catalog

PROBLEM_TYPE = "application/problem+json"
_HIDDEN_FROM = HTTPStatus.INTERNAL_SERVER_ERROR
log = logging.getLogger(__name__)


def install_error_handlers(app: FastAPI) -> None:
    """Registers the handlers on an application."""
    app.add_exception_handler(AmtslotseError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unknown)


def problem(status: int, code: str, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """A problem document as a response."""
    content = Problem(title=HTTPStatus(status).phrase if status in _KNOWN else "Error", status=status, detail=detail, code=code)
    return JSONResponse(content.model_dump(), status_code=status, media_type=PROBLEM_TYPE, headers=headers)


_KNOWN = frozenset(int(status) for status in HTTPStatus)


async def _known(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AmtslotseError)
    headers = {"Retry-After": str(error.retry_after_s)} if isinstance(error, BusyError) else None
    detail = error.message
    if error.http_status >= _HIDDEN_FROM and not isinstance(error, BusyError):
        log.error("%s: %s", error.code, error.message)
        detail = catalog("de").text("status.failed.sentence")
    return problem(error.http_status, error.code, detail, headers)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part != "body") or "body"
    return problem(422, "invalid_input", f"Die Anfrage ist ungültig. Feld „{place}“: {first['msg']}")


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}.get(error.status_code, "invalid_input")
    details = {404: "Diese Adresse gibt es hier nicht.", 405: "Diese Methode ist hier nicht vorgesehen."}
    detail = details.get(error.status_code, str(error.detail))
    return problem(error.status_code, code, detail, dict(error.headers) if error.headers else None)


async def _unknown(request: Request, error: Exception) -> JSONResponse:
    log.exception("Unexpected error on %s", request.url.path, exc_info=error)
    return problem(500, "failed", catalog("de").text("status.failed.sentence"))
