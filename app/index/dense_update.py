"""A dense index made from the one before by applying what changed: much faster than building a large graph anew."""

import json
import logging
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from app.files import write_atomically
from app.index.chunk import Chunk
from app.index.dense import CHROMA_FOLDER, DATABASE, change_dense, write_dense
from app.index.generation import file_hash
from app.models.ports import Matrix

log = logging.getLogger(__name__)

GRAPH_FILE = "dense_graph.json"
LEAST_UPDATED = 2000
"""Passages below which the graph is built anew whatever changed: it takes seconds and always gives the same graph."""
MOST_REPLACED = 0.1
"""Share of the passages that may be replaced before the graph is built anew.

What was removed stays in the graph, unseen, and costs time and room.
"""


def write_new_dense(folder: Path, chunks: Sequence[Chunk], vectors: Matrix) -> None:
    """Builds the Chroma directory inside a generation. `vectors` has one row a chunk."""
    write_dense(folder, chunks, vectors)
    _write_note(folder, replaced=0)


def write_changed_dense(
    folder: Path, before: Path, before_chunks: Sequence[Chunk], chunks: Sequence[Chunk], vectors: Matrix
) -> None:
    """The same from the Chroma directory of another generation, where that is large, whole, and not much changed.

    Chunks that have another text to embed than the one of the same id before are replaced, too.
    """
    old = {chunk.id: chunk for chunk in before_chunks}
    new = [row for row, chunk in enumerate(chunks) if (was := old.get(chunk.id)) is not chunk and was != chunk]
    kept = {chunk.id for chunk in chunks} - {chunks[row].id for row in new}
    removed = [chunk_id for chunk_id in old if chunk_id not in kept]
    if _updated(folder, before, removed, [chunks[row] for row in new], vectors[new], len(chunks)):
        return
    shutil.rmtree(folder / CHROMA_FOLDER, ignore_errors=True)
    write_new_dense(folder, chunks, vectors)


def _updated(
    folder: Path, before: Path, removed: Sequence[str], new: Sequence[Chunk], vectors: Matrix, count: int
) -> bool:
    """False, with a half-written directory perhaps, when it is better built anew."""
    if count < LEAST_UPDATED or len(removed) > count * MOST_REPLACED:
        return False
    try:
        replaced, hashes = _read_note(before)
        if replaced + len(removed) > count * MOST_REPLACED:
            return False
        _copy(before, folder)
        if _hashes(folder) != hashes:
            raise ValueError("the vector files are not what was written")
        found = change_dense(folder, removed, new, vectors)
        if found != count:
            raise ValueError(f"it holds {found} of {count} passages")
    except Exception:
        # Whatever is wrong with the old one is no reason not to publish; a full disk shows again.
        log.warning("The dense index in %s cannot be continued: it is built anew.", before, exc_info=True)
        return False
    _write_note(folder, replaced + len(removed))
    return True


def _copy(before: Path, folder: Path) -> None:
    source, target = before / CHROMA_FOLDER, folder / CHROMA_FOLDER
    shutil.copytree(source, target, ignore=lambda _, names: [name for name in names if name.startswith(DATABASE)])
    # Somebody may have the original open: its latest pages may lie beside the file, which SQLite's own copy knows.
    with (
        closing(sqlite3.connect(f"{(source / DATABASE).absolute().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target / DATABASE)) as new,
    ):
        old.backup(new)
        (verdict,) = new.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise ValueError(verdict)


def _write_note(folder: Path, replaced: int) -> None:
    note = {"replaced": replaced, "files": _hashes(folder)}
    write_atomically(folder / GRAPH_FILE, json.dumps(note, sort_keys=True))


def _read_note(folder: Path) -> tuple[int, dict[str, str]]:
    """Passages replaced since the graph was built, and the SHA-256 of the vector files."""
    note = json.loads((folder / GRAPH_FILE).read_text("utf-8"))
    return int(note["replaced"]), dict(note["files"])


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in (folder / CHROMA_FOLDER).rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): file_hash(path) for path in files if not path.name.startswith(DATABASE)
    }
