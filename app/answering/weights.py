"""The learned numbers of retrieval and evidence: `weights.json`, made by `python -m evaluation.calibrate`."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.models.evidence.model import EvidenceModel, load_evidence_model
from app.models.logistic import LogisticModel

WEIGHTS_FILE = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic models and thresholds; `version` is a digest of the file, kept in every record."""

    version: str
    passage: LogisticModel
    """Does this passage answer the question? Orders the candidates."""
    passage_dense: LogisticModel
    """The same without lexical features, for questions in a language that the texts don't have."""
    sentence: LogisticModel
    """Does this sentence answer the question?"""
    answerable: LogisticModel
    """Does the knowledge answer the question at all?"""
    answerable_dense: LogisticModel
    sentence_share: float
    """Share of the best sentence's probability that another one needs to be shown as well, 0 to 1."""
    answerable_thresholds: Mapping[str, float]
    """Per operating point of a tenant (`cautious`, `helpful`) the least probability with which it answers."""
    answerable_dense_thresholds: Mapping[str, float]
    evidence: EvidenceModel


@lru_cache(maxsize=1)
def load_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """Reads the weights once per process."""
    return parse_weights(path.read_bytes())


def parse_weights(content: bytes) -> Weights:
    """The weights in the file's JSON."""
    raw = json.loads(content)
    models = {
        name: LogisticModel(bias=raw[name]["bias"], weights=raw[name]["weights"])
        for name in ("passage", "passage_dense", "sentence", "answerable", "answerable_dense")
    }
    return Weights(
        version=hashlib.sha256(content).hexdigest()[:12],
        sentence_share=raw["sentence_share"],
        answerable_thresholds=raw["answerable_thresholds"],
        answerable_dense_thresholds=raw["answerable_dense_thresholds"],
        evidence=load_evidence_model(),
        **models,
    )
