"""The mean vector of each language's questions, taken away before a question is compared with foreign texts.

A multilingual embedder puts the language itself into a vector: a Ukrainian question is near to whatever German passage
is nearest to Ukrainian questions as such. What is left without the mean is what sets this question apart. On OMoS-QA's
German pages it brings the right page among the first five for 72, 68 and 74 % of the French, Arabic and Ukrainian dev
questions, instead of 53, 53 and 65 %. `python -m evaluation.question_means` makes the file.
"""

import json
from functools import lru_cache
from pathlib import Path

import numpy as np

from app.models.ports import EmbedderInfo, Vector

MEANS_FILE = Path(__file__).with_name("question_means.json")


def centred(vector: Vector, language: str, embedder: EmbedderInfo) -> Vector:
    """The question's vector without its language's mean, unit length.

    A language that nobody has measured gets the mean of those measured; another embedder's vectors stay as they are.
    """
    revision, means = _means()
    if embedder.revision != revision:
        return vector
    mean = means.get(language)
    rest = vector - (np.mean(list(means.values()), axis=0, dtype=np.float32) if mean is None else mean)
    return np.asarray(rest / np.linalg.norm(rest), dtype=np.float32)


@lru_cache(maxsize=1)
def _means() -> tuple[str, dict[str, Vector]]:
    """Revision of the embedder that they were made with, and the mean by language."""
    raw = json.loads(MEANS_FILE.read_text("utf-8"))
    means = {language: np.array(values, dtype=np.float32) for language, values in raw["means"].items()}
    return str(raw["embedder_revision"]), means
