"""The chunk store: every passage of a generation as JSON lines, in index order."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from app.files import write_atomically
from app.index.chunk import Chunk

CHUNKS_FILE = "chunks.jsonl"
_ADAPTER = TypeAdapter(Chunk)


def write_chunks(folder: Path, chunks: Sequence[Chunk]) -> None:
    """Writes the store; the order defines each chunk's row everywhere else."""
    lines = [json.dumps(_plain(chunk), ensure_ascii=False, sort_keys=True) for chunk in chunks]
    write_atomically(folder / CHUNKS_FILE, "\n".join(lines) + "\n")


def read_chunks(folder: Path) -> tuple[Chunk, ...]:
    """All chunks in index order. Raises ValueError for a damaged line, OSError for a missing file."""
    with (folder / CHUNKS_FILE).open(encoding="utf-8") as file:
        return tuple(_ADAPTER.validate_json(line) for line in file)


def _plain(chunk: Chunk) -> dict[str, Any]:
    fields = {name: getattr(chunk, name) for name in Chunk.__dataclass_fields__}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
