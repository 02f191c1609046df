"""Readers: what was saved scores as before, and pages don't touch each other."""

from pathlib import Path

import numpy as np
import pytest
import torch

from app.models.evidence.features import sentence_features
from app.models.evidence.page import AskedPage, Scores
from app.models.evidence.reader import PageReader, Readers, products_of
from tests.models.evidence.samples import CENTRE, DIMENSION, SENTENCES, page

NAMES = tuple(sentence_features(page(), CENTRE))


@pytest.fixture
def readers() -> Readers:
    """Two readers with random weights, as training would leave them."""
    torch.manual_seed(1)
    made = [PageReader(len(NAMES), DIMENSION, dropout=0.5) for _ in range(2)]
    for reader in made:
        for parameter in reader.parameters():
            torch.nn.init.normal_(parameter)
    scale = {
        "mean": torch.randn(len(NAMES)),
        "spread": torch.rand(len(NAMES)) + 0.5,
        "product_spread": torch.rand(DIMENSION) + 0.5,
    }
    return Readers(made, NAMES, scale)


def _scores(readers: Readers, asked: AskedPage) -> Scores:
    return readers.score(sentence_features(asked, CENTRE), products_of(asked, CENTRE))


def test_saved_readers_give_the_same_scores_bit_for_bit(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "readers.safetensors"
    readers.save(path)
    loaded = Readers.load(path, NAMES)
    for asked in (page(), page(SENTENCES[:1]), page(SENTENCES * 9)):
        assert np.array_equal(_scores(loaded, asked), _scores(readers, asked))


def test_saving_leaves_one_file_that_others_may_read(readers: Readers, tmp_path: Path) -> None:
    ordinary = tmp_path / "ordinary"
    ordinary.touch()
    readers.save(tmp_path / "readers.safetensors")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ordinary", "readers.safetensors"]
    assert (tmp_path / "readers.safetensors").stat().st_mode == ordinary.stat().st_mode


def test_scores_are_one_log_odds_value_a_sentence_and_repeat(readers: Readers) -> None:
    scores = _scores(readers, page())
    assert scores.shape == (len(SENTENCES),)
    assert scores.dtype == np.float64
    assert np.isfinite(scores).all()
    _scores(readers, page(SENTENCES * 9))
    assert np.array_equal(_scores(readers, page()), scores)  # no dropout, no state of the page before


def test_several_readers_are_averaged(readers: Readers, tmp_path: Path) -> None:
    torch.manual_seed(2)
    scale = {"mean": torch.zeros(1), "spread": torch.ones(1), "product_spread": torch.ones(DIMENSION)}
    features = {"cosine": np.linspace(-1, 1, 4)}
    products = np.ones((4, DIMENSION), dtype=np.float32)
    made = [PageReader(1, DIMENSION) for _ in range(3)]
    for reader in made:
        torch.nn.init.normal_(reader.linear.weight)
    alone = [Readers([reader], ("cosine",), scale).score(features, products) for reader in made]
    assert np.allclose(Readers(made, ("cosine",), scale).score(features, products), np.mean(alone, axis=0), atol=1e-6)


def test_an_untrained_reader_is_undecided() -> None:
    scale = {"mean": torch.zeros(1), "spread": torch.ones(1), "product_spread": torch.ones(DIMENSION)}
    readers = Readers([PageReader(1, DIMENSION)], ("cosine",), scale)
    products = np.ones((3, DIMENSION), dtype=np.float32)
    assert readers.score({"cosine": np.array([0.0, 5.0, -5.0])}, products).tolist() == [0.0, 0.0, 0.0]


def test_features_far_off_are_cut(readers: Readers) -> None:
    asked = page()
    features = sentence_features(asked, CENTRE)
    far = features | {"log_length": np.full(len(SENTENCES), 1e6)}
    farther = features | {"log_length": np.full(len(SENTENCES), 1e9)}
    products = products_of(asked, CENTRE)
    assert np.array_equal(readers.score(far, products), readers.score(farther, products))


def test_products_are_those_of_centred_unit_vectors() -> None:
    asked = page()
    products = products_of(asked, CENTRE)
    assert products.shape == asked.sentence_vectors.shape
    centred = sentence_features(asked, CENTRE)["centred"]
    assert np.allclose(products.sum(axis=1), centred, atol=1e-5)
