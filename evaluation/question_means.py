"""Makes `app/answering/question_means.json`: `python -m evaluation.question_means FILE...`.

The shipped file comes from OMoS-QA's questions of the train split in five languages (CC BY 4.0); of the questions
themselves nothing is left in a mean of hundreds.
"""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.answering.question_means import MEANS_FILE
from app.files import write_atomically
from app.models.factory import open_embedder
from app.models.ports import Embedder
from app.settings import get_settings
from evaluation.passages_file import read_passages

_DIGITS = 5


def main() -> None:
    """Reads data sets of any languages and writes the mean of each."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="OMoS-QA JSON lines or SQuAD JSON")
    questions: dict[str, set[str]] = {}
    for question in read_passages(parser.parse_args().files).questions:
        questions.setdefault(question.language, set()).add(question.text)
    embedder = open_embedder(get_settings())
    content = {
        "embedder_revision": embedder.info.revision,
        "means": {language: mean_vector(sorted(texts), embedder) for language, texts in sorted(questions.items())},
    }
    write_atomically(MEANS_FILE, json.dumps(content, indent=0) + "\n")


def mean_vector(questions: Sequence[str], embedder: Embedder) -> list[float]:
    """Mean of the questions' vectors, shape (dimension,), rounded; no unit vector."""
    mean = np.mean([embedder.embed_query(text) for text in questions], axis=0)
    return [round(float(value), _DIGITS) for value in mean]


if __name__ == "__main__":
    main()
