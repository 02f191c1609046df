"""Bodies that never end, from the application's side."""

import asyncio

import pytest
from fastapi import HTTPException
from starlette.types import Message

from app.api.errors import MAX_BODY_BYTES
from app.api.request_body import limited

PIECE: Message = {"type": "http.request", "body": b"x", "more_body": True}
END: Message = {"type": "http.request", "body": b"", "more_body": False}
LEFT: Message = {"type": "http.disconnect"}


def _read(*messages: Message, times: int, timeout_s: float = 0.05) -> list[Message]:
    """What comes out of so many reads; the sender falls silent after its messages."""

    async def read() -> list[Message]:
        waiting = list(messages)

        async def receive() -> Message:
            if not waiting:
                await asyncio.Event().wait()
            return waiting.pop(0)

        receive_limited = limited(receive, timeout_s)
        return [await receive_limited() for _ in range(times)]

    return asyncio.run(read())


def test_a_body_that_never_ends_times_out() -> None:
    with pytest.raises(HTTPException) as timeout:
        _read(PIECE, PIECE, times=3)
    assert timeout.value.status_code == 408
    assert timeout.value.headers == {"Connection": "close"}


def test_a_drip_does_not_prolong_the_time() -> None:
    async def drip() -> int:
        async def receive() -> Message:
            await asyncio.sleep(0.01)
            return PIECE

        receive_limited = limited(receive, 0.05)
        pieces = 0
        with pytest.raises(HTTPException):
            while True:
                await receive_limited()
                pieces += 1
        return pieces

    assert asyncio.run(drip()) <= 5


def test_once_it_is_complete_waiting_for_the_client_to_leave_takes_as_long_as_it_takes() -> None:
    async def read() -> None:
        waiting = [PIECE, END]
        left = asyncio.Event()

        async def receive() -> Message:
            if waiting:
                return waiting.pop(0)
            await left.wait()
            return LEFT

        receive_limited = limited(receive, 0.01)
        assert [await receive_limited(), await receive_limited()] == [PIECE, END]
        reading = asyncio.ensure_future(receive_limited())
        done, _ = await asyncio.wait([reading], timeout=0.05)
        assert not done
        left.set()
        assert await reading == LEFT

    asyncio.run(read())


def test_a_body_that_grows_beyond_the_limit_is_refused() -> None:
    half: Message = {"type": "http.request", "body": b"x" * (MAX_BODY_BYTES // 2 + 1), "more_body": True}
    with pytest.raises(HTTPException) as refused:
        _read(half, half, times=2)
    assert refused.value.status_code == 413
