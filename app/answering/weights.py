"""The learned numbers of retrieval and evidence: `weights.json`, made by `python -m evaluation.calibrate`."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.answering.screen_model import ScreenModel, load_screen_model
from app.answering.second_opinion import SecondOpinionWeights
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
    second_opinion: SecondOpinionWeights | None
    """None when the weights were fitted without a language model."""
    evidence: EvidenceModel
    screening: ScreenModel

    @property
    def certain(self) -> "Weights":
        """The same, but whatever comes nearest counts as an answer, and nobody is asked for a second opinion."""
        always = {"cautious": 0.0, "helpful": 0.0}
        return replace(self, answerable_thresholds=always, answerable_dense_thresholds=always, second_opinion=None)


@lru_cache(maxsize=1)
def load_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """Reads the weights once per process."""
    return parse_weights(path.read_bytes())


def parse_weights(content: bytes) -> Weights:
    """The weights in the file's JSON."""
    raw = json.loads(content)
    names = ("passage", "passage_dense", "sentence", "answerable", "answerable_dense")
    models = {name: _logistic(raw[name]) for name in names}
    second = raw["second_opinion"]
    return Weights(
        version=hashlib.sha256(content).hexdigest()[:12],
        sentence_share=raw["sentence_share"],
        answerable_thresholds=raw["answerable_thresholds"],
        answerable_dense_thresholds=raw["answerable_dense_thresholds"],
        second_opinion=second and _second_opinion(second),
        evidence=load_evidence_model(),
        screening=load_screen_model(),
        **models,
    )


def _second_opinion(raw: Mapping[str, Any]) -> SecondOpinionWeights:
    return SecondOpinionWeights(raw["adapter_sha256"], _logistic(raw["model"]), raw["thresholds"])


def _logistic(raw: Mapping[str, Any]) -> LogisticModel:
    return LogisticModel(bias=raw["bias"], weights=raw["weights"])
