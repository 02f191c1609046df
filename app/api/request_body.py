"""Bodies that are too large or never end are given up, before they fill memory or hold a connection."""

import asyncio

from fastapi import HTTPException
from starlette.types import Message, Receive

from app.api.errors import CLOSE, MAX_BODY_BYTES

BODY_TIMEOUT_S = 15.0
"""For 64 KiB, that is less than the slowest mobile network gives."""


def limited(receive: Receive, timeout_s: float = BODY_TIMEOUT_S) -> Receive:
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
        if seen > MAX_BODY_BYTES:
            raise HTTPException(413, headers=CLOSE)
        complete = not message.get("more_body", False)
        return message

    return receive_limited
