"""The rule beside "staff decide": what a service requires, when no sentence answers the person's own case."""

from app.answering.retrieve import Retrieval
from app.answering.trusted_texts import gives_orders
from app.answering.values import Evidence, EvidenceSentence
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.index.modules import ModuleKind

_RULES = (ModuleKind.PREREQUISITES, ModuleKind.TEASER, ModuleKind.FULL_TEXT)
"""Where a text says who gets something, the best place first."""
_SENTENCES = 3
_SURE_ENOUGH = 0.1
"""Probability of the best passage from which its service counts as meant without being named. On invented questions
about other services ("Kriege ich Bürgergeld?") the nearest passage stayed below."""


def rule_for_staff(evidence: Evidence, retrieval: Retrieval, generation: Generation) -> Evidence:
    """The evidence, or without any the requirements of the service that the question is about.

    A question about one's own case seldom has an answer in the texts. Its service is clear all the same, and what that
    one requires is what a citizen can prepare. Stays empty when no service is near.
    """
    topic = evidence.topic
    if evidence.sentences or topic is None or not _is_meant(retrieval):
        return evidence
    rows = (generation.chunks[row] for row in generation.rows_of(topic.document_id))
    passages = [chunk for chunk in rows if chunk.module in _RULES and not gives_orders(chunk)]
    if not passages:
        return evidence
    passage = min(passages, key=lambda chunk: (_RULES.index(chunk.module), chunk.position))
    return Evidence(_first_sentences(passage), evidence.answerable, topic, evidence.refusal)


def _is_meant(retrieval: Retrieval) -> bool:
    """Whether the question is about the first candidate's service. Appeals are alike everywhere: they tell nothing."""
    if retrieval.best[0].features["named"]:
        return True
    first = retrieval.candidates[0]
    return first.fused >= _SURE_ENOUGH and first.chunk.module is not ModuleKind.LEGAL_REMEDY


def _first_sentences(passage: Chunk) -> tuple[EvidenceSentence, ...]:
    told = [(place, text) for place, text in enumerate(passage.sentences) if not text.endswith(":")]
    return tuple(EvidenceSentence(1, passage, place, text, 0.0) for place, text in told[:_SENTENCES])
