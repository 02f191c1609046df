"""What citizens call a service: its title, synonyms and example questions, embedded. Used to find it, never shown."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

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


@dataclass(frozen=True, slots=True)
class AliasMatches:
    """How near a question comes to every document that has a name."""

    places: Mapping[str, int]
    """Index of each document into the arrays."""
    names: NDArray[np.float32]
    questions: NDArray[np.float32]

    def of(self, document_id: str) -> AliasMatch:
        """Raises KeyError for a document without a name."""
        place = self.places[document_id]
        return AliasMatch(name=float(self.names[place]), question=float(self.questions[place]))


def write_aliases(folder: Path, aliases: Sequence[Alias], vectors: Matrix) -> None:
    """Writes the aliases of a generation; `vectors` has one row an alias."""
    write_alias_texts(folder, aliases)
    np.save(folder / VECTORS_FILE, vectors)


def write_alias_texts(folder: Path, aliases: Sequence[Alias]) -> None:
    """Writes them without their vectors, which lie in VECTORS_FILE already."""
    rows = [[alias.document_id, alias.text, alias.question] for alias in aliases]
    write_atomically(folder / ALIASES_FILE, json.dumps(rows, ensure_ascii=False))


def read_aliases(folder: Path) -> tuple[Alias, ...]:
    """The aliases of a generation in the order of their vectors. Raises OSError or ValueError."""
    rows = json.loads((folder / ALIASES_FILE).read_text("utf-8"))
    return tuple(Alias(document_id, text, question) for document_id, text, question in rows)


class AliasIndex:
    """A generation's aliases, opened for reading."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError or ValueError when a file is missing or damaged."""
        self.aliases = read_aliases(folder)
        self.vectors: Matrix = np.load(folder / VECTORS_FILE)
        if len(self.vectors) != len(self.aliases):
            raise ValueError(f"{VECTORS_FILE} has {len(self.vectors)} rows for {len(self.aliases)} aliases")

        self.places = {
            document_id: place
            for place, document_id in enumerate(
                dict.fromkeys(alias.document_id for alias in self.aliases if not alias.question)
            )
        }
        self._names = self._grouped(question=False)
        self._questions = self._grouped(question=True)

    def matches(self, query: Vector) -> AliasMatches:
        """The best name and the best example question of every document; a document without examples has its name's."""
        cosines = np.asarray(self.vectors @ query)
        names = _best(cosines, self._names, np.full(len(self.places), -1.0, dtype=np.float32))
        return AliasMatches(self.places, names, _best(cosines, self._questions, names))

    def name_vector(self, document_id: str) -> Vector:
        """The vector of a document's first name, its title. Raises KeyError for a document without a name."""
        first = self._names.starts[self.places[document_id]]
        return np.asarray(self.vectors[self._names.rows[first]])

    def _grouped(self, question: bool) -> "_Groups":
        kept = [
            (self.places[alias.document_id], row)
            for row, alias in enumerate(self.aliases)
            if alias.question == question and alias.document_id in self.places
        ]
        kept.sort()
        places, starts = np.unique(np.array([place for place, _ in kept], dtype=np.intp), return_index=True)
        return _Groups(np.array([row for _, row in kept], dtype=np.intp), starts, places)


@dataclass(frozen=True, slots=True)
class _Groups:
    """Aliases of one kind in the order of their documents."""

    rows: NDArray[np.intp]
    starts: NDArray[np.intp]
    """Index into `rows` of each document's first."""
    places: NDArray[np.intp]
    """The documents that have any."""


def _best(cosines: NDArray[np.float32], groups: _Groups, otherwise: NDArray[np.float32]) -> NDArray[np.float32]:
    best = otherwise.copy()
    if len(groups.rows):
        best[groups.places] = np.maximum.reduceat(cosines[groups.rows], groups.starts)
    return best
