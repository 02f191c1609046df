import asyncio
import itertools
import json
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ModelError
from app.models.completion_stream import completion_pieces
from app.models.sse import MAX_EVENT_BYTES, event_data

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


HOSTILE = st.sampled_from(
    [b"data:", b"data: ", b"data", b"\n", b"\r\n", b"\n\n", b"\r", b":", b"event: data", b"id: 1\n", b"retry: -1\n",
     b"[DONE]", b"null", b"[]", b'{"choices": [', b'{"choices": []}', b'{"choices": [{"text": "a"}]}', b"\0", b"\xff",
     b"\xef\xbb\xbf", b'"\\ud800"', b"NaN", b"1e999", b"[" * 50, "\u2028".encode()]
)  # fmt: skip
HOSTILE_STREAM = st.lists(st.one_of(HOSTILE, st.binary(max_size=20)), max_size=40)


async def _pieces_of(chunks: list[bytes]) -> list[str]:
    async def stream() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    return [piece.text async for piece in completion_pieces(stream(), "http://model")]


@given(HOSTILE_STREAM)
def test_whatever_a_server_sends_gives_text_or_one_kind_of_error(chunks: list[bytes]) -> None:
    try:
        pieces = asyncio.run(_pieces_of(chunks))
    except ModelError as error:
        assert "http://model" in error.message
    else:
        assert all(isinstance(piece, str) for piece in pieces)


@given(HOSTILE_STREAM, st.data())
def test_where_hostile_bytes_are_cut_into_chunks_makes_no_difference(chunks: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(chunks)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=8)))
    pieces = [whole[start:end] for start, end in itertools.pairwise([0, *cuts, len(whole)])]
    assert read(pieces) == read([whole]) == read([bytes([byte]) for byte in whole])


@given(st.lists(st.text(max_size=30), max_size=8), st.integers(1, 40))
def test_what_is_sent_as_json_arrives(texts: list[str], size: int) -> None:
    stream = b"".join(f"data: {json.dumps({'text': text}, ensure_ascii=False)}\n\n".encode() for text in texts)
    chunks = [stream[start : start + size] for start in range(0, len(stream), size)]
    assert [json.loads(event)["text"] for event in read(chunks)] == texts


@pytest.mark.parametrize("chunk", [b"x" * 1024, b"data: " + b"x" * 1024 + b"\n"], ids=["a line", "many lines"])
def test_an_event_without_end_is_given_up_before_it_fills_the_memory(chunk: bytes) -> None:
    with pytest.raises(ModelError, match="more than 1024 KiB"):
        read([chunk] * (MAX_EVENT_BYTES // 1024 + 2))
