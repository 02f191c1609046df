"""The machine-readable description at `/openapi.json`: every operation with every problem that can come of it."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api.errors import PROBLEM_TYPE
from app.api.headers import API
from app.api.schemas import Problem

_PROBLEM_REF = {"$ref": f"#/components/schemas/{Problem.__name__}"}
_OF_ALL = (400, 413, 500)
"""Unreadable or for an unknown host; a body that is too large; a defect."""
_OF_THE_API = (404, 422, 429, 503)
"""No such town; a value of the wrong form; too many calls; starting, nothing published, or no slot free."""
_WITH_BODY = (408,)
_MEANINGS = {
    400: "The request cannot be read, or names a host that is not answered.",
    404: "No such town, or nothing of that name.",
    408: "The body did not come in time.",
    413: "The body is larger than 64 KiB.",
    422: "`detail` says what to change.",
    429: "Too many calls or questions in a minute; come back after `Retry-After` seconds.",
    500: "A fault of the service; the reason is in its log.",
    503: "Starting, nothing published, or busy; when busy come back after `Retry-After` seconds.",
}


def describe_with(app: FastAPI) -> None:
    """Makes the application describe itself with all problems."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI documents


def _described(app: FastAPI) -> dict[str, Any]:
    described = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
    schemas = described["components"]["schemas"]
    schemas[Problem.__name__] = Problem.model_json_schema()
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for path, operations in described["paths"].items():
        for operation in operations.values():
            statuses = [*_OF_ALL, *(_OF_THE_API if path.startswith(API) else ())]
            statuses += _WITH_BODY if "requestBody" in operation else ()
            responses = operation["responses"]
            responses.pop("422", None)  # FastAPI's own form, which is never sent
            for status in {*statuses, *(int(code) for code in responses if int(code) >= HTTPStatus.BAD_REQUEST)}:
                responses[str(status)] = _problem(status)
            operation["responses"] = dict(sorted(responses.items()))
    return described


def _problem(status: int) -> dict[str, Any]:
    described: dict[str, Any] = {
        "description": _MEANINGS.get(status, HTTPStatus(status).phrase),
        "content": {PROBLEM_TYPE: {"schema": _PROBLEM_REF}},
    }
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        described["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "string"}}}
    return described
