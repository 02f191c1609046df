"""Bodies that are too large or never end are given up, before they fill memory or hold a connection."""

import asyncio

from fastapi import HTTPException
from starlette.types import Message, Receive

from app.api.errors import CLOSE, MAX_BODY_BYTES, MAX_UPLOAD_BYTES, too_large_detail
from app.api.headers import OPENAI

BODY_TIMEOUT_S = 15.0
"""For 64 KiB that is less than the slowest mobile network gives."""
UPLOAD_TIMEOUT_S = 28.0
"""Just less than what a whole request gets; 20 MiB need 6 Mbit/s then."""
_LARGER = {OPENAI: 512 * 1024}
"""Where a body holds more than a question, by the beginning of the path: a whole conversation."""


def most_bytes(path: str) -> int:
    """Size of the largest body that a path takes."""
    return next((most for prefix, most in _LARGER.items() if path.startswith(prefix)), MAX_BODY_BYTES)


def refusing(most: int = MAX_UPLOAD_BYTES) -> Receive:
    """A body that is too large for whoever sent it: reading it is the mistake, so that pages can say it their way."""

    async def receive() -> Message:
        raise HTTPException(413, too_large_detail(most), headers=CLOSE)

    return receive


async def discarded(receive: Receive, length: str) -> bool:
    """Reads a refused body to nowhere, so that browsers go on to the answer; False for one that is too long or slow."""
    if not length.isdigit() or int(length) > 2 * MAX_UPLOAD_BYTES:
        return False
    try:
        async with asyncio.timeout(UPLOAD_TIMEOUT_S):
            while (await receive()).get("more_body", False):
                pass
    except TimeoutError:
        return False
    return True


def limited(receive: Receive, timeout_s: float = BODY_TIMEOUT_S, most: int = MAX_BODY_BYTES) -> Receive:
    """Refuses a body that came without a length once it has grown beyond the limit, and one that takes too long.

    Time counts from the first read. After the body's end nothing is limited: `receive` then waits for the client to
    leave.
    """
    seen = 0
    complete = False
    deadline: float | None = None

    async def receive_limited() -> Message:
        nonlocal seen, complete, deadline
        if complete:
            return await receive()
        if deadline is None:
            deadline = asyncio.get_running_loop().time() + timeout_s
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError as error:
            raise HTTPException(408, headers=CLOSE) from error
        seen += len(message.get("body", b""))
        if seen > most:
            raise HTTPException(413, too_large_detail(most), headers=CLOSE)
        complete = not message.get("more_body", False)
        return message

    return receive_limited
