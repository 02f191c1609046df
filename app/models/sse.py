"""Server-sent events as a client reads them: only the data, which is all that completion servers use."""

from collections.abc import AsyncIterator

from app.errors import ModelError

MAX_EVENT_BYTES = 2**20
"""Far more than a token and its details; a server that sends more in one event sends something else."""


async def event_data(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yields the data of each complete event; several data lines are joined by a newline.

    Splits at line feeds only: JSON may contain U+2028 and other characters that `str.splitlines` cuts at. An event
    that the stream's end cuts off is dropped, as the standard says.

    Raises:
        ModelError: an event, or a line of it, is longer than MAX_EVENT_BYTES.
    """
    data: list[bytes] = []
    size = 0
    async for line in _lines(chunks):
        if line.startswith(b"data:"):
            data.append(line[5:].removeprefix(b" "))
            size += len(line)
            _check(size)
        elif not line and data:
            yield b"\n".join(data)
            data = []
            size = 0


async def _lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    rest = bytearray()
    async for chunk in chunks:
        *lines, last = chunk.split(b"\n")
        for line in lines:
            yield bytes(rest + line).removesuffix(b"\r")
            rest.clear()
        rest += last
        _check(len(rest))


def _check(size: int) -> None:
    if size > MAX_EVENT_BYTES:
        raise ModelError(
            f"The language model server sent an event of more than {MAX_EVENT_BYTES // 1024} KiB: check that "
            "AMTSLOTSE_LLM_BASE_URL is a server that offers OpenAI's completions."
        )
