"""Hybrid retrieval: dense and lexical candidates, filtered, scored on the same features, ordered by one model."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

import numpy as np

from app.answering.intent import Intent, detect_intent
from app.answering.passage_features import QuestionScores, measure, passage_features
from app.answering.readings import Reading, readings
from app.answering.scope import search_scope
from app.answering.trusted_texts import gives_orders
from app.answering.values import Candidate
from app.answering.weights import Weights
from app.index.generation import Generation
from app.index.lexical import QueryTerms
from app.models.logistic import LogisticModel
from app.models.ports import Embedder
from app.text.terms import words
from app.text.units import split_sentences

POOL = 40
"""Passages taken from each side before they are scored together."""
KEPT = 12
"""Candidates that go on to evidence selection."""
_MASK_LABEL = re.compile(r"\[[^\[\]]{2,40}\]")
"""What masking leaves in the place of personal data, such as [E-Mail]."""


@dataclass(frozen=True, slots=True)
class PooledPassage:
    """A passage that either side found, with the features that it is ranked by."""

    row: int
    dense: float
    """Cosine with the question in the passage's language, or moved to German when it has no German words."""
    lexical: float
    """BM25 score."""
    features: dict[str, float]


_Ranked = tuple[float, PooledPassage]
"""A passage and the probability that it answers."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The unranked candidates of a question; the training data of the passage model has this shape."""

    text: str
    """What was searched for: see `readings`."""
    scores: QuestionScores
    """Of the question's vector as it is."""
    terms: QueryTerms
    intent: Intent | None
    lexical: bool
    """Whether the texts share the question's language, so that words can be compared."""
    unknown_share: float
    """Share of the question's topic words that no text knows, 0 to 1."""
    passages: tuple[PooledPassage, ...]
    own: tuple[Reading, QuestionScores] | None = None
    """How texts in the question's own language read it, where there are some and it isn't German."""
    translations: Mapping[str, str] = field(default_factory=dict)
    """By German document: the one about the same service in the question's language."""

    def read_in(self, language: str) -> "Pool":
        """As a text in that language reads the question."""
        if self.own is None or self.own[0].language != language:
            return self
        reading, scores = self.own
        return replace(
            self, text=reading.text, scores=scores, terms=reading.terms, unknown_share=reading.unknown_share, own=None
        )


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What was found for a question, best first."""

    pool: Pool
    candidates: tuple[Candidate, ...]
    best: tuple[PooledPassage, ...]
    """The same passages in the same order, with row and features."""
    other: "Retrieval | None" = None
    """With the passages of the same service's other text in front, where that comes next."""

    @property
    def intent(self) -> Intent | None:
        return self.pool.intent

    @property
    def terms(self) -> QueryTerms:
        return self.pool.terms


def retrieve(
    text: str,
    language: str,
    day: date,
    generation: Generation,
    embedder: Embedder,
    weights: Weights,
    topic: str | None = None,
) -> Retrieval:
    """Finds candidate passages in the question's language and German that are valid on that day.

    `topic` is the document that a follow-up question is about: then only passages of its service are candidates.
    """
    pool = gather(_searchable(text), language, day, generation, embedder)
    if topic is not None:
        services = {chunk.service for chunk in generation.chunks if chunk.document_id == topic}
        about = tuple(passage for passage in pool.passages if generation.chunks[passage.row].service in services)
        pool = replace(pool, passages=about or pool.passages)
    return rank(pool, generation, weights.passage if pool.lexical else weights.passage_dense)


def rank(pool: Pool, generation: Generation, model: LogisticModel) -> Retrieval:
    """The pool's best passages by the model's probability; of a service in two languages those of the better text."""
    ordered = sorted(
        ((model.probability(passage.features), passage) for passage in pool.passages),
        key=lambda pair: (-pair[0], generation.chunks[pair[1].row].id),
    )
    found = _retrieval(ordered, pool, generation)
    if not found.candidates:
        return found
    best = found.candidates[0].chunk
    others = [pair for pair in ordered if generation.chunks[pair[1].row].document_id != best.document_id]
    if not others or generation.chunks[others[0][1].row].service != best.service:
        return found
    return replace(found, other=_retrieval(others, pool, generation))


