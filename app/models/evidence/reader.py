"""Readers: small recurrent networks that go over a page's sentences in both directions, so that runs are seen.

Each has a linear part (features alone), and a recurrent part that also gets the product of question and sentence
vector, brought down to few numbers. Several, trained from different seeds, are averaged.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import numpy as np
import torch
from safetensors.torch import load_file, save
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from app.files import write_atomically
from app.models.evidence.features import Centre, unit
from app.models.evidence.page import AskedPage, Scores
from app.models.ports import Matrix

HIDDEN, RANK = 24, 8
_CLIP = 4.0
"""Standard deviations beyond which a feature is cut off."""


class PageReader(nn.Module):
    """Log odds of each sentence. `dropout` matters while training only."""

    def __init__(self, features: int, dimension: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.project = nn.Linear(dimension, RANK, bias=False)
        self.linear = nn.Linear(features, 1)
        self.enter = nn.Linear(features + RANK, HIDDEN)
        self.recurrent = nn.GRU(HIDDEN, HIDDEN, batch_first=True, bidirectional=True)
        self.leave = nn.Linear(2 * HIDDEN, 1)
        for layer in (self.linear, self.leave):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, features: Tensor, products: Tensor, lengths: Tensor) -> Tensor:
        """Shapes (pages, sentences, features), (pages, sentences, dimension), (pages,) to (pages, sentences)."""
        entered = self.enter(self.drop(torch.cat([features, self.project(self.drop(products))], dim=-1)))
        packed = pack_padded_sequence(torch.tanh(entered), lengths, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.recurrent(packed)[0], batch_first=True, total_length=features.shape[1])
        scores: Tensor = self.linear(features)[..., 0] + self.leave(self.drop(states))[..., 0]
        return scores


class Readers:
    """Several trained readers and how their input is scaled."""

    def __init__(self, readers: Sequence[PageReader], names: tuple[str, ...], scale: Mapping[str, Tensor]) -> None:
        self._readers = [reader.eval() for reader in readers]
        self._names = names
        self._scale = scale

    @classmethod
    def load(cls, path: Path, names: tuple[str, ...]) -> Self:
        """Reads the file that `save` wrote; `names` are the features in the order of training."""
        tensors = load_file(path)
        scale = {name: tensors[name] for name in ("mean", "spread", "product_spread")}
        count = 1 + max(int(name.split(".")[1]) for name in tensors if name.startswith("reader."))
        readers = []
        for number in range(count):
            reader = PageReader(len(names), len(scale["product_spread"]))
            prefix = f"reader.{number}."
            reader.load_state_dict({n.removeprefix(prefix): t for n, t in tensors.items() if n.startswith(prefix)})
            readers.append(reader)
        return cls(readers, names, scale)

    def save(self, path: Path) -> None:
        """Writes all weights as one file."""
        tensors = dict(self._scale)
        for number, reader in enumerate(self._readers):
            tensors |= {f"reader.{number}.{name}": tensor for name, tensor in reader.state_dict().items()}
        write_atomically(path, save({name: tensor.contiguous() for name, tensor in tensors.items()}))

    def score(self, features: Mapping[str, Scores], products: Matrix) -> Scores:
        """Mean log odds of the sentences of one page."""
        matrix, product = self.inputs(features, products)
        lengths = torch.tensor([len(matrix)])
        with torch.inference_mode():
            scores = [reader(matrix[None], product[None], lengths)[0] for reader in self._readers]
        return np.asarray(torch.stack(scores).mean(dim=0).numpy(), dtype=np.float64)

    def inputs(self, features: Mapping[str, Scores], products: Matrix) -> tuple[Tensor, Tensor]:
        """Scaled features, shape (sentences, features), and products, shape (sentences, dimension)."""
        matrix = torch.tensor(np.array([features[name] for name in self._names]).T, dtype=torch.float32)
        scaled = ((matrix - self._scale["mean"]) / self._scale["spread"]).clamp(-_CLIP, _CLIP)
        return scaled, torch.tensor(products, dtype=torch.float32) / self._scale["product_spread"]


def products_of(page: AskedPage, centre: Centre) -> Matrix:
    """Question times sentence, each centred and of unit length; shape (sentences, dimension)."""
    return np.asarray(unit(page.sentence_vectors - centre.sentence) * unit(page.question_vector - centre.question))
