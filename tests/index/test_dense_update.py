"""A dense index continued from the one before finds what one built anew finds."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.index.chunk import Chunk
from app.index.dense import CHROMA_FOLDER, DenseIndex
from app.index.dense_update import GRAPH_FILE, LEAST_UPDATED, MOST_REPLACED, write_changed_dense, write_new_dense
from app.models.ports import Matrix
from tests.index.samples import passages, unit_vectors

COUNT = LEAST_UPDATED + 100
CHUNKS = passages(*map(str, range(COUNT)))
VECTORS = unit_vectors(COUNT)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A large index. Don't change it."""
    folder = tmp_path_factory.mktemp("before")
    write_new_dense(folder, CHUNKS, VECTORS)
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A large index to damage."""
    folder = tmp_path / "own"
    folder.mkdir()
    write_new_dense(folder, CHUNKS, VECTORS)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "after"
    path.mkdir()
    return path


def changed(chunks: list[Chunk], vectors: Matrix) -> tuple[list[Chunk], Matrix]:
    """One passage gone, one with another context and so another vector, three new ones in the middle."""
    new = [replace(chunk, id=f"new-{chunk.id}") for chunk in chunks[:3]]
    other = replace(chunks[50], context="Another title")
    rows = [*chunks[:50], other, *chunks[51:700], *new, *chunks[701:]]
    random = np.random.default_rng(9).normal(size=(4, vectors.shape[1])).astype(np.float32)
    random /= np.linalg.norm(random, axis=1, keepdims=True)
    return rows, np.concatenate([vectors[:50], random[:1], vectors[51:700], random[1:], vectors[701:]])


def replaced(folder: Path) -> int:
    return int(json.loads((folder / GRAPH_FILE).read_text("utf-8"))["replaced"])


def assert_finds(folder: Path, chunks: list[Chunk], vectors: Matrix) -> None:
    index = DenseIndex(folder, [chunk.id for chunk in chunks])
    assert np.allclose(index.vectors(), vectors, atol=1e-6)
    usable = np.ones(len(chunks), dtype=bool)
    for row in (0, 49, 50, 51, 699, 700, 702, 703, len(chunks) - 1):
        best = np.argsort(-(vectors @ vectors[row]), kind="stable")[:5]
        assert [hit.row for hit in index.search(vectors[row], 5, usable)] == best.tolist()


def test_what_changed_is_found_and_what_is_gone_is_not(before: Path, folder: Path) -> None:
    chunks, vectors = changed(CHUNKS, VECTORS)
    write_changed_dense(folder, before, CHUNKS, chunks, vectors)
    assert replaced(folder) == 2
    assert_finds(folder, chunks, vectors)
    assert_finds(before, CHUNKS, VECTORS)


def test_it_can_be_continued_while_somebody_reads_the_one_before(before: Path, folder: Path) -> None:
    reader = DenseIndex(before, [chunk.id for chunk in CHUNKS])
    write_changed_dense(folder, before, CHUNKS, CHUNKS[::-1], VECTORS[::-1])
    assert replaced(folder) == 0
    assert_finds(folder, CHUNKS[::-1], VECTORS[::-1])
    assert np.allclose(reader.vectors(), VECTORS, atol=1e-6)


def test_replaced_passages_add_up_until_the_graph_is_built_anew(before: Path, tmp_path: Path) -> None:
    part = int(COUNT * MOST_REPLACED * 0.6)
    chunks, counts, last = list(CHUNKS), [], before
    for number in range(2):
        after = tmp_path / str(number)
        after.mkdir()
        new = [replace(chunk, context=f"{number}") for chunk in chunks[:part]] + chunks[part:]
        write_changed_dense(after, last, chunks, new, VECTORS)
        counts.append(replaced(after))
        chunks, last = new, after
    assert counts == [part, 0]
    assert_finds(last, chunks, VECTORS)


def test_a_small_index_is_built_anew(tmp_path: Path, folder: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    write_new_dense(small, CHUNKS[:40], VECTORS[:40])
    write_changed_dense(folder, small, CHUNKS[:40], CHUNKS[1:40], VECTORS[1:40])
    assert replaced(folder) == 0
    index = DenseIndex(folder, [chunk.id for chunk in CHUNKS[1:40]])
    assert np.allclose(index.vectors(), VECTORS[1:40], atol=1e-6)


def _changed_graph(folder: Path) -> None:
    (path,) = folder.rglob("data_level0.bin")
    content = bytearray(path.read_bytes())
    content[1000] ^= 255
    path.write_bytes(content)


def _half_a_database(folder: Path) -> None:
    path = folder / CHROMA_FOLDER / "chroma.sqlite3"
    os.truncate(path, path.stat().st_size // 2)


def _no_note(folder: Path) -> None:
    (folder / GRAPH_FILE).unlink()


@pytest.mark.parametrize("damage", [_changed_graph, _half_a_database, _no_note])
def test_a_damaged_one_is_not_continued_but_built_anew(own: Path, folder: Path, damage: Callable[[Path], None]) -> None:
    damage(own)
    chunks, vectors = changed(CHUNKS, VECTORS)
    write_changed_dense(folder, own, CHUNKS, chunks, vectors)
    assert replaced(folder) == 0
    assert_finds(folder, chunks, vectors)
