"""The chunk store gives back what was put in."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.index.chunk import Chunk
from app.index.store import CHUNKS_FILE, read_chunks, write_chunks
from tests.index.samples import passages

CHUNKS = st.builds(
    Chunk,
    document_id=st.text(st.characters(exclude_categories=["Cs"])),
    text=st.text(st.characters(exclude_categories=["Cs"])),
    sentences=st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
    valid_from=st.none() | st.dates(),
    id=st.just("1"),
    service=st.just("s"),
    title=st.just("\u2028\x85\x00"),
    heading=st.just("Kosten"),
    context=st.just("c"),
    language=st.just("de"),
    variant=st.just("standard"),
    office=st.just("amt"),
    online_service_url=st.none(),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(CHUNKS, min_size=1, max_size=4))
def test_chunks_round_trip_whatever_their_texts_hold(tmp_path: Path, chunks: list[Chunk]) -> None:
    write_chunks(tmp_path, chunks)
    assert read_chunks(tmp_path) == tuple(chunks)


def test_days_and_absent_links_round_trip(tmp_path: Path) -> None:
    (chunk,) = passages("Text")
    chunk = replace(chunk, valid_until=date(2026, 12, 31), url=None)
    write_chunks(tmp_path, [chunk])
    assert read_chunks(tmp_path) == (chunk,)


@pytest.mark.parametrize("keep", [-10, 10])
def test_a_truncated_line_is_a_value_error(tmp_path: Path, keep: int) -> None:
    write_chunks(tmp_path, passages("A", "B"))
    path = tmp_path / CHUNKS_FILE
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError, match="JSON"):
        read_chunks(tmp_path)


def test_a_missing_store_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_chunks(tmp_path)
