"""Matrices of vectors on disk: written row by row in any order, so that memory holds a batch and not the whole."""

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from app.models.ports import Matrix

Rows = NDArray[np.intp]
"""Shape (n,): indices of rows."""


class VectorFile:
    """An `.npy` file of float32 that is being written. Rows never written are zero.

    Written with ordinary calls and not through a memory-map, so that a full disk is an OSError and not a SIGBUS.
    """

    def __init__(self, path: Path, rows: int, dimension: int) -> None:
        """Makes or replaces the file."""
        header = {"descr": npy.dtype_to_descr(np.dtype(np.float32)), "fortran_order": False, "shape": (rows, dimension)}
        with path.open("wb") as file:
            npy.write_array_header_1_0(file, header)
            self._start = file.tell()
            file.truncate(self._start + rows * dimension * np.float32().itemsize)
        self._row_bytes = dimension * np.float32().itemsize
        self._descriptor = os.open(path, os.O_WRONLY)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        os.close(self._descriptor)

    def write(self, rows: Rows, vectors: Matrix) -> None:
        """Writes one vector a row. Raises OSError when the disk is full."""
        self.copy(rows, vectors, np.arange(len(rows)))

    def copy(self, rows: Rows, vectors: Matrix, sources: Rows) -> None:
        """Writes `vectors[sources]` into `rows`; where both go on without a gap, in one piece."""
        for first, last in _runs(rows, sources):
            piece = np.ascontiguousarray(vectors[sources[first] : sources[first] + last - first], dtype=np.float32)
            self._write(piece.data.cast("B"), self._start + int(rows[first]) * self._row_bytes)

    def _write(self, data: memoryview, offset: int) -> None:
        while data:
            written = os.pwrite(self._descriptor, data, offset)
            data, offset = data[written:], offset + written


def read_vectors(path: Path) -> Matrix:
    """A written file, memory-mapped. Raises OSError or ValueError when it is missing or damaged."""
    vectors: Matrix = np.load(path, mmap_mode="r")
    return vectors


def _runs(rows: Rows, sources: Rows) -> Iterator[tuple[int, int]]:
    """Beginning and end of each stretch in which both go on by one."""
    if not len(rows):
        return
    breaks = np.flatnonzero((np.diff(rows) != 1) | (np.diff(sources) != 1)) + 1
    edges = [0, *breaks.tolist(), len(rows)]
    yield from pairwise(edges)
