"""The fitted weights as they are shipped: complete, and with a line between answering and refusing for each town."""

import json
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from app.answering.evidence import select_evidence
from app.answering.retrieve import retrieve
from app.answering.service import AnsweringService
from app.answering.weights import WEIGHTS_FILE, load_weights, parse_weights
from app.models.evidence.model import load_evidence_model
from app.tenants.tenant import Tenant
from tests.answering.samples import PRICE_QUESTION
from tests.knowledge import TENANT

POINTS = set(get_args(Tenant.model_fields["answering"].annotation))


def test_each_operating_point_has_a_threshold_and_caution_asks_for_more() -> None:
    weights = load_weights()
    assert {"cautious", "helpful"} == POINTS
    for thresholds in (weights.answerable_thresholds, weights.answerable_dense_thresholds):
        assert set(thresholds) == POINTS
        assert 0 < thresholds["helpful"] <= thresholds["cautious"] < 1
    assert weights.evidence.version == load_evidence_model().version


def test_the_version_changes_with_the_file() -> None:
    content = WEIGHTS_FILE.read_bytes()
    assert parse_weights(content).version == load_weights().version
    assert parse_weights(content + b"\n").version != load_weights().version


@pytest.mark.parametrize("field", list(json.loads(WEIGHTS_FILE.read_bytes())))
def test_no_field_may_be_missing(field: str) -> None:
    raw = json.loads(WEIGHTS_FILE.read_bytes())
    del raw[field]
    with pytest.raises(KeyError, match=field):
        parse_weights(json.dumps(raw).encode())


@pytest.mark.models
@pytest.mark.parametrize(("answering", "answers"), [("helpful", True), ("cautious", False)])
def test_the_towns_operating_point_decides_between_answer_and_refusal(
    service: AnsweringService, answering: str, answers: bool
) -> None:
    pipeline, published = service.pipeline, service.generations.active(TENANT)
    generation = replace(published, tenant=published.tenant.model_copy(update={"answering": answering}))
    weights = replace(pipeline.weights, answerable_thresholds={"helpful": 0.0, "cautious": 1.1})
    retrieval = retrieve(PRICE_QUESTION, "de", date(2026, 11, 2), generation, pipeline.embedder, weights)
    evidence = select_evidence(retrieval, generation, weights)
    assert bool(evidence.sentences) == answers
    assert 0 < evidence.answerable < 1
