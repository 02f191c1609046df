"""The dense index on a real Chroma, without a model."""

import gc
import os
import shutil
from pathlib import Path

import numpy as np
import psutil
import pytest

from app.errors import GenerationError
from app.index.chunk import Chunk
from app.index.dense import CHROMA_FOLDER, DenseIndex, write_dense
from tests.index.samples import passages, unit_vectors

VECTORS = unit_vectors(6)
ALL = np.ones(6, dtype=bool)
PASSAGES = passages("A", "B", "C") + passages("A", "B", "C", language="en")
IDS = [chunk.id for chunk in PASSAGES]
LARGE = 1200
"""More than Chroma keeps in its database alone, so that files of the graph are written too."""


def many(count: int) -> list[Chunk]:
    return passages(*map(str, range(count)))


def ids(count: int) -> list[str]:
    return [chunk.id for chunk in many(count)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of three German and three English passages."""
    write_dense(tmp_path, PASSAGES, VECTORS)
    return tmp_path


def test_the_nearest_passages_come_first_with_their_cosine(folder: Path) -> None:
    hits = DenseIndex(folder, IDS).search(VECTORS[4], 6, ALL)
    cosines = VECTORS @ VECTORS[4]
    assert [hit.row for hit in hits] == np.argsort(-cosines).tolist()
    assert [hit.similarity for hit in hits] == pytest.approx(sorted(cosines, reverse=True), abs=1e-5)


def test_only_usable_passages_are_found(folder: Path) -> None:
    index = DenseIndex(folder, IDS)
    assert {hit.row for hit in index.search(VECTORS[4], 6, np.arange(6) < 3)} == {0, 1, 2}
    assert index.search(VECTORS[4], 6, ~ALL) == []


def test_a_few_usable_passages_among_many_are_found_however_far_they_are(tmp_path: Path) -> None:
    vectors = unit_vectors(LARGE)
    write_dense(tmp_path, many(LARGE), vectors)
    usable = np.zeros(LARGE, dtype=bool)
    usable[np.argsort(vectors @ vectors[0])[:5]] = True
    hits = DenseIndex(tmp_path, ids(LARGE)).search(vectors[0], 3, usable)
    expected = np.flatnonzero(usable)[np.argsort(-(vectors[usable] @ vectors[0]), kind="stable")][:3]
    assert [hit.row for hit in hits] == expected.tolist()


def test_similarities_are_those_of_the_rows_asked_for(folder: Path) -> None:
    found = DenseIndex(folder, IDS).similarities(VECTORS[4], np.array([4, 1]))
    assert found == pytest.approx(VECTORS[[4, 1]] @ VECTORS[4], abs=1e-6)


@pytest.mark.parametrize(("limit", "found"), [(1, 1), (6, 6), (1000, 6)])
def test_a_limit_beyond_the_number_of_passages_gives_them_all(folder: Path, limit: int, found: int) -> None:
    assert len(DenseIndex(folder, IDS).search(VECTORS[0], limit, ALL)) == found


def test_vectors_come_back_in_the_order_of_the_passages(folder: Path) -> None:
    assert np.allclose(DenseIndex(folder, IDS).vectors(), VECTORS, atol=1e-6)


def test_vectors_come_back_when_there_are_more_than_one_batch(tmp_path: Path) -> None:
    vectors = unit_vectors(2100)
    write_dense(tmp_path, many(2100), vectors)
    index = DenseIndex(tmp_path, ids(2100))
    assert np.allclose(index.vectors(), vectors, atol=1e-6)
    assert index.search(vectors[2050], 1, np.ones(2100, dtype=bool))[0].row == 2050


def test_another_number_of_passages_than_expected_is_refused(folder: Path) -> None:
    with pytest.raises(GenerationError, match=r"holds 6 of 7 passages.*publish again or roll back"):
        DenseIndex(folder, [*IDS, "another"])


def test_other_passages_than_expected_are_refused(folder: Path) -> None:
    with pytest.raises(GenerationError, match="is damaged"):
        DenseIndex(folder, [*IDS[:-1], "another"])


def test_a_missing_index_is_refused_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(GenerationError, match="no dense index"):
        DenseIndex(tmp_path, [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("keep", [0, 0.5])
def test_a_truncated_database_is_refused(folder: Path, keep: float) -> None:
    path = folder / CHROMA_FOLDER / "chroma.sqlite3"
    os.truncate(path, int(path.stat().st_size * keep))
    with pytest.raises(GenerationError, match="is damaged"):
        DenseIndex(folder, IDS)


def test_truncated_vectors_are_refused(tmp_path: Path) -> None:
    write_dense(tmp_path, many(LARGE), unit_vectors(LARGE))
    (path,) = tmp_path.rglob("data_level0.bin")
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(GenerationError, match="is damaged"):
        DenseIndex(tmp_path, ids(LARGE))


def test_a_missing_vector_file_is_refused(tmp_path: Path) -> None:
    write_dense(tmp_path, many(LARGE), unit_vectors(LARGE))
    (path,) = tmp_path.rglob("data_level0.bin")
    path.unlink()
    with pytest.raises(GenerationError, match="shorter than it was written"):
        DenseIndex(tmp_path, ids(LARGE))


def test_an_index_may_be_moved_after_writing(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    moved = tmp_path_factory.mktemp("elsewhere") / "moved"
    shutil.move(folder, moved)
    assert DenseIndex(moved, IDS).search(VECTORS[2], 1, ALL)[0].row == 2


def test_files_are_closed_when_nobody_holds_the_index_any_more(folder: Path) -> None:
    def open_files() -> list[str]:
        return [file.path for file in psutil.Process().open_files() if file.path.startswith(str(folder))]

    held = [DenseIndex(folder, IDS)]
    assert open_files()
    held.clear()
    gc.collect()
    assert open_files() == []