def _retrieval(ordered: Sequence[_Ranked], pool: Pool, generation: Generation) -> Retrieval:
    """Of a service in two languages only the passages of the text that has the best one."""
    chunks = generation.chunks
    better: dict[str, str] = {}
    for _, passage in ordered:
        better.setdefault(chunks[passage.row].service, chunks[passage.row].document_id)
    of_better = (pair for pair in ordered if chunks[pair[1].row].document_id in better.values())
    ranked = list(islice((pair for pair in of_better if not gives_orders(chunks[pair[1].row])), KEPT))
    if ranked:
        pool = pool.read_in(chunks[ranked[0][1].row].language)
    candidates = tuple(
        Candidate(
            chunk=chunks[passage.row],
            dense=passage.dense,
            lexical=passage.lexical,
            coverage=generation.lexical.coverage(pool.terms, chunks[passage.row].document_id),
            fused=probability,
        )
        for probability, passage in ranked
    )
    return Retrieval(pool, candidates, tuple(passage for _, passage in ranked))


def gather(
    text: str,
    language: str,
    day: date,
    generation: Generation,
    embedder: Embedder,
) -> Pool:
    """The nearest passages by vector, sentence and word."""
    scope = search_scope(generation, language, day)
    asked = readings(text, language, generation, embedder)
    german, own = asked.german, asked.own
    intent = detect_intent(_corrected(german)) or (detect_intent(_corrected(own)) if own else None)
    nearness = measure(asked.compared, scope, generation)
    spoken = np.array([own is not None and chunk.language == own.language for chunk in generation.chunks], dtype=bool)
    lexical_scores = np.where(scope.usable, generation.lexical.scores(german.terms), 0.0)
    if own is not None:
        lexical_scores = np.where(spoken & scope.usable, generation.lexical.scores(own.terms), lexical_scores)
    by_words = [int(row) for row in lexical_scores.argsort(kind="stable")[::-1][:POOL] if lexical_scores[row] > 0]
    nearest = [hit.row for hit in generation.dense.search(asked.compared, POOL, scope.usable)]
    rows = sorted({*nearest, *by_words, *nearness.nearest_rows(POOL)})
    places = np.array(rows, dtype=np.intp)
    ranking = nearness.scores(rows, asked.topic, generation)
    compared = generation.dense.similarities(asked.compared, places)
    dense = generation.dense.similarities(german.vector, places) if asked.lexical else compared
    if own is not None:
        dense = np.where(spoken[places], generation.dense.similarities(own.vector, places), dense)
    top_lexical = max((float(lexical_scores[row]) for row in rows), default=0.0)
    passages = tuple(
        PooledPassage(
            row=row,
            dense=similarity,
            lexical=float(lexical_scores[row]),
            features=passage_features(
                chunk=generation.chunks[row],
                row=row,
                dense=near,
                lexical=float(lexical_scores[row]),
                top_lexical=top_lexical,
                scores=ranking,
                intent=intent,
            ),
        )
        for row, near, similarity in zip(rows, compared.tolist(), dense.tolist(), strict=True)
    )

    def scores(reading: Reading) -> QuestionScores:
        if reading.vector is asked.compared:
            return ranking
        return measure(reading.vector, scope, generation).scores(rows, reading.terms, generation)

    return Pool(
        text=german.text,
        scores=scores(german),
        terms=german.terms,
        intent=intent,
        lexical=asked.lexical,
        unknown_share=german.unknown_share,
        passages=passages,
        own=(own, scores(own)) if own else None,
        translations=scope.translations,
    )


def _searchable(text: str) -> str:
    """The question without the sentences that only tell personal data, or at least without the labels for them."""
    told = [sentence for sentence in split_sentences(text) if not _MASK_LABEL.search(sentence)]
    return " ".join(told) or " ".join(_MASK_LABEL.sub(" ", text).split()) or text


def _corrected(reading: Reading) -> str:
    """The question with its misspelt words put right, folded."""
    known = dict(reading.terms.corrections)
    return " ".join(known.get(word, word) for word in words(reading.text))
