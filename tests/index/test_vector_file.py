"""Matrices on disk, written in any order."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.index.vector_file import VectorFile, read_vectors
from tests.index.samples import unit_vectors

VECTORS = unit_vectors(12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.permutations(range(12)), cut=st.integers(0, 12))
def test_rows_are_where_they_were_written_in_whatever_order(tmp_path: Path, rows: list[int], cut: int) -> None:
    first, second = np.array(rows[:cut], dtype=np.intp), np.array(rows[cut:], dtype=np.intp)
    with VectorFile(tmp_path / "file.npy", 12, 16) as file:
        file.write(first, VECTORS[first])
        file.copy(second, VECTORS, second)
    assert np.array_equal(read_vectors(tmp_path / "file.npy"), VECTORS)
    assert np.array_equal(np.load(tmp_path / "file.npy"), VECTORS)


def test_one_vector_may_be_copied_into_several_rows(tmp_path: Path) -> None:
    with VectorFile(tmp_path / "file.npy", 3, 16) as file:
        file.copy(np.array([0, 1, 2]), VECTORS, np.array([4, 4, 5]))
    assert np.array_equal(read_vectors(tmp_path / "file.npy"), VECTORS[[4, 4, 5]])


@pytest.mark.parametrize("rows", [0, 3])
def test_rows_never_written_are_zero(tmp_path: Path, rows: int) -> None:
    with VectorFile(tmp_path / "file.npy", rows, 16):
        pass
    assert np.array_equal(read_vectors(tmp_path / "file.npy"), np.zeros((rows, 16), dtype=np.float32))


def test_a_write_that_the_system_cuts_short_is_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.pwrite
    monkeypatch.setattr("os.pwrite", lambda file, data, offset: really(file, data[:100], offset))
    with VectorFile(tmp_path / "file.npy", 12, 16) as file:
        file.write(np.arange(12), VECTORS)
    assert np.array_equal(read_vectors(tmp_path / "file.npy"), VECTORS)


def test_a_full_disk_is_an_error_that_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.pwrite", full)
    with VectorFile(tmp_path / "file.npy", 12, 16) as file, pytest.raises(OSError, match="No space left"):
        file.write(np.arange(12), VECTORS)
