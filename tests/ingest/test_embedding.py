"""Embedding: each new text once, longest first, into a file, with progress."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.models.ports import Matrix
from ingest.embedding import NOTHING_KNOWN, KnownVectors, embed_into, embed_texts
from tests.ingest.cheap_embedder import CheapEmbedder
from tests.knowledge import silent


class Watched(CheapEmbedder):
    """Notes what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[list[str]] = []

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        self.batches.append(list(texts))
        return super().embed_passages(texts)


def vectors_of(texts: Sequence[str]) -> Matrix:
    return CheapEmbedder().embed_passages(texts)


def test_the_vectors_are_in_the_order_of_the_texts_and_in_the_file(tmp_path: Path) -> None:
    texts = [f"Text {number} {'x' * (number % 7)}" for number in range(600)]
    vectors = embed_into(tmp_path / "file.npy", Watched(), texts, NOTHING_KNOWN, "texts", silent)
    assert np.array_equal(vectors, vectors_of(texts))
    assert np.array_equal(np.load(tmp_path / "file.npy"), vectors)


def test_each_text_is_computed_once_with_others_of_its_length(tmp_path: Path) -> None:
    embedder = Watched()
    texts = ["b", "aaa", "b", "cc"] * 200 + [f"{number:04}" for number in range(300)]
    vectors = embed_texts(embedder, texts, NOTHING_KNOWN, "texts", silent)
    computed = [text for batch in embedder.batches for text in batch]
    assert sorted(computed) == sorted(set(texts))
    assert [len(text) for text in computed] == sorted((len(text) for text in computed), reverse=True)
    assert np.array_equal(vectors, vectors_of(texts))


def test_known_texts_are_not_computed_again() -> None:
    embedder = Watched()
    known = KnownVectors({"a": 1, "b": 0}, vectors_of(["b", "a"]))
    vectors = embed_texts(embedder, ["a", "c", "b", "a"], known, "texts", silent)
    assert embedder.batches == [["c"]]
    assert np.array_equal(vectors, vectors_of(["a", "c", "b", "a"]))


def test_progress_counts_all_texts_known_ones_first() -> None:
    seen: list[tuple[str, int, int]] = []
    known = KnownVectors({"a": 0}, vectors_of(["a"]))
    texts = ["a", *(str(number) for number in range(300)), "7"]
    embed_texts(CheapEmbedder(), texts, known, "texts", lambda *said: seen.append(said))
    assert seen[0] == ("texts", 1, 302)
    assert seen[-1] == ("texts", 302, 302)
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)


def test_no_texts_give_no_vectors() -> None:
    assert embed_texts(CheapEmbedder(), [], NOTHING_KNOWN, "texts", silent).shape == (0, 16)
