import asyncio
import itertools
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.sse import event_data

STREAM = 'event: x\r\ndata: {"text": "Köln\u2028🏛️"}\r\n\r\n: ping\n\ndata:a\ndata: b\nid: 1\n\ndata: cut'.encode()
EXPECTED = ['{"text": "Köln\u2028🏛️"}'.encode(), b"a\nb"]


def read(chunks: list[bytes]) -> list[bytes]:
    async def stream() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    async def collect() -> list[bytes]:
        return [data async for data in event_data(stream())]

    return asyncio.run(collect())


@given(st.lists(st.integers(0, len(STREAM)), max_size=6))
def test_events_survive_any_cut_into_chunks(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    chunks = [STREAM[start:end] for start, end in itertools.pairwise(edges)]
    assert read(chunks) == EXPECTED


@pytest.mark.parametrize("chunks", [[], [b""], [b"\n\n"], [b": only a comment\n\n"], [b"data: never finished\n"]])
def test_a_stream_without_a_complete_event_holds_none(chunks: list[bytes]) -> None:
    assert read(chunks) == []
