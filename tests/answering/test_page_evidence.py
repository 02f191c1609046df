"""The evidence model sees the whole document of the best passage, and scores come back to where sentences stand."""

from dataclasses import replace
from datetime import date

import pytest

from app.answering.page_evidence import PageEvidence, page_evidence
from app.answering.retrieve import Retrieval, retrieve
from app.answering.service import AnsweringService
from app.index.generation import Generation
from tests.answering.samples import PRICE_QUESTION
from tests.knowledge import TENANT

pytestmark = pytest.mark.models

DAY = date(2026, 11, 2)


def _retrieval(service: AnsweringService, text: str, language: str = "de") -> Retrieval:
    generation = service.generations.active(TENANT)
    return retrieve(text, language, DAY, generation, service.pipeline.embedder, service.pipeline.weights)


def _evidence(service: AnsweringService, retrieval: Retrieval) -> PageEvidence:
    return page_evidence(retrieval, service.generations.active(TENANT), service.pipeline.weights.evidence)


def test_every_sentence_of_the_document_has_a_score_and_no_other(
    service: AnsweringService, generation: Generation
) -> None:
    retrieval = _retrieval(service, PRICE_QUESTION)
    scored = _evidence(service, retrieval).sentences
    assert retrieval.candidates[0].chunk.document_id == "personalausweis"
    assert set(scored) == {
        (row, position)
        for row, chunk in enumerate(generation.chunks)
        if chunk.document_id == "personalausweis"
        for position in range(len(chunk.sentences))
    }


def test_a_sentence_that_answers_scores_above_the_documents_mean(
    service: AnsweringService, generation: Generation
) -> None:
    scored = _evidence(service, _retrieval(service, PRICE_QUESTION)).sentences
    prices = [
        score for (row, position), score in scored.items() if "Euro" in generation.chunks[row].sentences[position]
    ]
    assert prices
    assert max(prices) > sum(scored.values()) / len(scored)


def test_a_document_that_answers_is_trusted_more(service: AnsweringService) -> None:
    right = _evidence(service, _retrieval(service, PRICE_QUESTION)).answered
    wrong = _evidence(service, _retrieval(service, "Wo kann ich mein Nashorn ausstopfen lassen?")).answered
    assert right > wrong


def test_only_the_first_candidate_decides_which_document_is_read(service: AnsweringService) -> None:
    retrieval = _retrieval(service, PRICE_QUESTION)
    assert _evidence(service, replace(retrieval, candidates=retrieval.candidates[:1])) == _evidence(service, retrieval)
