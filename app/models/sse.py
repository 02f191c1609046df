"""Server-sent events as a client reads them: only the data, which is all that completion servers use."""

from collections.abc import AsyncIterator


async def event_data(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yields the data of each complete event; several data lines are joined by a newline.

    Splits at line feeds only: JSON may contain U+2028 and other characters that `str.splitlines` cuts at. An event
    that the stream's end cuts off is dropped, as the standard says.
    """
    data: list[bytes] = []
    async for line in _lines(chunks):
        if line.startswith(b"data:"):
            data.append(line[5:].removeprefix(b" "))
        elif not line and data:
            yield b"\n".join(data)
            data = []


async def _lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    rest = b""
    async for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line.removesuffix(b"\r")
