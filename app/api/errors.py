"""Every error leaves as a problem document (RFC 9457)."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from app.api.schemas import Problem
from app.errors import AmtslotseError, BusyError, NotReadyError, TooManyRequestsError
from app.wording.catalog import catalog

PROBLEM_TYPE = "application/problem+json"
MAX_BODY_BYTES = 64 * 1024
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
"""What somebody who is signed in may send to the console."""
log = logging.getLogger(__name__)

_STATUSES = frozenset(int(status) for status in HTTPStatus)
_FOR_CITIZENS = (BusyError, NotReadyError)
"""Server-side errors whose sentence helps whoever asks; all others are for the log only."""
CLOSE = {"Connection": "close"}
"""Header of a refusal that did not read the body: what is still under way would be taken for the next request."""
_CODES = {404: "not_found", 405: "method_not_allowed", 408: "timeout", 413: "too_large"}
_DETAILS = {
    400: "Die Anfrage ist nicht lesbar. Senden Sie ein JSON-Objekt in UTF-8.",
    404: "Diese Adresse gibt es hier nicht.",
    405: "Diese Methode ist hier nicht vorgesehen.",
    408: "Die Anfrage kam nicht rechtzeitig vollständig an. Bitte senden Sie sie noch einmal.",
}
_REASONS = {
    "missing": "das Feld „{field}“ fehlt.",
    "extra_forbidden": "das Feld „{field}“ ist hier nicht vorgesehen.",
    "string_type": "das Feld „{field}“ muss ein Text sein.",
    "string_pattern_mismatch": "das Feld „{field}“ hat nicht die vorgesehene Form {expected}.",
    "literal_error": "das Feld „{field}“ darf nur diese Werte haben: {expected}.",
}
"""What is wrong with a field, by pydantic's name of the mistake."""


def install_error_handlers(app: FastAPI) -> None:
    """Registers the handlers on an application. What nobody expected is answered by `unexpected`."""
    app.add_exception_handler(AmtslotseError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def problem(status: int, code: str, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """A problem document as a response."""
    title = HTTPStatus(status).phrase if status in _STATUSES else "Error"
    content = Problem(title=title, status=status, detail=detail, code=code)
    return JSONResponse(content.model_dump(), status_code=status, media_type=PROBLEM_TYPE, headers=headers)


def too_large(most_bytes: int) -> JSONResponse:
    """The response to a body of more than that."""
    return problem(413, _CODES[413], too_large_detail(most_bytes), CLOSE)


def too_large_detail(most_bytes: int) -> str:
    """What to do about a body of more than that."""
    return f"Die Anfrage ist größer als {most_bytes // 1024} KiB. Bitte kürzen Sie sie."


def unknown_host() -> JSONResponse:
    """The response to a request for a name that the operator did not list."""
    return problem(400, "unknown_host", "Unter diesem Namen antwortet dieser Dienst nicht.", CLOSE)


def unexpected(path: str, error: Exception) -> JSONResponse:
    """The response to a defect; what happened goes into the log only."""
    log.error("Unexpected error on %s", path, exc_info=error)
    return problem(500, "failed", catalog("de").text("status.failed.sentence"))


def known(error: AmtslotseError) -> JSONResponse:
    """The response to an error with a meaning; faults of the service go into the log and are told in general."""
    headers = None
    if isinstance(error, BusyError | TooManyRequestsError):
        headers = {"Retry-After": str(error.retry_after_s)}
    return problem(error.http_status, error.code, told(error), headers)


def told(error: AmtslotseError) -> str:
    """What whoever asked may know of an error; of faults of the service the rest goes into the log."""
    if error.http_status < HTTPStatus.INTERNAL_SERVER_ERROR or isinstance(error, _FOR_CITIZENS):
        return error.message
    log.error("%s: %s", error.code, error.message)
    return catalog("de").text("status.failed.sentence")


async def _known(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AmtslotseError)
    return known(error)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return problem(422, "invalid_input", f"Die Anfrage ist ungültig: {_mistake(error.errors()[0])}")


def _mistake(first: dict[str, Any]) -> str:
    place = [part for part in first["loc"] if part not in ("body", "query", "path")]
    if not place or first["type"] == "json_invalid":
        return "sie muss ein JSON-Objekt sein (Content-Type: application/json)."
    context = first.get("ctx", {})
    sentence = _REASONS.get(first["type"], "das Feld „{field}“ ist nicht lesbar.")
    expected = str(context.get("expected", context.get("pattern", ""))).replace(" or ", " oder ")
    return sentence.format(field=str(place[-1])[:64], expected=expected)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, "invalid_input")
    detail = _DETAILS.get(error.status_code, str(error.detail))
    return problem(error.status_code, code, detail, dict(error.headers) if error.headers else None)
