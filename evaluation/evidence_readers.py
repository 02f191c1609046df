"""Training the readers of the evidence model."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from app.models.evidence.reader import PageReader, Readers
from evaluation.evidence_examples import Example

SEEDS = 3
_EPOCHS, _BATCH, _RATE, _DROPOUT, _WARM_UP = 12, 48, 4e-3, 0.5, 20
_UNANSWERED_WEIGHT = 0.3
"""What a page that doesn't answer counts beside one that does: all its sentences are wrong."""

Batch = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
"""Features, products, lengths, marked (pages, sentences), weight of each page."""


def train_readers(examples: Sequence[Example], seeds: int = SEEDS) -> Readers:
    """Trains one reader a seed on the same examples; pages of similar length form a batch."""
    names = tuple(examples[0].features)
    rows = np.concatenate([np.array([example.features[name] for name in names]).T for example in examples])
    products = np.concatenate([example.products for example in examples])
    scale = {
        "mean": torch.tensor(rows.mean(axis=0), dtype=torch.float32),
        "spread": torch.tensor(rows.std(axis=0) + 1e-6, dtype=torch.float32),
        "product_spread": torch.tensor(products.std(axis=0) + 1e-6, dtype=torch.float32),
    }
    untrained = Readers([], names, scale)
    ordered = sorted(examples, key=lambda example: len(example.marked))
    batches = [_batch(ordered[start : start + _BATCH], untrained) for start in range(0, len(ordered), _BATCH)]
    return Readers([_train(batches, seed) for seed in range(seeds)], names, scale)


def _train(batches: Sequence[Batch], seed: int) -> PageReader:
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    reader = PageReader(batches[0][0].shape[-1], batches[0][1].shape[-1], _DROPOUT)
    optimizer = torch.optim.AdamW(reader.parameters(), lr=_RATE, weight_decay=0.05)
    total = _EPOCHS * len(batches)
    for step, number in enumerate(np.concatenate([chance.permutation(len(batches)) for _ in range(_EPOCHS)]).tolist()):
        for group in optimizer.param_groups:
            group["lr"] = _RATE * min(1, (step + 1) / _WARM_UP) * (1 - step / total)
        features, products, lengths, marked, weight = batches[number]
        there = torch.arange(features.shape[1])[None] < lengths[:, None]
        losses = nn.functional.binary_cross_entropy_with_logits(
            reader(features, products, lengths), marked, reduction="none"
        )
        loss = ((losses * there).sum(dim=1) / lengths.sqrt() * weight).mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimizer.step()
    return reader


def _batch(examples: Sequence[Example], untrained: Readers) -> Batch:
    inputs = [untrained.inputs(example.features, example.products) for example in examples]
    lengths = torch.tensor([len(example.marked) for example in examples])
    features = nn.utils.rnn.pad_sequence([matrix for matrix, _ in inputs], batch_first=True)
    products = nn.utils.rnn.pad_sequence([product for _, product in inputs], batch_first=True)
    marked = nn.utils.rnn.pad_sequence(
        [torch.tensor(example.marked, dtype=torch.float32) for example in examples], batch_first=True
    )
    weight = torch.tensor([1.0 if example.answered else _UNANSWERED_WEIGHT for example in examples])
    return features, products, lengths, marked, weight
