"""What a completions server sends back: pieces of text, or one of many ways to fail."""

from collections.abc import AsyncIterator

import httpx
from pydantic import BaseModel, ValidationError

from app.errors import AmtslotseError, BusyError, InvalidInputError, ModelError
from app.models.sse import event_data
from app.models.worker import BUSY_MESSAGE

_DONE = b"[DONE]"
_MAX_RETRY_AFTER_S = 300


class _Choice(BaseModel):
    text: str = ""
    finish_reason: str | None = None


class _Event(BaseModel):
    choices: list[_Choice]
    model: str = ""


class Piece(BaseModel):
    """Text, perhaps empty, and the name by which the server calls its model (empty when it names none)."""

    text: str
    model: str


class EmptyStreamError(ModelError):
    """The stream ended before its first event; some servers fail like that instead of with a status."""


async def completion_pieces(chunks: AsyncIterator[bytes], base_url: str) -> AsyncIterator[Piece]:
    """Reads the body of a streaming completion.

    Raises:
        EmptyStreamError: it holds no event at all.
        ModelError: it is not such a stream, or it ends before the server said that it is complete.
    """
    complete = None
    broken: Exception | None = None
    try:
        async for data in event_data(chunks):
            if data.strip() == _DONE:
                return
            event = _parse(data, base_url)
            for choice in event.choices[:1]:
                complete = bool(complete) or choice.finish_reason is not None
                yield Piece(text=choice.text, model=event.model)
    except (httpx.NetworkError, httpx.ProtocolError) as error:
        broken = error
    if not complete:
        raise (EmptyStreamError if complete is None else ModelError)(
            f"The language model server at {base_url} broke off before the answer was complete: look at its log."
        ) from broken


def _parse(data: bytes, base_url: str) -> _Event:
    try:
        return _Event.model_validate_json(data)
    except ValidationError as error:
        raise ModelError(
            f"The language model server at {base_url} sent something else than a streamed completion: check that it "
            "offers OpenAI's completions and look at its log."
        ) from error


def error_for(response: httpx.Response, base_url: str) -> AmtslotseError:
    """What a response other than 200 means. Its body must have been read; it is not repeated in the message."""
    status = response.status_code
    if status in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE):
        return _busy(response)
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return ModelError(
            f"The language model server at {base_url} refused the key ({status}): set AMTSLOTSE_LLM_API_KEY."
        )
    if status == httpx.codes.NOT_FOUND:
        return ModelError(
            f"The language model server at {base_url} knows no such model or address (404): check "
            "AMTSLOTSE_LLM_MODEL and AMTSLOTSE_LLM_BASE_URL, which usually ends in /v1."
        )
    if status in (httpx.codes.BAD_REQUEST, httpx.codes.REQUEST_ENTITY_TOO_LARGE) and "context" in response.text:
        return InvalidInputError(
            f"The prompt does not fit the context window of the model at {base_url}: shorten it or give the server "
            "a larger context."
        )
    return ModelError(f"The language model server at {base_url} failed with status {status}: look at its log.")


def _busy(response: httpx.Response) -> BusyError:
    seconds = response.headers.get("retry-after", "")
    if seconds.isascii() and seconds.isdigit():
        return BusyError(BUSY_MESSAGE, retry_after_s=min(max(int(seconds), 1), _MAX_RETRY_AFTER_S))
    return BusyError(BUSY_MESSAGE)
