"""What citizens call a service: its title, synonyms and example questions, embedded. Used to find it, never shown."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.files import write_atomically
from app.models.ports import Matrix, Vector

ALIASES_FILE = "aliases.json"
VECTORS_FILE = "aliases.npy"


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to call a service."""

    document_id: str
    text: str
    question: bool
    """Whether it is an example question rather than a name."""


@dataclass(frozen=True, slots=True)
class AliasMatch:
    """How near a question comes to a document's names and example questions: the best cosine of each."""

    name: float
    question: float


def write_aliases(folder: Path, aliases: Sequence[Alias], vectors: Matrix) -> None:
    """Writes the aliases of a generation; `vectors` has one row an alias."""
    rows = [[alias.document_id, alias.text, alias.question] for alias in aliases]
    write_atomically(folder / ALIASES_FILE, json.dumps(rows, ensure_ascii=False))
    np.save(folder / VECTORS_FILE, vectors)


class AliasIndex:
    """A generation's aliases, opened for reading."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError or ValueError when a file is missing or damaged."""
        rows = json.loads((folder / ALIASES_FILE).read_text("utf-8"))
        self.aliases = tuple(Alias(document_id, text, question) for document_id, text, question in rows)
        self.vectors: Matrix = np.load(folder / VECTORS_FILE)
        if len(self.vectors) != len(self.aliases):
            raise ValueError(f"{VECTORS_FILE} has {len(self.vectors)} rows for {len(self.aliases)} aliases")

    def matches(self, query: Vector) -> dict[str, AliasMatch]:
        """The best name and the best example question of every document; a document without examples has its name's."""
        names: dict[str, float] = {}
        questions: dict[str, float] = {}
        for alias, cosine in zip(self.aliases, (self.vectors @ query).tolist(), strict=True):
            best = questions if alias.question else names
            best[alias.document_id] = max(cosine, best.get(alias.document_id, -1.0))
        return {
            document_id: AliasMatch(name=name, question=questions.get(document_id, name))
            for document_id, name in names.items()
        }
