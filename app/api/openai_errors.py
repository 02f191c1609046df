"""Errors below `/v1` as OpenAI's clients know them; everywhere else they stay problem documents (RFC 9457).

One place for all of them: a refusal of the protection in front, a defect, and whatever a router raises leave the
application as problem documents and are put into the other form on the way out.
"""

import json
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.api_keys import BEARER_CHALLENGE
from app.api.errors import PROBLEM_TYPE, told
from app.api.headers import OPENAI
from app.errors import AmtslotseError, InvalidInputError, NotFoundError

_TYPES = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}


class OpenAIErrorDetail(BaseModel):
    message: str = Field(description="A sentence that a person can act on.")
    type: str = Field(
        description="`invalid_request_error`, `authentication_error`, `not_found_error`, `rate_limit_error` or "
        "`server_error`."
    )
    param: str | None = Field(None, description="The parameter that it is about.")
    code: str = Field(description="Stable; the same codes as in the rest of the API.")


class OpenAIError(BaseModel):
    """An error as OpenAI's API describes it."""

    error: OpenAIErrorDetail


class ParameterError(InvalidInputError):
    """A parameter that this service has no use for, or a value that it cannot take."""

    code = "invalid_parameter"
    http_status = 400

    def __init__(self, param: str, message: str) -> None:
        super().__init__(message)
        self.param = param


class ModelNotFoundError(NotFoundError):
    """No town answers under that name of a model."""

    code = "model_not_found"


def error_object(status: int, code: str, message: str, param: str | None = None) -> OpenAIError:
    """The error object for a status of HTTP."""
    kind = "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else _TYPES.get(status, "invalid_request_error")
    return OpenAIError(error=OpenAIErrorDetail(message=message, type=kind, param=param, code=code))


def error_of(error: AmtslotseError) -> OpenAIError:
    """What a stream says that breaks off; faults of the service are logged and told in general, as everywhere."""
    return error_object(error.http_status, error.code, told(error))


def install_openai_errors(app: FastAPI) -> None:
    """Makes errors that name a parameter leave with its name."""
    app.add_exception_handler(ParameterError, _parameter)


async def _parameter(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ParameterError)
    content = error_object(error.http_status, error.code, error.message, error.param)
    return JSONResponse(content.model_dump(), status_code=error.http_status)


class OpenAIErrors:
    """Puts problem documents below `/v1` into OpenAI's form (pure ASGI, outside of everything that makes them).

    What is called 422 elsewhere is a 400 there, because that is what clients of OpenAI's API expect.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(OPENAI):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def send_in_form(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_problem(message):
                start = message  # held back until the whole document is there
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    await _send_converted(start, body, send)

        await self._app(scope, receive, send_in_form)


def _is_problem(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith(PROBLEM_TYPE)


async def _send_converted(start: Message, body: bytes, send: Send) -> None:
    problem = json.loads(body)
    status = HTTPStatus.BAD_REQUEST if start["status"] == HTTPStatus.UNPROCESSABLE_ENTITY else start["status"]
    content = error_object(status, problem["code"], problem["detail"]).model_dump_json().encode()
    headers = MutableHeaders(scope=start)
    headers["content-type"] = "application/json"
    headers["content-length"] = str(len(content))
    if status == HTTPStatus.UNAUTHORIZED:
        headers.update(BEARER_CHALLENGE)
    await send({**start, "status": int(status), "headers": headers.raw})
    await send({"type": "http.response.body", "body": content})
