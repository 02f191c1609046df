"""The machine-readable description at `/openapi.json`: every operation with every problem that can come of it."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api.errors import PROBLEM_TYPE
from app.api.headers import API, OPENAI
from app.api.openai_errors import OpenAIError, error_object
from app.api.openapi_examples import add_examples
from app.api.schemas import Problem

API_VERSION = "1.1.0"
"""Of the interface, not of the program: the first figure changes only together with the `v1` in the paths, the second
when something is added. What that promises stands in docs/api.md."""

_LICENCE = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
_OF_ALL = (400, 413, 500)
"""Unreadable or for an unknown host; a body that is too large; a defect."""
_OF_THE_API = (404, 422, 429, 503)
"""No such town; a value of the wrong form; too many calls; starting, nothing published, or no slot free."""
_OF_OPENAI = (401, 404, 429, 503)
"""No key; no such model; the rest as above. A value of the wrong form is a 400 there."""
_WITH_BODY = (408,)
_MEANINGS = {
    400: "The request cannot be read, or names a host that is not answered.",
    401: "The operator wants a key, and this is none: `Authorization: Bearer KEY`.",
    404: "No such town, or nothing of that name.",
    408: "The body did not come in time.",
    413: "The body is larger than 64 KiB (`/v1`: 512 KiB).",
    422: "`detail` says what to change.",
    429: "Too many calls or questions in a minute; come back after `Retry-After` seconds.",
    500: "A fault of the service; the reason is in its log.",
    503: "Starting, nothing published, or busy; when busy come back after `Retry-After` seconds.",
}
_EXAMPLES = {
    400: ("invalid_input", "Die Anfrage ist nicht lesbar. Senden Sie ein JSON-Objekt in UTF-8."),
    401: ("invalid_api_key", "Hier wird ein Schlüssel gebraucht (Authorization: Bearer …)."),
    404: ("unknown_tenant", "Es gibt hier keine Stadt mit der Kennung „atlantis“."),
    408: ("timeout", "Die Anfrage kam nicht rechtzeitig vollständig an. Bitte senden Sie sie noch einmal."),
    413: ("too_large", "Die Anfrage ist größer als 64 KiB. Bitte kürzen Sie sie."),
    422: ("invalid_input", "Die Anfrage ist ungültig: das Feld „question“ fehlt."),
    429: ("too_many_requests", "Das waren sehr viele Fragen. Bitte warten Sie 12 Sekunden."),
    500: ("failed", "Beim Beantworten ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal."),
    503: ("busy", "Gerade stellen viele Menschen Fragen. Bitte versuchen Sie es in 5 Sekunden noch einmal."),
}
"""Code and sentence, one for each status."""


def describe_with(app: FastAPI) -> None:
    """Makes the application describe itself with all problems."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI documents


def _described(app: FastAPI) -> dict[str, Any]:
    described = get_openapi(
        title=app.title, version=app.version, summary=app.summary, routes=app.routes, license_info=_LICENCE
    )
    schemas = described["components"]["schemas"]
    for model in (Problem, OpenAIError):
        own = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= own.pop("$defs", {})
        schemas[model.__name__] = own
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for path, operations in described["paths"].items():
        for operation in operations.values():
            _describe_problems(path, operation)
            if path.startswith(OPENAI):
                operation["security"] = [{}, *operation.get("security", [])]  # keys are wanted only where set up
    add_examples(described["paths"])
    return described


def _describe_problems(path: str, operation: dict[str, Any]) -> None:
    statuses = [*_OF_ALL, *(_OF_THE_API if path.startswith(API) else ())]
    statuses += _OF_OPENAI if path.startswith(OPENAI) else ()
    statuses += _WITH_BODY if "requestBody" in operation else ()
    responses = operation["responses"]
    responses.pop("422", None)  # FastAPI's own form, which is never sent
    for status in {*statuses, *(int(code) for code in responses if int(code) >= HTTPStatus.BAD_REQUEST)}:
        responses[str(status)] = _problem(status, of_openai=path.startswith(OPENAI))
    operation["responses"] = dict(sorted(responses.items()))


def _problem(status: int, *, of_openai: bool) -> dict[str, Any]:
    code, sentence = _EXAMPLES.get(status, ("invalid_input", HTTPStatus(status).phrase))
    form: type[OpenAIError | Problem]
    if of_openai:
        media_type, form = "application/json", OpenAIError
        example = error_object(status, code, sentence).model_dump()
    else:
        media_type, form = PROBLEM_TYPE, Problem
        example = Problem(title=HTTPStatus(status).phrase, status=status, detail=sentence, code=code).model_dump()
    content = {"schema": {"$ref": f"#/components/schemas/{form.__name__}"}, "example": example}
    described: dict[str, Any] = {
        "description": _MEANINGS.get(status, HTTPStatus(status).phrase),
        "content": {media_type: content},
    }
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        described["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "string"}}}
    return described
