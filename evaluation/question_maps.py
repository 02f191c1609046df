"""Makes `app/answering/question_maps.safetensors`: `python -m evaluation.question_maps FILE...`.

The files hold the same questions in several languages, German among them, under the same ids. The shipped one comes
from OMoS-QA's train split in five languages (CC BY 4.0); of the questions themselves nothing is left in it.
"""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from app.answering.question_maps import GERMAN, MAPS_FILE, REVISION
from app.errors import InvalidInputError
from app.files import write_atomically
from app.models.factory import open_embedder
from app.models.ports import Embedder
from app.settings import get_settings
from evaluation.passages_file import read_passages

RANK = 32
"""Directions in which a language's map may differ from the identity; 16 to 96 do equally well."""
_SHRINKAGE = 1e-3
"""Pull towards the identity, beside the questions' mean squared distance; 0.0003 to 0.003 do equally well."""

Array = NDArray[np.float64]


def main() -> None:
    """Reads data sets of any languages and writes the map of each."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="OMoS-QA JSON lines, one language a file")
    questions: dict[str, dict[str, str]] = {}
    for question in read_passages(parser.parse_args().files).questions:
        questions.setdefault(question.language, {})[question.id] = question.text
    embedder = open_embedder(get_settings())
    write_atomically(MAPS_FILE, maps_file(questions, embedder))


def maps_file(questions: Mapping[str, Mapping[str, str]], embedder: Embedder) -> bytes:
    """The content of the file, from the questions of each language by id.

    Raises:
        InvalidInputError: there are no German questions, or some of another language have no German one.
    """
    german = questions.get(GERMAN, {})
    vectors = {
        language: {name: embedder.embed_query(text).astype(np.float64) for name, text in sorted(own.items())}
        for language, own in sorted(questions.items())
    }
    tensors: dict[str, NDArray[np.generic]] = {}
    for language, own in vectors.items():
        if not own.keys() <= german.keys():
            raise InvalidInputError(f"Some questions in '{language}' have no German one: give the same ids in German.")
        asked = np.stack(list(own.values()))
        wanted = np.stack([vectors[GERMAN][name] for name in own])
        down, up = _low_rank(_map(asked - asked.mean(0), wanted - wanted.mean(0)), 0 if language == GERMAN else RANK)
        tensors[f"{language}.mean"] = asked.mean(0).astype(np.float32)
        tensors[f"{language}.down"] = np.ascontiguousarray(down, dtype=np.float16)
        tensors[f"{language}.up"] = np.ascontiguousarray(up, dtype=np.float16)
    return save(tensors, metadata={REVISION: embedder.info.revision})


def _map(asked: Array, wanted: Array) -> Array:
    """What to add to x so that it comes to lie where it is wanted: ridge regression towards the identity.

    Both have shape (questions, dimension) and mean 0, the result (dimension, dimension).
    """
    pull = _SHRINKAGE * len(asked) * np.eye(asked.shape[1])
    return np.asarray(np.linalg.solve(asked.T @ asked + pull, asked.T @ (wanted - asked)))


def _low_rank(matrix: Array, rank: int) -> tuple[Array, Array]:
    """Two factors, (n, rank) and (rank, n), of the nearest matrix of that rank."""
    left, sizes, right = np.linalg.svd(matrix)
    roots = np.sqrt(sizes[:rank])
    return left[:, :rank] * roots, roots[:, None] * right[:rank]


if __name__ == "__main__":
    main()
