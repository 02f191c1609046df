"""Questions that ask for the same thing, found by how near they are to one another; same questions, same groups."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from app.insight.meaning import Meaning

THRESHOLD = 0.7
"""Mean distance up to which groups are joined. On the development questions of the sample town, which ask for the same
topic in as different words as possible: B-cubed precision 0.86, recall 0.34 (0.65: 0.93 and 0.32; 0.75: 0.73 and 0.37).
Rather two groups for a topic than two topics in a group."""
_VECTOR_SHARE = 0.5
"""How much the vectors count beside the topic words: with vectors alone, recall 0.31 comes with precision 0.77."""


@dataclass(frozen=True, slots=True)
class Group:
    """Places in the sequence that was grouped."""

    central: int
    """The one that is nearest to all others, which names the group; a German one where there is any."""
    members: tuple[int, ...]
    """In the order given, the central one among them."""


def grouped(meanings: Sequence[Meaning], weights: Sequence[int], languages: Sequence[str]) -> tuple[Group, ...]:
    """The groups, by the place of their first member.

    `weights` says how often each was asked: what was asked often is more central. Memory grows with the square: 2,000
    questions take 50 MB for a moment.
    """
    if not meanings:
        return ()
    nearness = _nearness(meanings)
    if len(meanings) == 1:
        return (Group(0, (0,)),)
    distances = np.clip(1.0 - nearness, 0.0, None)
    np.fill_diagonal(distances, 0.0)
    tree = linkage(squareform(distances, checks=False), method="average")
    members: dict[int, list[int]] = {}
    for place, group in enumerate(fcluster(tree, THRESHOLD, criterion="distance").tolist()):
        members.setdefault(group, []).append(place)
    return tuple(Group(_central(places, nearness, weights, languages), tuple(places)) for places in members.values())


def _central(
    places: Sequence[int], nearness: NDArray[np.float32], weights: Sequence[int], languages: Sequence[str]
) -> int:
    """The first of those with the highest sum of nearness to all."""
    named = [place for place in places if languages[place] == "de"] or places
    counts = np.array([weights[place] for place in places], dtype=np.float64)
    sums = nearness[np.ix_(named, places)] @ counts
    return named[int(np.argmax(np.round(sums, 6)))]


def _nearness(meanings: Sequence[Meaning]) -> NDArray[np.float32]:
    """For each pair from -0.5 to 1: cosines of vectors and of topic words, half and half."""
    vectors = np.stack([meaning.vector for meaning in meanings])
    seen = Counter(word for meaning in meanings for word in meaning.words)
    columns = {word: column for column, word in enumerate(sorted(seen))}
    words = np.zeros((len(meanings), len(columns)), dtype=np.float32)
    for row, meaning in enumerate(meanings):
        for word in meaning.words:
            words[row, columns[word]] = math.log1p(len(meanings) / seen[word])
    lengths = np.linalg.norm(words, axis=1, keepdims=True)
    words /= np.where(lengths > 0, lengths, 1.0)
    nearness = _VECTOR_SHARE * (vectors @ vectors.T) + (1 - _VECTOR_SHARE) * (words @ words.T)
    return np.asarray((nearness + nearness.T) / 2, dtype=np.float32)
