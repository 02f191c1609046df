"""What most tests of the walk start from."""

from dataclasses import replace

import pytest

from app.answering.pipeline import Pipeline
from app.answering.service import AnsweringService
from app.index.generation import Generation


@pytest.fixture
def pipeline(service: AnsweringService) -> Pipeline:
    return service.pipeline


@pytest.fixture
def eager(pipeline: Pipeline) -> Pipeline:
    """Answers from whatever comes nearest, so that any question is quoted or reaches the language model."""
    return replace(pipeline, weights=pipeline.weights.certain)


@pytest.fixture
def generation(service: AnsweringService) -> Generation:
    return service.generations.active("musterstadt")
