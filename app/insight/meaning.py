"""What questions mean, as far as needed to tell whether two ask for the same thing; computed once a text."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from app.answering.readings import readings
from app.index.generation import Generation
from app.models.ports import Embedder


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """A question read with a generation's words."""

    vector: NDArray[np.float32]
    """Of its German reading, unit length, relative to what all names of services have in common."""
    words: frozenset[str]
    """Stems of its topic words."""


class MeaningCache:
    """Meanings by the SHA-256 of the masked question, in memory only; safe to share between threads.

    `keep_only` is to be called whenever the log may have lost questions: nothing outlives its question for long.
    """

    def __init__(self, most: int = 10_000) -> None:
        """`most`: meanings kept at once, 1.6 KiB each; when they are more, all that is not wanted now goes."""
        self._most = most
        self._kept: dict[str, Meaning] = {}
        self._nearest: dict[str, str | None] = {}
        self._generation = ""
        self._lock = Lock()

    def of(self, text: str, language: str, generation: Generation, embedder: Embedder) -> Meaning:
        """The meaning of a question; takes about 10 ms when it isn't known yet."""
        key = _key(text)
        with self._lock:
            if self._generation != generation.id:
                self._kept, self._nearest, self._generation = {}, {}, generation.id
            known = self._kept.get(key)
        if known is not None:
            return known
        meaning = _meaning(text, language, generation, embedder)
        with self._lock:
            if self._generation == generation.id and len(self._kept) < self._most:
                self._kept[key] = meaning
        return meaning

    def nearest(self, text: str, find: Callable[[], str | None]) -> str | None:
        """Id of the text that comes nearest to a question whose meaning was asked for before; found once."""
        key = _key(text)
        with self._lock:
            if key in self._nearest:
                return self._nearest[key]
        found = find()
        with self._lock:
            if key in self._kept:
                self._nearest[key] = found
        return found

    def keep_only(self, texts: Iterable[str]) -> None:
        """Forgets all other questions."""
        wanted = set(map(_key, texts))
        with self._lock:
            self._kept = {key: meaning for key, meaning in self._kept.items() if key in wanted}
            self._nearest = {key: found for key, found in self._nearest.items() if key in wanted}

    def __len__(self) -> int:
        return len(self._kept)


def _meaning(text: str, language: str, generation: Generation, embedder: Embedder) -> Meaning:
    read = readings(text, language, generation, embedder)
    names = generation.aliases.vectors
    vector = read.compared - (np.asarray(names).mean(axis=0) if len(names) else 0.0)
    length = float(np.linalg.norm(vector))
    words = frozenset(stem for group in read.german.terms.topic for stem in group)
    return Meaning(np.asarray(vector / length if length else vector, dtype=np.float32), words)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
