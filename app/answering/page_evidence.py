"""The evidence model's view of the best candidate's document: which of its sentences answer, and whether any does."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.answering.retrieve import Retrieval
from app.index.generation import Generation
from app.models.evidence.model import EvidenceModel
from app.models.evidence.page import AskedPage


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """Scores in log odds."""

    answered: float
    """That some sentence of the document answers."""
    sentences: Mapping[tuple[int, int], float]
    """Per row and position of a sentence of the document: that it belongs to the answer."""


def page_evidence(retrieval: Retrieval, generation: Generation, model: EvidenceModel) -> PageEvidence:
    """Scores the whole document that the first candidate belongs to; there must be a candidate."""
    document = retrieval.candidates[0].chunk.document_id
    rows = generation.rows_of(document)
    chunks = [generation.chunks[row] for row in rows]
    scores = model.score(
        AskedPage(
            question=retrieval.pool.text,
            question_vector=retrieval.pool.scores.vector,
            title=chunks[0].title,
            title_vector=generation.aliases.name_vector(document),
            sentences=tuple(sentence for chunk in chunks for sentence in chunk.sentences),
            sentence_vectors=np.concatenate([generation.vectors_of(row) for row in rows]),
            language=chunks[0].language,
            rarity=generation.rarity,
        )
    )
    places = [(row, position) for row in rows for position in range(len(generation.chunks[row].sentences))]
    return PageEvidence(-scores.unanswered, dict(zip(places, scores.sentences.tolist(), strict=True)))
