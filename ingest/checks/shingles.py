"""Which of many texts are nearly the same, in time linear in their number: MinHash of word shingles.

Texts whose sketches share a band are candidates; for those with the most alike sketches the similarity is counted
exactly, on the shingles themselves.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from app.text.terms import words
from ingest.checks.readings import Readings

_SHINGLE = 4
"""Words in a row that count as one feature."""
_HASHES = 96
_BANDS = 24
"""With 4 hashes a band, texts with 70 % of their shingles in common share one at 99.8 %, with 30 % at 18 %."""
_PRIME = (1 << 31) - 1
_MOST_IN_BUCKET = 12
"""Texts of a band that a further one is compared with, so that thousands of copies of one take linear time."""
_ESTIMATE_ERRS = 0.2
"""Four standard deviations of the estimate from 96 hashes."""
_MOST_COUNTED = 4
"""Texts, the nearest by their sketches, whose shingles are counted exactly."""
_MOST_SHINGLED = 4096
"""Texts whose shingles are held in memory at a time."""
_SEED = 20_260_101
_EMPTY = frozenset[int]()


@dataclass(frozen=True, slots=True)
class Near:
    """Two texts, by their places in the given order, and the share (0 to 1) of their shingles in common."""

    first: int
    second: int
    similarity: float


def near_pairs(texts: Sequence[str], least: float, readings: Readings | None = None) -> Iterator[Near]:
    """For each text the most similar earlier one, if at least `least` of their shingles (Jaccard) are the same.

    Texts of fewer than four words are like no other. `readings` keeps the sketches of the texts and what was counted.
    """
    kept = readings or Readings()
    features = lru_cache(maxsize=_MOST_SHINGLED)(lambda place: _shingles(texts[place]))
    sketches = [bytes.fromhex(kept.of("sketch", text, partial(_sketch, text))) for text in texts]
    values = np.frombuffer(b"".join(sketch or bytes(4 * _HASHES) for sketch in sketches), ">u4").reshape(-1, _HASHES)
    buckets = defaultdict[tuple[int, bytes], list[int]](list)
    for place, sketch in enumerate(sketches):
        width = len(sketch) // _BANDS
        candidates: set[int] = set()
        for band in range(_BANDS if sketch else 0):
            bucket = buckets[band, sketch[band * width : (band + 1) * width]]
            candidates.update(bucket)
            if len(bucket) < _MOST_IN_BUCKET:
                bucket.append(place)

        def similarity(other: int, place: int = place, sketch: bytes = sketch) -> float:
            pair = (sketch + sketches[other]).hex()
            return float(kept.of("similarity", pair, lambda: repr(_jaccard(features(place), features(other)))))

        likely = _likely(values, place, sorted(candidates), least - _ESTIMATE_ERRS)
        best = max(((similarity(other), -other) for other in likely), default=None)
        if best is not None and best[0] >= least:
            yield Near(-best[1], place, best[0])


def _likely(values: NDArray[np.uint32], place: int, others: Sequence[int], least: float) -> list[int]:
    """Those of `others` whose sketch has the most in common with that of `place`, and at least that share."""
    if not others:
        return []
    shares = (values[others] == values[place]).mean(axis=1)
    order = np.argsort(-shares, kind="stable")[:_MOST_COUNTED]
    return [others[index] for index in order if shares[index] >= least]


def _shingles(text: str) -> frozenset[int]:
    found = words(text)
    if len(found) < _SHINGLE:
        return _EMPTY
    rows = zip(*(found[start:] for start in range(_SHINGLE)), strict=False)
    return frozenset(zlib.crc32(" ".join(row).encode()) % _PRIME for row in rows)


def _sketch(text: str) -> str:
    """The smallest value of each hash over all shingles, 8 hexadecimal digits each; empty for a text without any."""
    features = _shingles(text)
    if not features:
        return ""
    factors, shifts = _hashes()
    values = np.fromiter(features, dtype=np.int64, count=len(features))
    smallest = np.full(_HASHES, _PRIME, dtype=np.int64)
    for start in range(0, len(values), 2048):  # a very long text must not take all memory
        part = values[start : start + 2048]
        smallest = np.minimum(smallest, ((factors[:, None] * part[None, :] + shifts[:, None]) % _PRIME).min(axis=1))
    return smallest.astype(">u4").tobytes().hex()


@cache
def _hashes() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Factors and summands of the hash functions, the same in every run."""
    generator = np.random.default_rng(_SEED)
    return generator.integers(1, _PRIME, _HASHES), generator.integers(0, _PRIME, _HASHES)


def _jaccard(first: frozenset[int], second: frozenset[int]) -> float:
    return len(first & second) / len(first | second)
