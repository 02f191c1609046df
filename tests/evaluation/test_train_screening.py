"""From examples to the file that the service loads."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from app.answering.screen_model import load_screen_model
from app.models.ports import EmbedderInfo, Matrix, Vector
from evaluation.screening_examples import Example, read_phrasings
from evaluation.train_screening import content_of, fit_model, judge


class WordEmbedder:
    """A vector of 32 numbers from a text's words; texts that share words are near."""

    @property
    def info(self) -> EmbedderInfo:
        return EmbedderInfo("words", "1" * 64, 32, "", "", 512)

    def embed_query(self, text: str) -> Vector:
        vector = np.full(32, 0.01, dtype=np.float32)
        for word in text.casefold().split():
            vector[sha256(word.encode()).digest()[0] % 32] += 1
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        return np.stack([self.embed_query(text) for text in texts])


def german() -> list[Example]:
    return [example for example in read_phrasings() if example.language == "de"]


def test_the_written_file_loads_as_the_fitted_model_and_a_second_fit_gives_the_same_bytes(tmp_path: Path) -> None:
    learned = [example for example in german() if not example.held_out][::4]
    embedder = WordEmbedder()
    model = fit_model(learned, embedder)
    path = tmp_path / "screen_model.json"
    path.write_text(content_of(model), encoding="utf-8")
    load_screen_model.cache_clear()
    loaded = load_screen_model(path)
    load_screen_model.cache_clear()
    assert (loaded.labels, loaded.thresholds) == (model.labels, model.thresholds)
    assert (loaded.weights == model.weights).all()
    assert loaded.embedder_revision == embedder.info.revision
    assert content_of(fit_model(learned, embedder)) == content_of(model)


def test_where_a_pattern_fires_the_model_is_not_heard() -> None:
    learned = [example for example in german() if not example.held_out][::4]
    embedder = WordEmbedder()
    judged = judge(german(), fit_model(learned, embedder), embedder)
    by_patterns = [entry for entry in judged if entry.example.by_patterns is not None]
    assert by_patterns
    assert all(entry.with_model is entry.example.by_patterns for entry in by_patterns)
    assert any(entry.with_model for entry in judged if entry.example.by_patterns is None)
