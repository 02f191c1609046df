"""The chunk store: every passage of a generation as JSON lines, in index order."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter

from app.files import write_atomically
from app.index.chunk import Chunk

CHUNKS_FILE = "chunks.jsonl"
_ADAPTER = TypeAdapter(Chunk)


def write_chunks(folder: Path, chunks: Sequence[Chunk]) -> None:
    """Writes the store; the order defines each chunk's row everywhere else."""
    lines = [_ADAPTER.dump_json(chunk) for chunk in chunks]
    write_atomically(folder / CHUNKS_FILE, b"\n".join(lines) + b"\n")


def read_chunks(folder: Path) -> tuple[Chunk, ...]:
    """All chunks in index order. Raises ValueError for a damaged line, OSError for a missing file."""
    with (folder / CHUNKS_FILE).open(encoding="utf-8") as file:
        return tuple(_ADAPTER.validate_json(line) for line in file)
